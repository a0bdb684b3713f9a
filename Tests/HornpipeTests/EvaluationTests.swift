import Foundation
import XCTest

final class EvaluationTests: FolderTestCase {
  /// The text has the numbers of the JSON, with four decimals, rounded as `printf` does.
  func testTheLossOfTheEmbeddedModelInWordsAndAsJSON() throws {
    for name in ["one", "two", "three"] {
      let corpus = try write(
        "<start>\nX:1\nT:Tune \(name)\nM:4/4\nL:1/8\nK:D\nDEFG ABcd|d8|]\n<end>\n", to: name)
      let words = try Program.run("evaluate", "embedded", "--corpus", corpus)
      let object = try Program.run("evaluate", "embedded", "--corpus", corpus, "--json")
      let values = try JSONSerialization.jsonObject(with: Data(object.output.utf8)) as? [String: Any]
      func decimals(_ key: String) throws -> String {
        String(format: "%.4f", try XCTUnwrap(values?[key] as? Double))
      }
      XCTAssertEqual(
        words.output.split(separator: "\n").first.map(String.init),
        "\(try decimals("nats_per_character")) nats a character, \(try decimals("bits_per_character")) bits, "
          + "perplexity \(try decimals("perplexity"))")
    }
  }

  func testWhatTunesAreLikeInWordsAsJSONAndOnAPage() throws {
    let tunes = try Program.run("generate", "--seed", "1", "--count", "6", "--quiet").output
    let training = try write(tunes, to: "training.abc")
    let options = [
      "evaluate", "embedded", "--generate", "8", "--temperature", "0.7", "--training", training, "--held-out",
      training,
    ]
    let json = try Program.run(arguments: options + ["--json", "--page", path("page.html")])
    XCTAssertEqual(json.status, 0, json.errors)
    let object = try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    XCTAssertEqual(object["tunes"] as? Int, 8)
    XCTAssertEqual((object["clean"] as? [String: Double])?["rate"], 1)
    XCTAssertGreaterThan(try XCTUnwrap(object["kept_probability"] as? Double), 0.9)
    let novelty = try XCTUnwrap(object["novelty"] as? [String: [String: Double]])
    XCTAssertTrue((0...1).contains(try XCTUnwrap(novelty["nearest_distance"]?["median"])))
    XCTAssertNotNil((object["divergences"] as? [String: Double])?["pitch_class"])
    XCTAssertNotNil((object["structure"] as? [String: Any])?["ends_on_tonic"])
    let page = try String(contentsOfFile: path("page.html"), encoding: .utf8)
    for words in ["<svg", "How many are clean", "held-out tunes", "training tunes", "temperature 0.7"] {
      XCTAssertTrue(page.contains(words), words)
    }
    XCTAssertFalse(
      page.contains("http://") && !page.contains("www.w3.org"), "it needs nothing from anywhere else")
    let words = try Program.run(arguments: options)
    // What is held against itself is nearest to itself.
    XCTAssertTrue(words.output.contains(", 0.00 from "), words.output)
    XCTAssertTrue(words.output.contains("ends on the tonic"), words.output)
    XCTAssertEqual(try Program.run("evaluate", "embedded", "--page", "a", "--corpus", training).status, 64)
  }
}
