import XCTest

/// Ties, grace notes, tuplets, decorations and chords (ABC 2.1, 4.11 to 4.20).
final class Section04GroupsConformance: XCTestCase {
  private static func compound(_ music: String) -> String { "X:1\nT:a\nM:6/8\nL:1/8\nK:C\n\(music)\n" }

  static let cases: [Case] = [
    Case("4.11", "a tie joins", "C2-C2D2", "60*2 62*1"),
    Case("4.11", "over a bar line", "C4-|C4", "60*4", settled: 11),
    Case("4.11", "of a note longer than its chord", "[ce2]-[ce2]", "72*1 & 76*3/2"),
    Case("4.11", "several", "C2-C2-C2", "60*3"),
    Case("4.11", "over a line end", "C4-|\nC4", "60*4"),
    Case(
      "4.11", "with an accidental over the bar line", "^F4-|F4F4", "66*4 65*2"),
    Case("4.11", "to another pitch none", "C3-D E4|C2-E2", "60*3/2 62*1/2 64*2 60*1 64*1", settled: 11),
    Case("4.11", "into each ending", "|:C8-|1C8:|2C4D4|]", "60*8 60*6 62*2", settled: 11),
    Case("4.11", "over a repeat sign forwards", "C4-|:C4:|", "60*4 60*2", settled: 11),
    Case("4.11", "a dotted tie", "C2.-C2", "60*2"),
    Case("4.11", "a slur joins nothing", "(C2D2)(E2E2)", "60*1 62*1 64*1 64*1"),
    Case("4.11", "slurs in slurs", "((C2D2)E2)", "60*1 62*1 64*1"),
    Case("4.11", "dotted slurs", ".(C2D2)", "60*1 62*1"),
    Case("4.11", "a rest between undoes it", "C2-z2C2", "60*1 r*1 60*1", settled: 11),
    Case("4.12", "grace notes leave the time as it is", "X:1\nT:a\nL:1/4\nK:C\nC|D", "60*1 62*1"),
    Case("4.13", "(2 is two in the time of three", compound("(2CD E"), "60*3/4 62*3/4 64*1/2"),
    Case("4.13", "(3 is three in the time of two", "(3CDE F", "60*1/3 62*1/3 64*1/3 65*1/2"),
    Case(
      "4.13", "(4 is four in the time of three", compound("(4CDEF G"), "60*3/8 62*3/8 64*3/8 65*3/8 67*1/2"),
    Case(
      "4.13", "(5 in simple time: of two", "(5CDEFG A", "60*1/5 62*1/5 64*1/5 65*1/5 67*1/5 69*1/2",
      settled: 5),
    Case(
      "4.13", "(5 in compound time: of three", compound("(5CDEFG A"),
      "60*3/10 62*3/10 64*3/10 65*3/10 67*3/10 69*1/2", settled: 5),
    Case(
      "4.13", "(6 is six in the time of two", "(6CDEFGA B", "60*1/6 62*1/6 64*1/6 65*1/6 67*1/6 69*1/6 71*1/2"
    ),
    Case(
      "4.13", "(7 in simple time: of two", "(7CDEFGAB c",
      "60*1/7 62*1/7 64*1/7 65*1/7 67*1/7 69*1/7 71*1/7 72*1/2", settled: 5),
    Case(
      "4.13", "(7 in compound time: of three", compound("(7CDEFGAB c"),
      "60*3/14 62*3/14 64*3/14 65*3/14 67*3/14 69*3/14 71*3/14 72*1/2", settled: 5),
    Case(
      "4.13", "(8 is eight in the time of three", compound("(8CDEFGABc d"),
      "60*3/16 62*3/16 64*3/16 65*3/16 67*3/16 69*3/16 71*3/16 72*3/16 74*1/2"),
    Case("4.13", "(9 in compound time: of three", compound("(9CCCCCCCCC d"), "60*1/6 x9 74*1/2", settled: 5),
    Case(
      "4.13", "the meter in force counts", "[M:6/8](5CDEFG", "60*3/10 62*3/10 64*3/10 65*3/10 67*3/10",
      settled: 5),
    Case("4.13", "(3:2:2", "(3:2:2C4D2", "60*4/3 62*2/3"),
    Case("4.13", "(3:2:1", "(3:2:1C3D3", "60*1 62*3/2", settled: 6),
    Case("4.13", "(3::2 and (3:2", "(3::2C2D2(3:2CDE", "60*2/3 62*2/3 60*1/3 62*1/3 64*1/3", settled: 6),
    Case("4.13", "(p::", "(3::CDE", "60*1/3 62*1/3 64*1/3", settled: 6),
    Case("4.13", "(5:4:5", "(5:4:5CDEFG", "60*2/5 62*2/5 64*2/5 65*2/5 67*2/5", settled: 6),
    Case("4.13", "(3:4:3 lengthens", "(3:4:3CDE", "60*2/3 62*2/3 64*2/3", settled: 6),
    Case("4.13", "notes of any length", "(3C2DE", "60*2/3 62*1/3 64*1/3", settled: 6),
    Case("4.13", "of quarters", "(3C2D2E2", "60*2/3 62*2/3 64*2/3"),
    Case("4.13", "with rests", "(3CzE", "60*1/3 r*1/3 64*1/3", settled: 6),
    Case("4.13", "with chords", "(3[CE]DE", "60,64*1/3 62*1/3 64*1/3", settled: 6),
    Case("4.13", "broken rhythm multiplies with it", "(3C>DE", "60*1/2 62*1/6 64*1/3", settled: 6),
    Case("4.13", "blanks within", "(3 C D E", "60*1/3 62*1/3 64*1/3"),
    Case("4.13", "one behind the other", "(3CDE(3EDC", "60*1/3 62*1/3 64*1/3 64*1/3 62*1/3 60*1/3"),
    Case("4.13", "with a tie into it", "C2-(3CDE", "60*4/3 62*1/3 64*1/3"),
    Case("4.14", "what bows and fingers do is no music", "uC2vD2!1!E2!upbow!F2", "60*1 62*1 64*1 65*1"),
    Case("4.14", "nor are loudness and signs", "!p!C2!ff!D2!segno!E2!coda!F2", "60*1 62*1 64*1 65*1"),
    Case("4.14", "nor is an unknown decoration", "!nobody!C2D2", "60*1 62*1"),
    Case("4.14", "an accent", "!accent!C2LD2", "60*1 62*1"),
    Case("4.16", "U: gives a letter a meaning", "U:T=!upbow!\nTC2TD2", "60*1 62*1", settled: 14),
    Case("4.16", "in the header too", "X:1\nT:a\nL:1/4\nU:T=!upbow!\nK:C\nTC", "60*1", settled: 14),
    Case("4.16", "and takes the old one away", "X:1\nT:a\nL:1/4\nU:~=!nil!\nK:C\n~C", "60*1", settled: 14),
    Case("4.17", "a chord", "[CEG]2", "60,64,67*1"),
    Case("4.17", "inner lengths", "[C2E2G2]", "60,64,67*1"),
    Case("4.17", "inner times outer", "[C2E2G2]3", "60,64,67*3", settled: 7),
    Case("4.17", "as much as the outer alone", "[CEG]6", "60,64,67*3", settled: 7),
    Case("4.17", "fractions outside", "[C2E2]/2", "60,64*1/2", settled: 7),
    Case("4.17", "the first note gives the time", "[C4E2]D2", "60*2 62*1 & 64*1"),
    Case("4.17", "accidentals in chords", "[C^E]2E2", "60,65*1 65*1"),
    Case("4.17", "a unison", "[CC]2", "60,60*1"),
    Case("4.17", "a tied chord", "[CE]2-[CE]2", "60,64*2"),
    Case("4.17", "one note of it tied", "[C-E]2[CG]2", "60*2 & 64*1 67*1"),
    Case("4.17", "blanks do not part a chord from its length", "[CE]2 D2", "60,64*1 62*1"),
    Case("4.18", "chord symbols are above the music", "\"Am7\"C2\"D/F#\"D2", "60*1 62*1"),
    Case(
      "4.19", "annotations too", "\"^up\"C2\"_down\"D2\"<l\"E2\">r\"F2\"@1,1 x\"G2",
      "60*1 62*1 64*1 65*1 67*1"),
    Case("4.20", "all before a note", "\"Am\"!accent!^C2", "61*1"),
    Case("4.20", "a slur, a symbol and a tie", "(\"Am\"uC2-C2)", "60*2"),
  ]

  func testCases() { Conformance.run(Self.cases) }
}
