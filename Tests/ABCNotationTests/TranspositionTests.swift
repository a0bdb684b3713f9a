import XCTest

@testable import ABCNotation

/// Small examples with the text that a musician would write.
final class TranspositionTests: XCTestCase {
  /// Transposes a line of music (and what follows it) in a key; compares key and music.
  private func assertMoves(
    _ key: String, _ music: String, by semitones: Int, to newKey: String, _ newMusic: String,
    header: String = "", file: StaticString = #filePath, line: UInt = #line
  ) {
    assertMoves(
      "X:1\nT:Test\n\(header)K:\(key)\n\(music)\n", by: semitones,
      to: "X:1\nT:Test\n\(header)K:\(newKey)\n\(newMusic)\n", file: file, line: line)
  }

  private func assertMoves(
    _ text: String, by semitones: Int, to expected: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    XCTAssertEqual(transposed(text, .semitones(semitones)), expected, file: file, line: line)
  }

  private func transposed(_ text: String, _ target: Transposer.Target) -> String {
    do {
      let source = SourceText(name: "test", text: text)
      let bytes = try Transposer(target).transpose(source)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      return error.message
    }
  }

  // MARK: - Notes and keys

  func testDiatonicNotesNeedNoAccidental() {
    assertMoves("D", "DEFG ABcd|", by: 2, to: "E", "EFGA Bcde|")
    assertMoves("G", "G2 B,A, G,3/2|", by: 5, to: "C", "c2 ED C3/2|")
    assertMoves("C", "C,CcC' c'|", by: -12, to: "C", "C,,C,CC c|")
    assertMoves("C", "B,C Bc bc'|", by: 1, to: "Db", "CD cd c'd'|")
  }

  func testChromaticNotesKeepTheirFunction() {
    assertMoves("D", "D^GA|", by: 2, to: "E", "E^AB|")
    assertMoves("Am", "A^GA|", by: -2, to: "Gm", "G^FG|")
    assertMoves("G", "G=FE =f|", by: -2, to: "F", "F_ED _e|")
    assertMoves("Dm", "D^CD =B_B|", by: 2, to: "Em", "E^DE ^c=c|")
  }

  func testTheSimplestKeyIsTaken() {
    assertMoves("G", "GAB|", by: -1, to: "F#", "FGA|")
    assertMoves("F", "FGA|", by: 1, to: "Gb", "GAB|")
    assertMoves("D", "DF|", by: 1, to: "Eb", "EG|")
    assertMoves("E", "EG|", by: -1, to: "Eb", "EG|")
    assertMoves("Am", "Ac|", by: 1, to: "Bbm", "Bd|")
    assertMoves("C", "C^FG|", by: 6, to: "F#", "F^Bc|")
    assertMoves("C", "C_BA|", by: 6, to: "Gb", "G_fe|")
    assertMoves("C", "CDE|", by: 6, to: "F#", "FGA|")
    assertMoves("C", "CDE|", by: -6, to: "Gb", "G,A,B,|")
    assertMoves("C#", "CDE|", by: 12, to: "C#", "cde|")
    assertMoves("C#", "CDE|", by: 2, to: "Eb", "EFG|")
  }

  func testModesStayInTheWritersForm() {
    for (old, new) in [
      ("Amin", "Bmin"), ("A Minor", "B Minor"), (" Ador % why", " Bdor % why"), ("Emix", "F#mix"),
      ("Bb lydian clef=bass middle=d", "C lydian clef=bass middle=d"), ("F#m", "G#m"),
      ("C treble", "D treble"), ("F =b", "G ^c"),
      ("D Phr ^f", "E Phr ^g"), ("D =c", "E =d"), ("D exp _b ^f", "E exp ^g ^f"),
      ("G exp ^F", "A exp ^G ^f ^c"),
      ("Dmaj ^g  clef=treble-8", "Emaj ^a  clef=treble-8"), ("none", "none"), ("HP", "HP"),
    ] {
      XCTAssertEqual(transposed("X:1\nT:t\nK:\(old)\n", .semitones(2)), "X:1\nT:t\nK:\(new)\n")
    }
    assertMoves("D Phr ^f", "DEFGABcd|", by: 2, to: "E Phr ^g", "EFGABcde|")
    assertMoves("D exp _b ^f", "DEFGABcd|", by: 2, to: "E exp ^g ^f", "EFGABcde|")
    assertMoves("F =b", "F B _B|", by: 2, to: "G ^c", "G c =c|")
  }

