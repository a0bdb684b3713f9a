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
      .meta(.text(.text, "a\u{7F}\u{85}\u{2028}b\u{9B}31m \u{266F}")),
      .meta(.text(.instrumentName, "Flute")),
      .meta(.text(.marker, [])),
      .meta(.text(.cuePoint, "curtain")),
      .meta(.text(.programName, "Flute 2")),
      .meta(.text(.deviceName, "Out 1")),
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
      .meta(.other(type: 0x51, [1, 2])),
      .systemExclusive([0x7E, 0x7F, 9, 1, 0xF7]),
      .escape([0xFA]),
      .programChange(channel: 0, program: 73),
      .controlChange(channel: 1, controller: 7, value: 100),
      .noteOn(channel: 15, key: 0, velocity: 1),
      .polyphonicPressure(channel: 15, key: 127, pressure: 3),
      .channelPressure(channel: 2, pressure: 4),
      .pitchBend(channel: 2, value: 0),
      .noteOff(channel: 15, key: 61, velocity: 0),
      .noteOff(channel: 15, key: 127, velocity: 64),
      .noteOn(channel: 15, key: 60, velocity: 0),
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

  func testFilesThatDifferHaveDumpsThatDiffer() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<300 {
      let file = MIDIFile.random(using: &generator)
      XCTAssertEqual(file.dump, file.dump)
      for (index, track) in file.tracks.enumerated() {
        var later = file
        later.tracks[index].endDelta = DeltaTime((track.endDelta.rawValue + 1) & DeltaTime.maximum)
        XCTAssertNotEqual(later.dump, file.dump)
        guard let place = track.events.indices.randomElement(using: &generator) else { continue }
        var changed = file
        changed.tracks[index].events[place].message = .random(using: &generator)
        XCTAssertEqual(changed.dump == file.dump, changed == file, "\(changed.tracks[index].events[place])")
      }
    }
  }

  func testEveryLineIsOneEvent() {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<100 {
      let file = MIDIFile.random(using: &generator)
      let events = file.tracks.reduce(0) { $0 + $1.events.count + 2 }
      let lines = file.dump.split(whereSeparator: \.isNewline)
      XCTAssertEqual(lines.count, 1 + events + file.unknownChunks.count)
    }
  }

  /// A tenfold file takes tenfold the time; were each line to cost what all before it do, it would be a
  /// hundredfold.
  func testTheTimeIsProportionalToTheSize() {
    func seconds(_ count: Int) -> Double {
      let events = (0..<count).map {
        MIDIEvent(delta: 5, message: .noteOn(channel: 0, key: UInt7($0 % 128), velocity: 9))
      }
      let file = MIDIFile(
        format: .simultaneous, division: .ticksPerQuarter(96),
        tracks: [
          MIDITrack(events: events),
          MIDITrack(events: [.init(delta: 0, message: .systemExclusive(.init(repeating: 1, count: count)))]),
        ])
      let clock = ContinuousClock()
      let time = clock.measure { XCTAssertGreaterThan(file.dump.utf8.count, 30 * count) }
      return time / .seconds(1)
    }
    let short = (0..<3).map { _ in seconds(10_000) }.min()!
    XCTAssertLessThan(seconds(100_000), 40 * short)
  }
}
