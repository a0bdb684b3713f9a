import XCTest

@testable import TuneGenerator

final class ProvenanceTests: XCTestCase {
  func testItIsReadBackAsItWasWritten() throws {
    var plain = Provenance(
      version: "1.2", model: "embedded", hash: "0123456789abcdef", seed: .max, number: 7, temperature: 0.8)
    XCTAssertEqual(
      plain.line,
      """
      % hornpipe {"hash":"0123456789abcdef","model":"embedded","number":7,"seed":18446744073709551615,\
      "temperature":0.8,"version":"1.2"}

      """)
    XCTAssertEqual(Provenance.all(in: plain.line), [plain])
    (plain.prime, plain.title, plain.parts, plain.bars) = (
      "X:1\nT:\"Quoted\", and } more\n", "Tab\tbed", "AABB", 8
    )
    plain.infill = "5-8"
    let text = "X:1\n" + plain.line + "T:Other\n% hornpipe is no such comment\n" + plain.line
    XCTAssertEqual(Provenance.all(in: text), [plain, plain])
    XCTAssertEqual(plain.infillBars, 5...8)
    XCTAssertEqual(plain.options?.form, FormPlan(parts: "AABB", bars: 8))
  }

  func testWrongBarsAreNone() {
    var provenance = Provenance(version: "", model: "", hash: "", seed: 0, number: 1, temperature: 1)
    for (text, bars) in [("3", 3...3), ("2-2", 2...2)] {
      provenance.infill = text
      XCTAssertEqual(provenance.infillBars, bars)
    }
    for text in ["", "0-3", "4-2", "x", "1-2-3", "-4"] {
      provenance.infill = text
      XCTAssertNil(provenance.infillBars, text)
    }
  }
}
