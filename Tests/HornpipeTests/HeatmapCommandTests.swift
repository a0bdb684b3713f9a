import Foundation
import XCTest

final class HeatmapCommandTests: FolderTestCase {
  private let tune = "X:1\nT:The Test\nR:reel\nM:C|\nL:1/8\nK:G\nG2BG d2BG|A2cA e2cA|G2BG d2BG|A2FA G4:|\n"

  func testAUnitIsDrawnInEachForm() throws {
    let file = try write("<start>\n\(tune)<end>\n", to: "tune.txt")
    for (name, beginning) in [
      ("h.svg", "<svg"), ("h.html", "<!DOCTYPE html>"), ("h.txt", "embedded reads tune.txt"),
    ] {
      let result = try Program.run("heatmap", "embedded", "--tune", file, "--neuron", "3,0", "-o", path(name))
      XCTAssertEqual(result.status, 0, result.errors)
      let content = try String(contentsOfFile: path(name), encoding: .utf8)
      XCTAssertTrue(content.hasPrefix(beginning), String(content.prefix(80)))
      XCTAssertTrue(content.contains("layer 1, unit 3") && content.contains("layer 1, unit 0"))
      XCTAssertFalse(content.contains("unit 1<"))
    }
    let plain = try Program.run("heatmap", "embedded", "--tune", file, "--neuron", "3")
    XCTAssertTrue(plain.output.contains("K:G↵\n"), plain.output)
    XCTAssertFalse(plain.output.contains("\u{1B}"))
    // Without a tune the model writes one, the same for the same seed.
    let seeds = try ["4", "4", "5"].map { try Program.run("heatmap", "embedded", "--seed", $0).output }
    XCTAssertEqual(seeds[0], seeds[1])
    XCTAssertNotEqual(seeds[0], seeds[2])
  }

  /// The embedded model has a unit that follows the bar: nobody told it of bars.
  func testFindRanksTheUnitsByWhatTheyFollow() throws {
    let tunes = try write(String(repeating: "<start>\n\(tune)<end>\n", count: 3), to: "tunes.txt")
    let result = try Program.run("heatmap", "embedded", "--find", "--corpus", tunes, "--top", "2", "--json")
    XCTAssertEqual(result.status, 0, result.errors)
    var found: [String: [Double]] = [:]
    for line in result.output.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      found[try XCTUnwrap(object?["feature"] as? String), default: []].append(
        abs(try XCTUnwrap(object?["correlation"] as? Double)))
    }
    XCTAssertTrue(found.values.allSatisfy { $0.count == 2 && $0[0] >= $0[1] }, "\(found)")
    XCTAssertGreaterThan(try XCTUnwrap(found["bar-position"]?.first), 0.7)
    XCTAssertNil(found["rest"], "there is no rest in this tune")
  }

  func testWhatCannotBeDrawnIsSaid() throws {
    let file = try write("<start>\n\(tune)<end>\n", to: "tune.txt")
    for (arguments, status, words) in [
      (["embedded", "--neuron", "512", "--tune", file], 2, "512 units"),
      (["embedded", "--layer", "2", "--tune", file], 2, "no layer 2"),
      (["embedded", "--neuron", "x"], 64, "--neuron"),
      (["embedded", "-o", path("h.gif")], 64, ".svg"),
      (["embedded", "--tune", path("none.abc")], 2, "none.abc"),
      (["embedded", "--tune", try write("", to: "empty.abc")], 2, "no tune"),
      (["embedded", "--find"], 2, "--corpus"),
      ([path("none.safetensors")], 2, "none.safetensors"),
    ] as [([String], Int32, String)] {
      let result = try Program.run(arguments: ["heatmap"] + arguments)
      XCTAssertEqual(result.status, status, "\(arguments) \(result.errors)")
      XCTAssertTrue(result.errors.contains(words), result.errors)
    }
  }
}
