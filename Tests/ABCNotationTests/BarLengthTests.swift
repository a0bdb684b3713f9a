import XCTest

@testable import ABCNotation

final class BarLengthTests: XCTestCase {
  func testBarsThatDoNotAddUp() {
    assertParse(tune("C8⟦ABC301⟧|D6|E8|"))
    assertParse(tune("C8⟦ABC302⟧|D9|E8|"))
  }

  func testPickupsAndSplitBarsAreNoFault() {
    assertParse(tune("G2|C8|D6:|\n|:G2|C8|D6:|"))
    assertParse(tune("G2|C8|D6||E2|F8|G6|]"))
    assertParse(tune("C8|D4:|:E4|F8:|"))
    assertParse(tune("|:G2|C8|1 D6:|2 D6|]"))
  }

  func testFreeMeterHasNoLength() {
    assertParse(tune("C8|D3|E11|", header: "M:none\nL:1/8\n"))
  }
}