  func testDoubleAndOddAccidentalsAreSimplified() {
    // The leading note of F sharp minor is E sharp to any musician, F double sharp a plain G.
    assertMoves("Dm", "D^CD|", by: 4, to: "F#m", "F^EF|")
    assertMoves("Am", "A^GA|", by: -1, to: "G#m", "G=G^G|")
    assertMoves("G", "G_E=E|", by: 2, to: "A", "A=F^F|")
    assertMoves("C", "C^DE|", by: 2, to: "D", "D=F^F|")
    assertMoves("C", "c_GF|", by: 5, to: "F", "f=B_B|")
    assertMoves("G#m", "G^^FG|", by: 12, to: "G#m", "g^^fg|")
  }

  func testFractionsOfAccidentals() {
    assertMoves("C", "^/C _/B, ^3/2F _3/2E ^1/2G|", by: 2, to: "D", "^/D ^/C ^3/2G _/F ^1/2A|")
  }

  // MARK: - Where accidentals stand

  func testAccidentalsLastForTheBar() {
    assertMoves("C", "^F F f|F ^F =F|", by: 2, to: "D", "^G G g|G ^G =G|")
    assertMoves(
      "C", "^F F f|", by: 2, to: "D", "^G G g|", header: "%%propagate-accidentals octave\n")
    assertMoves(
      "C", "^F ^f F|", by: 2, to: "D", "^G ^g G|", header: "%%propagate-accidentals not\n")
    assertMoves(
      "none", "^F F f|^F F f|", by: 1, to: "none", "G _G _g|G _G _g|", header: "%%propagate-accidentals not\n"
    )
  }

  func testRespelledNotesGetWhatTheyNeed() {
    assertMoves("C", "^D D =D|D|", by: 2, to: "D", "=F F E|E|")
    assertMoves("none", "C D ^D|", by: 1, to: "none", "_D _E =E|")
  }

  func testRemindersStay() {
    assertMoves("G", "G ^F =F|=F ^F|F ^F|", by: 2, to: "A", "A ^G =G|=G ^G|G ^G|")
    assertMoves("C", "=F|", by: 1, to: "Db", "_G|")
  }

  func testTiesCarryAccidentals() {
    assertMoves("C", "C2 ^F2-|F2 F2|", by: 2, to: "D", "D2 ^G2-|G2 G2|")
    assertMoves("none", "C2 ^F2-|F2 F2|", by: 2, to: "none", "D2 ^G2-|G2 G2|")
    assertMoves("G", "^A2-|A2 A|", by: -1, to: "F#", "=A2-|A2 G|")
  }

  func testGraceNotesChordsTupletsOverlays() {
    assertMoves(
      "D", "{/^G}A2 {cd}e>f [D^GA]2- [DGA] (3ABc G & A2|", by: -2, to: "C",
      "{/^F}G2 {Bc}d>e [C^FG]2- [CFG] (3GAB F & G2|")
    assertMoves("C", "+CEG+ +C^FA2+ F|", by: 2, to: "D", "+DFA+ +D^GB2+ G|")
  }

  // MARK: - Changes of key, voices

  func testKeysWithinTheTune() {
    assertMoves(
      "G", "GB [K:D]FA|[K:clef=bass]F|\nK:Am % minor\nA^G|", by: 2, to: "A",
      "Ac [K:E]GB|[K:clef=bass]G|\nK:Bm % minor\nB^A|")
    assertMoves("C", "CE [K:none] CE [K:C] C|", by: 2, to: "D", "DF [K:none] D^F [K:D] D|")
    assertMoves("E", "E [K:B] B [K:F#] F|", by: 1, to: "F", "F [K:C] c [K:G] G|")
    assertMoves("C", "C [K:^f] F|", by: 2, to: "D", "D [K:^g] G|")
  }

  func testEveryVoiceHasItsKey() {
    assertMoves(
      "C", "V:1\nCE|\nV:2\n[K:G] GB F|\nV:1\nC|", by: 2, to: "D", "V:1\nDF|\nV:2\n[K:A] Ac G|\nV:1\nD|",
      header: "V:1\nV:2 clef=bass\n")
  }

  func testDrumsStay() {
    assertMoves(
      "C", "V:1\nCE|\nV:2\nF^FC|", by: 2, to: "D", "V:1\nDF|\nV:2\n=F^F=C|", header: "V:1\nV:2 clef=perc\n")
    assertMoves("C clef=perc", "CEF|", by: 2, to: "C clef=perc", "CEF|")
  }

  func testPipesAndNoKeyGetAccidentals() {
    assertMoves("HP", "AFc|", by: 2, to: "HP", "B^G^d|")
    assertMoves("Hp", "AF|", by: -2, to: "Hp", "GE|")
    assertMoves("none", "CDE|", by: 1, to: "none", "_D_EF|")
    assertMoves("", "CDE|", by: -1, to: "", "B,^C^D|")
  }

  // MARK: - Texts

