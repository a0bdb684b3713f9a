import Foundation
import XCTest

@testable import TuneGenerator

/// The forms in which collections come.
final class CorpusSourceTests: XCTestCase {
  private func tunes(_ name: String, _ text: String) throws -> [(abc: String, ids: [String]?)] {
    var blocks: [(String, [String]?)] = []
    try CorpusSource(name: name, bytes: Array(text.utf8)).forEachBlock {
      blocks.append((String(decoding: $0.source.bytes, as: UTF8.self), $0.tuneIDs))
    }
    return blocks
  }

  func testRowsOfCSV() {
    var reader = CSVReader(Array("\u{FEFF}a,b,c\r\n1,\"x, \"\"y\"\"\r\nz\",\r\n\r\n\"\",é,3".utf8))
    XCTAssertEqual(reader.next(), ["a", "b", "c"])
    XCTAssertEqual(reader.line, 2)
    XCTAssertEqual(reader.next(), ["1", "x, \"y\"\r\nz", ""])
    XCTAssertEqual(reader.next(), ["", "é", "3"])
    XCTAssertNil(reader.next())
  }

  /// Any fields come back from their quoted form.
  func testCSVRoundTrip() {
    var random = SystemRandomNumberGenerator()
    let signs = ["a", ",", "\"", "\n", "\r\n", " ", "é", ""]
    for _ in 0..<200 {
      let rows = (0..<5).map { _ in
        ["x"] + (0..<3).map { _ in (0..<6).map { _ in signs.randomElement(using: &random)! }.joined() }
      }
      let text = rows.map { row in
        row.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
      }.joined()
      var reader = CSVReader(Array(text.utf8))
      for row in rows { XCTAssertEqual(reader.next(), row, text) }
      XCTAssertNil(reader.next())
    }
  }

  private let csv = #"""
    tune_id,setting_id,name,type,meter,mode,abc,date,username,composer
    11931,12022,"""Well, Well"", Said She",reel,4/4,Gmajor,"|:GABc dedB|dedB dedB|
    c2ec B2dB|A2FA G4:|",2004-01-01 00:00:00,somebody,
    11931,12023,Another,jig,6/8,Edorian,"e2f gfe|

    X:
    K:Bminor
    b3 b3|]",2004-01-01 00:00:00,somebody,Trad
    """#

  func testTheSessionAsCSV() throws {
    let blocks = try tunes("tunes.csv", csv)
    XCTAssertEqual(blocks.count, 1)
    XCTAssertEqual(blocks[0].ids, ["11931", "11931"])
    XCTAssertEqual(
      blocks[0].abc,
      "X:12022\nT:\"Well, Well\", Said She\nR:reel\nM:4/4\nL:1/8\nK:Gmajor\n|:GABc dedB|dedB dedB|\n"
        + "c2ec B2dB|A2FA G4:|\n\n"
        + "X:12023\nT:Another\nR:jig\nM:6/8\nL:1/8\nK:Edorian\ne2f gfe|\nK:Bminor\nb3 b3|]\n\n")
  }

  func testTheSessionAsJSON() throws {
    let rows = [
      [
        "tune_id": "1", "setting_id": "2", "name": "A\"B", "type": "slip jig", "meter": "9/8",
        "mode": "Dmixolydian",
        "abc": "d3 d3 d3|\r\nd9|]", "date": "", "username": "x", "composer": "",
      ],
      [
        "tune_id": "3", "setting_id": "4", "name": "C", "type": "waltz", "meter": "3/4", "mode": "Aminor",
        "abc": "A6|",
      ],
    ]
    let blocks = try tunes("tunes.json", String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
    XCTAssertEqual(blocks.first?.ids, ["1", "3"])
    XCTAssertEqual(
      blocks.first?.abc,
      "X:2\nT:A\"B\nR:slip jig\nM:9/8\nL:1/8\nK:Dmixolydian\nd3 d3 d3|\nd9|]\n\n"
        + "X:4\nT:C\nR:waltz\nM:3/4\nL:1/8\nK:Aminor\nA6|\n\n")
  }

  func testWhatIsNoDumpIsSaidSo() {
    for (name, text, part) in [
      ("a.csv", "tune_id,name\n1,a\n", "no column 'type'"), ("a.csv", "", "no column 'tune_id'"),
      ("a.csv", "tune_id,name,type,meter,mode,abc\n1,a\n", "line 2 has 2 columns instead of 6"),
      ("a.json", "{\"a\":1}", "no JSON array"), ("a.json", "[{\"tune_id\":1}]", "no JSON array"),
    ] {
      XCTAssertThrowsError(try tunes(name, text), text) { XCTAssertTrue("\($0)".contains(part), "\($0)") }
    }
  }

  func testMarkedText() throws {
    let blocks = try tunes("train.txt", "<start>\nX:1\nK:C\nC|\n<end>\n<start>\nX:2\nK:D\nD|\n<end>\n")
    XCTAssertEqual(blocks.map(\.abc), ["X:1\nK:C\nC|\n\nX:2\nK:D\nD|\n\n"])
  }
}
