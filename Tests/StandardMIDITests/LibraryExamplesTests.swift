import Foundation
import StandardMIDI
import XCTest

/// The examples of the module's documentation: each stands here as it stands there, and does what it says.
final class LibraryExamplesTests: XCTestCase {
  func testWriteAScale() throws {
    // example: write
    var track = MIDITrackBuilder()
    track.add(.meta(.tempo(Tempo(quartersPerMinute: 100))), at: 0)
    track.add(.programChange(channel: 0, program: 73), at: 0)
    let scale: [UInt7] = [60, 62, 64, 65, 67, 69, 71, 72]
    for (beat, key) in scale.enumerated() {
      track.addNote(channel: 0, key: key, velocity: 90, from: beat * 480, to: (beat + 1) * 480)
    }
    let file = MIDIFile(
      format: .singleTrack, division: .ticksPerQuarter(480), tracks: [track.finish()])
    let bytes = file.encoded()
    // end
    XCTAssertEqual(try MIDIFile(decoding: bytes), file)
    XCTAssertEqual(file.tracks[0].events.count, 18)
    XCTAssertEqual(MIDISequence(file).duration.seconds, 4.8)
  }

  func testListTheNotes() throws {
    let bytes = RichFiles.all[1].encoded()
    // example: read
    let file = try MIDIFile(decoding: bytes)
    let sequence = MIDISequence(file)
    for event in sequence.events {
      if case .noteOn(let channel, let key, let velocity) = event.message, velocity > 0 {
        print(event.time.seconds, "s: channel", channel.number, "key", key, "velocity", velocity)
      }
    }
    print(sequence.duration.seconds, "s in all")
    // end
    XCTAssertEqual(sequence.events.count { $0.message.beginsNote }, 36)
  }

  func testDump() {
    let bytes = Array(RichFiles.all[0].encoded().dropLast())
    // example: dump
    do {
      print(try MIDIFile(decoding: bytes).dump)
    } catch {
      print(error, "in a file of", bytes.count, "bytes")
    }
    // end
    assertRefused(bytes, .truncated(offset: bytes.count))
  }

  func testTheDocumentationShowsTheseExamples() throws {
    let documentation = try String(contentsOf: Documentation.file("StandardMIDI.md"), encoding: .utf8)
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    // In two pieces, so that this line is no example.
    let examples = source.components(separatedBy: "// " + "example: ").dropFirst()
    XCTAssertEqual(examples.count, 3)
    for example in examples {
      let lines = example.components(separatedBy: "\n").dropFirst().prefix { !$0.hasSuffix("// end") }
      let indent = lines.first.map { $0.prefix { $0 == " " }.count } ?? 0
      let code = lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
      XCTAssertTrue(
        documentation.contains("```swift\n\(code)\n```"), "the documentation does not show:\n\(code)")
      XCTAssertLessThanOrEqual(lines.count, 10)
    }
  }
}
