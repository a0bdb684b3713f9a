import XCTest

/// Bars, repeats and endings (ABC 2.1, 4.8 to 4.10). Mostly each bar is one whole note.
final class Section04BarsConformance: XCTestCase {
  /// Bars of a whole note each: `C8|D8` is played as its letters say.
  private static func bars(_ letters: String) -> String {
    let pitches: [Character: Int] = ["C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "B": 71]
    return letters.compactMap { pitches[$0] }.map { "\($0)*4" }.joined(separator: " ")
  }

  private static func played(
    _ section: String, _ rule: String, _ abc: String, _ letters: String, settled: Int? = nil
  ) -> Case {
    Case(section, rule, abc, bars(letters), settled: settled)
  }

  static let cases: [Case] = [
    played("4.8", "bar signs are no repeats", "C8|D8||E8|]F8[|G8|", "CDEFG"),
    played("4.8", "an invisible bar", "C8[|]D8|", "CD"),
    played("4.8", "a dotted bar", "C8.|D8|", "CD"),
    played("4.8", "|: :|", "|:C8|D8:|E8|", "CDCDE"),
    played("4.8", "::", "|:C8::D8:|", "CCDD"),
    played("4.8", ":|: is ::", "|:C8:|:D8:|", "CCDD"),
    played("4.8", ":||: too", "|:C8:||:D8:|", "CCDD"),
    played("4.8", "the start may be left out", "C8|D8:|E8|", "CDCDE"),
    played("4.8", "behind a repeat too", "|:C8:|D8:|", "CCDD", settled: 1),
    played("4.8", "back to the latest end of a repeat", "C8:|D8:|E8:|", "CCDDEE", settled: 1),
    played("4.8", "with endings", "C8:|D8|[1E8:|[2F8|]", "CCDEDF", settled: 1),
    played("4.8", "back to ::", "|:C8::D8|E8:|F8:|", "CCDEDEFF", settled: 1),
    played("4.8", "|:: :: | repeats twice over", "|::C8::|D8|", "CCCD"),
    played("4.8", "|::: :::| three times over", "|:::C8:::|D8|", "CCCCD"),
    played("4.8", ":|] ends a repeat", "|:C8:|]D8|", "CCD"),
    played("4.8", "[|: begins one", "C8[|:D8:|]", "CDD"),
    played("4.8", "||: begins one", "C8||:D8:||E8|", "CDDE"),
    played("4.8", "|[| is a bar", "C8|[|D8|", "CD"),
    played("4.8", "blanks within lines", "|: C8 | D8 :|", "CDCD"),
    played("4.8", "over a line end", "|:C8|\nD8:|\n|:E8:|", "CDCDEE"),
    played("4.8", "a bar ends a line and begins the next", "|:C8|\n|D8:|", "CDCD"),
    played("4.8", "a repeat that is never closed", "C8|:D8|E8|", "CDE"),
    played(
      "4.8", "after a last ending, back to its double bar", "C8|[1D8:|[2E8||F8|[1G8:|[2A8|]", "CDCEFGFA",
      settled: 2),
    played("4.8", "a double bar elsewhere does not count", "C8||D8:|", "CDCD"),
    played("4.8", "nor a final bar within", "C8|]D8:|E8|", "CDCDE"),
    played("4.9", "[1 and [2", "|:C8|[1D8:|[2E8|]", "CDCE"),
    played("4.9", "|1 and :|2", "|:C8|1D8:|2E8|]", "CDCE"),
    played("4.9", "| [1 with a blank", "|:C8| [1D8:| [2E8|]", "CDCE"),
    played("4.9", "endings of several bars", "|:C8|1D8|E8:|2F8|G8||A8|", "CDECFGA"),
    played("4.9", "both closed by repeats", "|:C8|1D8:|2E8:|F8|", "CDCEF"),
    played("4.9", "an ending and no other", "|:C8|1D8:|E8|", "CDCE"),
    played("4.9", "in two strains", "|:C8|1D8:|2E8||:F8|1G8:|2A8|]", "CDCEFGFA"),
    played("4.9", "without a start", "C8|1D8:|2E8|]", "CDCE"),
    played("4.9", "bars behind the last ending", "|:C8|1D8:|2E8||F8|", "CDCEF"),
    played("4.10", "[1,3 and [2,4", "|:C8|[1,3D8:|[2,4E8:|", "CDCECDCE"),
    played("4.10", "[1-3 and [4", "|:C8|[1-3D8:|[4E8|]", "CDCDCDCE"),
    played("4.10", "[1,2 and [3", "|:C8|[1,2D8:|[3E8|]", "CDCDCE"),
    played("4.10", "lists and ranges", "|:C8|[1,3-4D8:|[2E8:|[5F8|]", "CDCECDCDCF"),
    played("4.10", "|1,3", "|:C8|1,3D8:|2E8:|", "CDCECD"),
    played("4.10", "four endings", "|:C8|[1D8:|[2E8:|[3F8:|[4G8|]", "CDCECFCG"),
    Case(
      "4.10", "parts take their endings in turn",
      "X:1\nT:a\nM:4/4\nL:1/1\nP:A4B\nK:C\nP:A\nC|[1D:|[2E:|[3F:|[4G|]\nP:B\nA|]",
      bars("CDCECFCGA"), settled: 3),
    Case(
      "4.10", "and play their repeats where they have others",
      "X:1\nT:a\nM:4/4\nL:1/1\nP:ABA\nK:C\nP:A\n|:C|D:|\nP:B\nE|]", bars("CDCDECDCD"), settled: 3),
    Case(
      "4.8", "a pickup is repeated with its strain", "C2|:D8|E6C2:|", "60*1 62*4 64*3 60*1 62*4 64*3 60*1"),
    Case("4.8", "pickups at both repeats", "|:C2|D6:|:E2|F6:|", "60*1 62*3 60*1 62*3 64*1 65*3 64*1 65*3"),
  ]

  func testCases() { Conformance.run(Self.cases) }
}
