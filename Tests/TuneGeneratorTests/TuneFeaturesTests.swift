import CharacterModel
import XCTest

@testable import TuneGenerator

final class TuneFeaturesTests: XCTestCase {
  private let tune = "<start>\nX:1\nT:The Elm\nM:2/4\nL:1/8\nK:D\n\"D\"D2 z2|\"A7\"AB cd|1/2\n:|\n<end>\n"

  /// The characters at which a feature has a value, as text.
  private func text(_ feature: TuneFeature, _ value: Double, hasMarkers: Bool = true) -> String {
    let features = TuneFeatures(of: tune, hasMarkers: hasMarkers)
    return zip(features.characters, features[feature]).filter { $1 == value }.map { $0.0 }.joined()
  }

  func testEachFeatureMarksItsCharacters() {
    XCTAssertEqual(text(.title, 1), "The Elm")
    XCTAssertEqual(text(.titleCapital, 1), "TE")
    XCTAssertEqual(text(.titleCapital, 0), "he lm")
    XCTAssertEqual(text(.fieldStart, 1), "X:T:M:L:K:")
    XCTAssertEqual(text(.music, 1), "\"D\"D2 z2|\"A7\"AB cd|1/2\n:|\n")
    XCTAssertEqual(text(.chordSymbol, 1), "\"D\"\"A7\"")
    XCTAssertEqual(text(.barLine, 1), "||:|")
    XCTAssertEqual(text(.marker, 1), "<start><end>")
    XCTAssertEqual(text(.rest, 1), "z2")
    XCTAssertTrue(text(.ending, 1).hasSuffix("cd|1/2\n:|\n"))
  }

  func testBarPositionRunsThroughTheBarAndBeatsAreWhereNotesStartOnThem() {
    let features = TuneFeatures(of: tune, hasMarkers: true)
    let positions = zip(features.characters, features[.barPosition]).filter { !$1.isNaN }
    XCTAssertEqual(positions.map { $0.0 }.joined(), "D2z2ABcd")
    XCTAssertEqual(positions.map { $0.1 }, [0, 0, 0.5, 0.5, 0, 0.25, 0.5, 0.75])
    XCTAssertEqual(text(.beat, 1), "D2z2Ac")
    XCTAssertEqual(text(.beat, 0), "Bd")
  }

  func testAPickupStandsAtTheEndOfItsBar() {
    let features = TuneFeatures(
      of: "<start>\nX:1\nT:A\nM:2/4\nL:1/8\nK:D\nA|d4|d3:|\n<end>\n", hasMarkers: true)
    let positions = zip(features.characters, features[.barPosition]).filter { !$1.isNaN }
    XCTAssertEqual(positions.first?.1, 0.75)
  }

  func testMarkersThatAreSpelledOutAreCharacters() {
    let features = TuneFeatures(of: tune, hasMarkers: false)
    XCTAssertEqual(features.characters.joined(), tune)
    XCTAssertTrue(features.all.allSatisfy { $0.count == tune.unicodeScalars.count })
    XCTAssertEqual(text(.marker, 1, hasMarkers: false), "<start>\n<end>\n")
    XCTAssertEqual(text(.title, 1, hasMarkers: false), "The Elm")
  }

  func testTextThatIsNoTuneIsReadToo() {
    for text in [
      "", "<start>\n<end>\n", "<start>\nT:\n<end>\n", "<start>\nX:1\nT:ü\u{301}x\n<end>\n", "K:\n|:\u{0}]",
    ] {
      for hasMarkers in [true, false] {
        let features = TuneFeatures(of: text, hasMarkers: hasMarkers)
        XCTAssertTrue(features.all.allSatisfy { $0.count == features.characters.count })
      }
    }
  }
}
