import XCTest

/// Information fields (ABC 2.1, section 3).
final class Section03Conformance: XCTestCase {
  private static func header(_ fields: String, _ music: String) -> String {
    "X:1\nT:a\n\(fields)\n\(music)\n"
  }

  static let keys: [Case] = {
    // The scale of naturals in each key: what the signature makes of it (3.1.14).
    let signatures: [(key: String, sharps: Int)] = [
      ("C", 0), ("G", 1), ("D", 2), ("A", 3), ("E", 4), ("B", 5), ("F#", 6), ("C#", 7), ("F", -1), ("Bb", -2),
      ("Eb", -3), ("Ab", -4), ("Db", -5), ("Gb", -6), ("Cb", -7), ("Am", 0), ("Em", 1), ("Bm", 2), ("F#m", 3),
      ("C#m", 4), ("G#m", 5), ("D#m", 6), ("A#m", 7), ("Dm", -1), ("Gm", -2), ("Cm", -3), ("Fm", -4),
      ("Bbm", -5),
      ("Ebm", -6), ("Abm", -7), ("Ador", 1), ("Ddor", 0), ("GDorian", -1), ("Amix", 2), ("Gmixolydian", 0),
      ("D MIX", 1), ("Ephr", 0), ("F#phrygian", 2), ("Flyd", 0), ("CLydian", 1), ("Bloc", 0),
      ("F#locrian", 1),
      ("Aaeo", 0), ("Eaeolian", 1), ("Cion", 0), ("Gionian", 1), ("A minor", 0), ("Dmaj", 2), ("Emin", 1),
      ("E Major", 4), ("HP", 2), ("Hp", 2), ("none", 0), ("", 0),
    ]
    let order = [65, 60, 67, 62, 69, 64, 71]
    return signatures.map { key, sharps in
      let sharpened = Set(order.prefix(max(sharps, 0)))
      let flattened = Set(order.reversed().prefix(max(-sharps, 0)))
      let notes = [60, 62, 64, 65, 67, 69, 71].map { natural in
        "\(natural + (sharpened.contains(natural) ? 1 : 0) - (flattened.contains(natural) ? 1 : 0))*1"
      }
      return Case(
        "3.1.14", "K:\(key) has \(sharps) sharps", header("L:1/4\nK:\(key)", "CDEFGAB"),
        notes.joined(separator: " "), settled: 19)
    }
  }()

