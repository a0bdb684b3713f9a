import Foundation
import XCTest

/// `corpus prepare` and `corpus stats` on all forms of collections.
final class CorpusCommandTests: FolderTestCase {
  private static func word(_ number: Int) -> String {
    "Tune " + String(String(number).map { Character(Unicode.Scalar(UInt8($0.wholeNumberValue!) + 97)) })
  }

  /// A dump of The Session's shape: every tune in two settings, which have most of their notes in common.
  private func settings(_ count: Int) -> [[String: String]] {
    var state: UInt64 = 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let notes = ["D", "E", "F", "G", "A", "B", "c", "d", "e", "f", "g", "a"]
    return (0..<count / 2).flatMap { index -> [[String: String]] in
      var position = random(12)
      let bars = (0..<16).map { _ in
        (0..<8).map { _ in
          position = min(max(position + random(7) - 3, 0), 11)
          return notes[position]
        }.joined()
      }
      return (0..<2).map { setting in
        var bars = bars
        bars[3] = setting == 0 ? bars[3] : "g2 D2 g2 D2"
        let lines = stride(from: 0, to: 16, by: 4).map { bars[$0..<($0 + 4)].joined(separator: "|") + "|" }
        let abc =
          "|:" + lines[0] + "\r\n" + lines[1].dropLast() + ":|\r\n|:" + lines[2] + "\r\n"
          + lines[3].dropLast() + ":|"
        return [
          "tune_id": "\(index)", "setting_id": "\(2 * index + setting)",
          "name": "\(Self.word(index)), The",
          "type": "reel", "meter": "4/4", "mode": ["Gmajor", "Edorian", "Dmixolydian"][index % 3], "abc": abc,
          "date": "2020-01-01 00:00:00", "username": "somebody", "composer": "",
        ]
      }
    }
  }

  private static let columns = [
    "tune_id", "setting_id", "name", "type", "meter", "mode", "abc", "date", "username", "composer",
  ]

  private func csv(_ settings: [[String: String]]) -> String {
    ([Self.columns.joined(separator: ",")]
      + settings.map { row in
        Self.columns.map { "\"" + row[$0]!.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(
          separator: ",")
      }).joined(separator: "\n") + "\n"
  }

  private func object(_ text: String) throws -> [String: Any] {
    try XCTUnwrap(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], text)
  }

  func testADumpIsPrepared() throws {
    let settings = settings(200)
    let file = try write(csv(settings), to: "tunes.csv")
    let result = try Program.run("corpus", "prepare", file, "-o", path("a"), "--split", "80/10/10", "--json")
    XCTAssertEqual(result.status, 0, result.errors)
    let counts = try object(result.output)
    XCTAssertEqual(counts["tunes"] as? Int, 200)
    XCTAssertEqual(counts["kept"] as? Int, 200, result.errors)
    XCTAssertEqual(counts["families"] as? Int, 100)
    // Two settings of one tune are in one part.
    let parts = try ["train", "validation", "test"].map {
      try String(contentsOfFile: path("a/\($0).txt"), encoding: .utf8)
    }
    for index in 0..<100 {
      let line = "T:The \(Self.word(index))\n"
      let counts = parts.map { $0.components(separatedBy: line).count - 1 }
      XCTAssertEqual(counts.sorted(), [0, 0, 2], line)
    }
    // The same as JSON comes to the same.
    let json = try write(
      String(decoding: try JSONSerialization.data(withJSONObject: settings), as: UTF8.self), to: "tunes.json")
    XCTAssertEqual(
      try Program.run("corpus", "prepare", json, "-o", path("b"), "--split", "80/10/10").status, 0)
    for name in ["train.txt", "validation.txt", "test.txt", "tunes.abc"] {
      XCTAssertEqual(
        try String(contentsOfFile: path("a/\(name)"), encoding: .utf8),
        try String(contentsOfFile: path("b/\(name)"), encoding: .utf8), name)
    }
    let broken = try write("a,b\n1,2\n", to: "broken.csv")
    let failed = try Program.run("corpus", "prepare", broken, "-o", path("c"))
    XCTAssertEqual(failed.status, 2)
    XCTAssertTrue(failed.errors.contains("no column 'tune_id'"), failed.errors)
  }

  func testOtherKeysAreForTrainingAlone() throws {
    let file = try write(csv(settings(40)), to: "tunes.csv")
    for (folder, flag) in [("a", []), ("b", ["--transpose-augment"])] {
      let result = try Program.run(
        arguments: ["corpus", "prepare", file, "-o", path(folder), "--split", "60/20/20"] + flag)
      XCTAssertEqual(result.status, 0, result.errors)
    }
    func tunes(_ name: String) throws -> Int {
      try String(contentsOfFile: path(name), encoding: .utf8).components(separatedBy: "<start>").count - 1
    }
    XCTAssertEqual(try tunes("a/test.txt"), try tunes("b/test.txt"))
    XCTAssertGreaterThan(try tunes("b/train.txt"), 2 * (try tunes("a/train.txt")))
  }

  func testTiesOverBarLinesAreLeftOutOfTrainingWhereAsked() throws {
    var tunes = settings(40)
    for index in tunes.indices where index % 8 < 2 {
      // The last note of the first bar goes on in the second.
      var bars = (tunes[index]["abc"] ?? "").components(separatedBy: "|")
      let last = bars.firstIndex { $0.hasPrefix(":") } ?? 1
      bars[last] += "-"
      let note = bars[last].dropLast().last.map(String.init) ?? "D"
      bars[last + 1] = note + bars[last + 1].dropFirst()
      tunes[index]["abc"] = bars.joined(separator: "|")
    }
    let file = try write(csv(tunes), to: "tunes.csv")
    for (folder, flag) in [("a", []), ("b", ["--without-ties"])] {
      let result = try Program.run(
        arguments: ["corpus", "prepare", file, "-o", path(folder), "--split", "60/20/20"] + flag)
      XCTAssertEqual(result.status, 0, result.errors)
      XCTAssertEqual(result.errors.contains(": ties over bar lines"), folder == "b", result.errors)
    }
    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
    let (with, without) = (try text("a/train.txt"), try text("b/train.txt"))
    XCTAssertTrue(with.contains("-|"))
    XCTAssertFalse(without.contains("-|"))
    XCTAssertEqual(
      with.components(separatedBy: "<end>").filter { !$0.contains("-|") },
      without.components(separatedBy: "<end>"), "nothing else changes")
    XCTAssertEqual(try text("a/test.txt"), try text("b/test.txt"))
  }

  func testStatistics() throws {
    let book = try write(
      "X:1\nT:One\nR:reel\nM:4/4\nL:1/8\nK:Ador\nA8|B8|]\n\nX:2\nT:Two\nK:G\nG7|A8|B8|c8|]\n", to: "a.abc")
    let result = try Program.run("corpus", "stats", book, "--json")
    XCTAssertEqual(result.status, 0, result.errors)
    let counts = try object(result.output)
    XCTAssertEqual(counts["tunes"] as? Int, 2)
    XCTAssertEqual(counts["rhythms"] as? [String: Int], ["reel": 1, "": 1])
    XCTAssertEqual(counts["keys"] as? [String: Int], ["Ador": 1, "G": 1])
    let table = try Program.run("corpus", "stats", book).output
    XCTAssertTrue(table.hasPrefix("2 tunes, "), table)
    XCTAssertTrue(table.contains("(none)"), table)
    XCTAssertEqual(try Program.run("corpus", "stats", path("nothing")).status, 2)
  }
}
