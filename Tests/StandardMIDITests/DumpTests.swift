import Foundation
import StandardMIDI
import XCTest

final class DumpTests: XCTestCase {
  func testEveryKindOfEventHasItsLine() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Goldens/every-event.txt")
    let messages: [MIDIMessage] = [
      .meta(.sequenceNumber(3)),
      .meta(.text(.copyright, "Trad. \"arr.\" \\ Mórag")),
      .meta(.text(.trackName, [0x4D, 0xF3, 0x0A])),
      .meta(.text(.lyric, "la\r\n")),
      .meta(.channelPrefix(9)),
      .meta(.port(2)),
      .meta(.tempo(Tempo(quartersPerMinute: 112))),
      .meta(.smpteOffset(SMPTEOffset(hours: 0x61, minutes: 2, seconds: 3, frames: 4, subframes: 5))),
      .meta(.timeSignature(TimeSignature(numerator: 6, denominatorPower: 3, clocksPerClick: 36))),
      .meta(.timeSignature(TimeSignature(numerator: 1, denominatorPower: 200))),
      .meta(.keySignature(KeySignature(sharps: -3, isMinor: true)!)),
      .meta(.keySignature(KeySignature(sharps: 2, isMinor: false)!)),
      .meta(.sequencerSpecific([0, 0x7F])),
      .meta(.other(type: 0x60, [])),
      .systemExclusive([0x7E, 0x7F, 9, 1, 0xF7]),
      .escape([0xFA]),
      .programChange(channel: 0, program: 73),
      .controlChange(channel: 1, controller: 7, value: 100),
      .noteOn(channel: 15, key: 0, velocity: 1),
      .polyphonicPressure(channel: 15, key: 127, pressure: 3),
      .channelPressure(channel: 2, pressure: 4),
      .pitchBend(channel: 2, value: 0),
      .noteOff(channel: 15, key: 61, velocity: 0),
    ]
    let file = MIDIFile(
      format: .simultaneous, division: .smpte(.video2997, ticksPerFrame: 80),
      tracks: [
        MIDITrack(events: messages.map { MIDIEvent(delta: 10, message: $0) }, endDelta: 5), MIDITrack(),
      ],
      unknownChunks: [
        .init(type: 0x5846_4948, data: [1, 0xAB], precedingTracks: 1),
        .init(type: 0, data: [], precedingTracks: 2),
      ])
    guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
      try file.dump.write(to: golden, atomically: true, encoding: .utf8)
      return XCTFail("recorded \(golden.lastPathComponent); read it, then run again")
    }
    XCTAssertEqual(file.dump, expected)
  }
}
