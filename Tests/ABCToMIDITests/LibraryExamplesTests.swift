import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// The examples of the documentation compile and do what they say.
final class LibraryExamplesTests: XCTestCase {
  func testTheExampleOfTheModule() throws {
    let text = "X:1\nT:Scale\nM:4/4\nL:1/4\nK:C\n\"C\"CDEF|\n%%MIDI nonsense\nGABc|]\n"
    var problems: [String] = []

    let tune = Tunebook(parsing: text).tunes[0]
    let file = try MIDIConverter().convert(tune.score) { problems.append($0.message) }
    let bytes = file.encoded()
    let plain = try MIDIConverter(isMelodyOnly: true).performances(of: tune.score)

    XCTAssertEqual(problems, ["'%%MIDI nonsense' is no command that is known here"])
    XCTAssertEqual(try MIDIFile(decoding: bytes).tracks.count, 3)
    XCTAssertEqual(plain[0].notes.map(\.pitch), [60, 62, 64, 65, 67, 69, 71, 72])
  }
}