  static let cases: [Case] = [
    Case("3.1.6", "M:C is 4/4", header("M:C\nL:1/4\nK:C", "Z|C"), "r*4 60*1"),
    Case("3.1.6", "M:C| is 2/2", header("M:C|\nL:1/4\nK:C", "Z|C"), "r*4 60*1"),
    Case("3.1.6", "M:3/4", header("M:3/4\nL:1/4\nK:C", "Z|C"), "r*3 60*1"),
    Case("3.1.6", "M:(2+3+2)/8 has seven eighths", header("M:(2+3+2)/8\nL:1/8\nK:C", "Z|C2"), "r*7/2 60*1"),
    Case("3.1.6", "the parentheses may be left out", header("M:2+3+2/8\nL:1/8\nK:C", "Z|C2"), "r*7/2 60*1"),
    Case(
      "3.1.6", "M:none has no bars", header("M:none\nL:1/4\nK:C", "CDEFG|A"), "60*1 62*1 64*1 65*1 67*1 69*1"),
    Case("3.1.7", "L: gives the unit", header("L:1/16\nK:C", "C"), "60*1/4"),
    Case("3.1.7", "L:1 is a whole note", header("L:1\nK:C", "C"), "60*4"),
    Case("3.1.7", "below 0.75 the default unit is 1/16", header("M:2/4\nK:C", "C"), "60*1/4", settled: 21),
    Case("3.1.7", "5/8 is below 0.75", header("M:5/8\nK:C", "C"), "60*1/4", settled: 21),
    Case("3.1.7", "6/8 is 0.75", header("M:6/8\nK:C", "C"), "60*1/2", settled: 21),
    Case("3.1.7", "from 0.75 on it is 1/8", header("M:3/4\nK:C", "C"), "60*1/2", settled: 21),
    Case("3.1.7", "4/4 too", header("M:4/4\nK:C", "C"), "60*1/2", settled: 21),
    Case("3.1.7", "9/8 too", header("M:9/8\nK:C", "C"), "60*1/2", settled: 21),
    Case("3.1.7", "without a meter it is 1/8", header("K:C", "C"), "60*1/2", settled: 21),
    Case("3.1.7", "M:none too", header("M:none\nK:C", "C"), "60*1/2", settled: 21),
    Case(
      "3.1.7", "a meter within the tune changes no unit", header("M:4/4\nK:C", "C\nM:2/4\nC"), "60*1/2 60*1/2"
    ),
    Case("3.2", "L: within the tune", "C2\nL:1/4\nC2", "60*1 60*2"),
    Case("3.2", "and inline", "C2[L:1/4]C2[L:1/16]C2", "60*1 60*2 60*1/2"),
    Case("3.2", "K: within the tune", "F2|\nK:G\nF2|", "65*1 66*1"),
    Case("3.2", "and inline", "F2[K:G]F2[K:C]F2", "65*1 66*1 65*1"),
    Case(
      "3.2", "M: within the tune", header("M:4/4\nL:1/4\nK:C", "Z|\nM:3/4\nZ2|C"), "r*4 r*6 60*1", settled: 17
    ),
    Case("3.2", "and inline", "Z|[M:2/4]Z|C2", "r*4 r*2 60*1", settled: 17),
    Case("3.1.8", "Q: moves no onset", "Q:1/4=60\nC2[Q:1/4=240]D2", "60*1 62*1", settled: 8),
    Case(
      "3.1.8", "several beats in Q: move none", header("L:1/4\nQ:1/4 3/8 1/4 3/8=40\nK:C", "CD"), "60*1 62*1",
      settled: 9),
    Case("3.1.8", "nor do words", header("L:1/4\nQ:\"Allegro\" 1/4=120\nK:C", "CD"), "60*1 62*1"),
    Case(
      "3.1.9", "P: gives the order", header("L:1/4\nP:ABA\nK:C", "P:A\nC\nP:B\nD"), "60*1 62*1 60*1",
      settled: 3),
    Case(
      "3.1.9", "with counts", header("L:1/4\nP:A2B3\nK:C", "P:A\nC\nP:B\nD"), "60*1 x2 62*1 x3", settled: 3),
    Case(
      "3.1.9", "with groups", header("L:1/4\nP:(AB)2C\nK:C", "P:A\nC\nP:B\nD\nP:C\nE"),
      "60*1 62*1 60*1 62*1 64*1", settled: 3),
    Case(
      "3.1.9", "with groups in groups", header("L:1/4\nP:((AB)2C)2\nK:C", "P:A\nC\nP:B\nD\nP:C\nE"),
      "60*1 62*1 60*1 62*1 64*1 60*1 62*1 60*1 62*1 64*1", settled: 3),
    Case(
      "3.1.9", "dots do not count", header("L:1/4\nP:A.B.A\nK:C", "P:A\nC\nP:B\nD"), "60*1 62*1 60*1",
      settled: 3),
    Case("3.1.9", "without an order parts are labels", header("L:1/4\nK:C", "P:A\nC\nP:B\nD"), "60*1 62*1"),
    Case(
      "3.1.9", "a part has its repeats", header("L:1/4\nP:AB\nK:C", "P:A\n|:C:|\nP:B\n|:D:|"),
      "60*1 x2 62*1 x2"),
    Case("3.1.9", "a part may be inline", header("L:1/4\nP:BA\nK:C", "[P:A]C|[P:B]D|"), "62*1 60*1"),
    Case("3.1.14", "accidentals behind the key", header("L:1/4\nK:D =c", "CF"), "60*1 66*1"),
    Case("3.1.14", "added ones", header("L:1/4\nK:D Phr ^f", "FBE"), "66*1 70*1 63*1"),
    Case(
      "3.1.14", "exp is exactly those", header("L:1/4\nK:D exp _b _e ^f", "BEFC"), "70*1 63*1 66*1 60*1",
      settled: 19),
    Case("3.1.14", "without a space too", header("L:1/4\nK:Dexp_b_e", "BEF"), "70*1 63*1 65*1", settled: 19),
    Case(
      "3.1.14", "modes by three letters, in any case",
      header("L:1/4\nK:AMIXolydian", "C"), "61*1", settled: 19),
    Case("3.1.12", "an unknown field is no music", "C2\nY:AB\nD2", "60*1 62*1", settled: 12),
    Case("3.1", "nor is an obsolete one", header("E:7\nL:1/4\nK:C", "C"), "60*1", settled: 12),
    Case("3.1.1", "nor are texts", header("C:CDE\nO:FGA\nN:ABC\nL:1/4\nK:C", "C\nN:DEF\nD"), "60*1 62*1"),
    Case("3.1.10", "nor is history", header("H:one\nL:1/4\nK:C", "C"), "60*1"),
    Case("3.2", "R: inline is no music", "C2[r:remark D2]E2", "60*1 64*1"),
    Case("3.1.5", "r: is a remark", "C2\nr:remark\nD2", "60*1 62*1"),
    Case("3.1.11", "W: is no music", "C2\nW:DEF\n", "60*1"),
  ]

  func testKeys() { Conformance.run(Self.keys) }
  func testCases() { Conformance.run(Self.cases) }
}