  func testChordSymbols() {
    assertMoves(
      "C", "\"Am7/C\"C \"G(Em)\"D \"^Am\"E \"Bb\"F \"Fine\"G|", by: 2, to: "D",
      "\"Bm7/D\"D \"A(F#m)\"E \"^Am\"F \"C\"G \"Fine\"A|")
    assertMoves("G", "\"D7/F#\"G|", by: -2, to: "F", "\"C7/E\"F|")
    assertMoves(
      "G", "\"D/f+\"G \"Gd\"G \"End\"A \"D/f-\"B|", by: 2, to: "A", "\"E/g+\"A \"Ad\"A \"End\"B \"D/f-\"c|")
    assertMoves("D", "\"A\"A \"D/F#\"D|", by: 1, to: "Eb", "\"Bb\"B \"Eb/G\"E|")
    assertMoves("C", "CD|\ns:\"C\" \"G7\"\nw:C ma-jor", by: 2, to: "D", "DE|\ns:\"D\" \"A7\"\nw:C ma-jor")
  }

  func testTheRestOfTheTextStays() {
    let text = "%abc-2.1\r\n% C D E\r\n\r\nX:1\r\nT:C D E\r\nK:C  % key of C\r\n"
    let music = "!trill!CD .E~F u\"_C\"G y z4 | %% C\r\n%%text C D\r\nw: C D\r\n\r\nfree text C\r\n"
    let newMusic = "!trill!DE .F~G u\"_C\"A y z4 | %% C\r\n%%text C D\r\nw: C D\r\n\r\nfree text C\r\n"
    let expected = text.replacingOccurrences(of: "K:C  % key of C", with: "K:D  % key of C")
    assertMoves(text + music, by: 2, to: expected + newMusic)
    assertMoves(text + music, by: 0, to: text + music)
  }

  // MARK: - Macros

  func testMacros() {
    assertMoves(
      "X:1\nT:Test\nm:~G2 = {A}G{F}G\nK:G\n~G2 A2 ~G2|\n", by: 2,
      to: "X:1\nT:Test\nm:~A2 = {B}A{G}A\nK:A\n~A2 B2 ~A2|\n")
    // Where the notes get accidentals of their own, macros cannot stand for them.
    assertMoves(
      "X:1\nT:Test\nm:~G2 = {A}G{F}G % roll\nK:none\n~G2 A2 % ~G2|\n", by: 1,
      to: "X:1\nT:Test\n%m:~G2 = {A}G{F}G % roll\nK:none\n{_B}_A{_G}A B2 % ~G2|\n")
    assertMoves(
      "m:~G2 = {A}G{F}G\n\nX:1\nT:Test\nK:G\n~G2 A2|\n", by: 2,
      to: "%m:~G2 = {A}G{F}G\n\nX:1\nT:Test\nK:A\n{B}A{G}A B2|\n")
    assertMoves("G", "~G3 ~A3|", by: 2, to: "A", "~A3 ~B3|", header: "m:~n3 = n{o}n{m}n\n")
  }

  // MARK: - Targets

  func testTargets() {
    func key(_ old: String, _ target: String) -> String {
      let text = transposed("X:7\nT:t\nK:\(old)\nC|\n", .key(target))
      return text.split(separator: "\n").first { $0.hasPrefix("K:") }.map { String($0.dropFirst(2)) } ?? text
    }
    XCTAssertEqual(key("G", "D"), "D")
    XCTAssertEqual(key("Am", "D"), "Dm")
    XCTAssertEqual(key("G", "Dm"), "F")
    XCTAssertEqual(key("Em", "Dm"), "Dm")
    XCTAssertEqual(key("Ador", "Dm"), "Gdor")
    XCTAssertEqual(key("F#", "Gb"), "Gb")
    XCTAssertEqual(key("C", "G#"), "Ab")
    XCTAssertEqual(
      key("none", "D"),
      "tune X:7 't' (line 3) is written without a tonic, so it cannot be moved to a key; give a number of semitones instead"
    )
    XCTAssertEqual(key("G", "H"), "'H' is no key to transpose to; name one such as D, Bb, F#m or Ador")
    XCTAssertEqual(transposed("X:1\nT:t\nK:C\nC|\n", .key("G")), "X:1\nT:t\nK:G\nG,|\n")
    XCTAssertEqual(transposed("X:1\nT:t\nK:C\nC|\n", .key("F#")), "X:1\nT:t\nK:F#\nF|\n")
  }

  func testNotesMustStayInReach() {
    let text = transposed("X:3\nT:t\nK:C\nC|\nc''''|\n", .semitones(12))
    XCTAssertTrue(text.hasPrefix("in tune X:3 't', a note on line 5 would be out of reach"), text)
  }
}
