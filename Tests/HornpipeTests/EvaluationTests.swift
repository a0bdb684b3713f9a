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
}
