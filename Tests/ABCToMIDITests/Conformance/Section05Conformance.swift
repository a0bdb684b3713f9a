import ABCNotation
import XCTest

/// Lyrics, voices, macros, outdated syntax and directives (ABC 2.1, sections 5, 7 and 9 to 11).
final class Section05Conformance: XCTestCase {
  private static func header(_ fields: String, _ music: String) -> String {
    "X:1\nT:a\n\(fields)\n\(music)\n"
  }

  static let cases: [Case] = [
    Case("5", "w: is no music", "C2D2\nw:Do Re\nE2", "60*1 62*1 64*1"),
    Case("5.1", "hyphens, holds and bars in it too", "C2D2|E2\nw:a-b|_c*~d", "60*1 62*1 64*1"),
    Case("4.15", "s: is no music", "C2D2\ns:!p! *\nE2", "60*1 62*1 64*1"),
    Case("7", "voices", header("L:1/4\nK:C", "V:1\nCD\nV:2\nEF"), "60*1 62*1 / 64*1 65*1"),
    Case(
      "7", "voices in turn", header("L:1/4\nM:2/4\nK:C", "V:1\nCD|\nV:2\nEF|\nV:1\nGA|\nV:2\nBc|"),
      "60*1 62*1 67*1 69*1 / 64*1 65*1 71*1 72*1"),
    Case("7", "inline", header("L:1/4\nK:C", "[V:1]CD\n[V:2]EF"), "60*1 62*1 / 64*1 65*1"),
    Case(
      "7", "each with its own repeats", header("L:1/4\nM:1/4\nK:C", "V:1\n|:C:|D|\nV:2\n|:E:|F|"),
      "60*1 60*1 62*1 / 64*1 64*1 65*1"),
    Case(
      "7", "each with its own accidentals", header("L:1/4\nK:C", "V:1\n^FF\nV:2\nFF"), "66*1 66*1 / 65*1 65*1"
    ),
    Case(
      "7.1", "defined in the header", header("L:1/4\nV:A name=x\nV:B octave=-1\nK:C", "[V:A]C\n[V:B]C"),
      "60*1 / 48*1"),
    Case("7.2", "a key in one voice", header("L:1/4\nK:C", "V:1\nF[K:G]F\nV:2\nFF"), "65*1 66*1 / 65*1 65*1"),
    Case("7.3", "%%score is no music", header("L:1/4\n%%score (1 2)\nK:C", "V:1\nC\nV:2\nE"), "60*1 / 64*1"),
    Case("7.4", "an overlay", header("L:1/4\nK:C", "CD&EF|G"), "60*1 62*1 67*1 & 64*1 65*1"),
    Case(
      "7.4", "voices that meet on one pitch each hold it as long as it is written",
      header("L:1/4\nK:C", "CDEC&C2 D2|C"), "60*1 62*1 64*1 60*1 60*1 & 60*2 62*2"),
    Case("7.4", "two overlays", header("L:1/4\nK:C", "C2&E2&G2|c2"), "60*2 72*2 & 64*2 & 67*2"),
    Case(
      "7.4", "an overlay that is shorter", header("L:1/4\nK:C", "CDEF&G2|A"),
      "60*1 62*1 64*1 65*1 69*1 & 67*2"),
    Case("7.4", "in a repeat", header("L:1/4\nM:2/4\nK:C", "|:CD&E2:|"), "60*1 62*1 60*1 62*1 & 64*2 64*2"),
    Case(
      "7.4", "accidentals hold in their own layer, ties too", header("L:1/4\nM:4/4\nK:C", "C4-&E4|C4&F4|"),
      "60*8 & 64*4 65*4"),
    Case(
      "9.1", "a static macro", header("L:1/4\nm:~G2 = G/A/G\nK:C", "~G2 A2"), "67*1/2 69*1/2 67*1 69*2",
      settled: 13),
    Case(
      "9.1", "elsewhere it means nothing", header("L:1/4\nm:~G2 = G/A/G\nK:C", "!upbow!A2"), "69*2",
      settled: 13),
    Case(
      "9.2", "a transposing macro", header("L:1/4\nm:~n2 = n/o/n\nK:C", "~C2~D2"),
      "60*1/2 62*1/2 60*1 62*1/2 64*1/2 62*1", settled: 13),
    Case(
      "9.2", "letters count from n", header("L:1/4\nm:~n2 = m/n/p\nK:C", "~D2"), "60*1/2 62*1/2 65*1",
      settled: 13),
    Case("9.2", "down", header("L:1/4\nm:Tn = n/l/\nK:C", "TE"), "64*1/2 60*1/2", settled: 13),
    Case("10.1", "a field E: is passed over", header("E:9\nL:1/4\nK:C", "C"), "60*1", settled: 12),
    Case("10.2", "+ decorations with I:decoration +", "I:decoration +\n+upbow+C2D2", "60*1 62*1"),
    Case("10.2", "an old line break", "C2D2!\nE2", "60*1 62*1 64*1"),
    Case("11", "an unknown directive is no music", "%%nothing C2\nC2", "60*1"),
    Case("11.1", "%%MIDI transpose", "%%MIDI transpose 2\nC2", "62*1"),
    Case("11.4", "%%text is no music", "C2\n%%text D2\nE2", "60*1 64*1"),
    Case(
      "11.4", "nor what stands between begintext and endtext", "C2\n%%begintext\nD2\nE2\n%%endtext\nF2",
      "60*1 65*1"),
    Case("3.1.6", "the sum is the meter", header("M:(2+3)/8\nL:1/8\nK:C", "Z|C2"), "r*5/2 60*1", settled: 18),
  ]

  /// Rule 10: a staccato note is never longer than written, and its end never comes before its start.
  func testStaccato() throws {
    for abc in [".C2D2", "!staccato!C2D2", ".C/4D2", ".[CE]2D2"] {
      let written = try Conformance.heard(
        source(abc.replacing(".", with: "").replacing("!staccato!", with: "")))
      let heard = try Conformance.heard(source(abc))
      for (short, long) in zip(heard[0], written[0]) {
        XCTAssertEqual(short.onset, long.onset, abc)
        XCTAssertEqual(short.pitch, long.pitch, abc)
        XCTAssertLessThanOrEqual(short.duration, long.duration, abc)
        XCTAssertGreaterThan(short.duration, .zero, abc)
      }
    }
  }

  private func source(_ abc: String) -> SourceText { SourceText(name: "case", text: Conformance.tune(abc)) }

  func testCases() { Conformance.run(Self.cases) }

  /// What the notation of expectations means.
  func testTheNotation() {
    XCTAssertEqual(
      "\(Conformance.expected("60*1/2 62,64*1 r*1 60*2 x2 & 67*2 / 65*3/4"))",
      "[[0+1/2:60, 0+2:67, 1/2+1:62, 1/2+1:64, 5/2+2:60, 9/2+2:60], [0+3/4:65]]")
  }

  /// The suite is as large as it is meant to be, and shows every settled rule.
  func testTheSuiteIsWhole() {
    let all =
      Section02Conformance.cases + Section03Conformance.keys + Section03Conformance.cases
      + Section04NotesConformance.cases + Section04BarsConformance.cases + Section04GroupsConformance.cases
      + Self.cases
    XCTAssertGreaterThanOrEqual(all.count, 300)
    // Staccato has a test of its own.
    XCTAssertEqual(Set(all.compactMap(\.settled)).union([10]), Set(1...21))
  }
}
