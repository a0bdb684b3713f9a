import Foundation
import Playback
import StandardMIDI
import XCTest

/// Tunes to play: 480 ticks a quarter, 120 quarters a minute, so that a second has 960 ticks.
enum Music {
  static let majorScale: [UInt7] = [60, 62, 64, 65, 67, 69, 71, 72]
  static let flute: UInt7 = 73

  /// Notes one after another, each half a second long.
  static func melody(_ keys: [UInt7], program: UInt7 = flute, velocity: UInt7 = 90) -> MIDIFile {
    var track = MIDITrackBuilder()
    track.add(.programChange(channel: 0, program: program), at: 0)
    for (index, key) in keys.enumerated() {
      track.addNote(channel: 0, key: key, velocity: velocity, from: 480 * index, to: 480 * index + 480)
    }
    return file(track)
  }

  static func note(_ key: UInt7, seconds: Int, program: UInt7 = flute) -> MIDIFile {
    var track = MIDITrackBuilder()
    track.add(.programChange(channel: 0, program: program), at: 0)
    track.addNote(channel: 0, key: key, velocity: 90, from: 0, to: 960 * seconds)
    return file(track)
  }

  static func file(_ track: MIDITrackBuilder, endTick: Int = 0) -> MIDIFile {
    MIDIFile(
      format: .singleTrack, division: .ticksPerQuarter(480), tracks: [track.finish(endTick: endTick)])
  }

  static func hertz(_ key: UInt7) -> Double {
    440 * pow(2, (Double(key.rawValue) - 69) / 12)
  }
}

/// Samples, left and right in turn, at 44.1 kHz, and what can be heard in them.
struct Sound {
  let samples: [Int16]

  init(_ samples: [Int16]) {
    self.samples = samples
  }

  /// The sound of a WAV file; its header must be that of 44.1 kHz, two channels, 16 bits.
  init(wavAt url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    let format: [UInt8] = [1, 0, 2, 0, 0x44, 0xAC, 0, 0, 0x10, 0xB1, 2, 0, 4, 0, 16, 0]
    XCTAssertEqual(String(decoding: bytes[..<4], as: UTF8.self), "RIFF")
    XCTAssertEqual(Array(bytes[20..<36]), format)
    XCTAssertEqual(String(decoding: bytes[36..<40], as: UTF8.self), "data")
    samples = stride(from: 44, to: bytes.count - 1, by: 2).map {
      Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
  }

  /// All that a renderer gives.
  init(_ renderer: PerformanceRenderer) {
    var renderer = renderer
    var samples: [Int16] = []
    var block: [Int16] = []
    while renderer.nextBlock(into: &block) { samples += block }
    self.samples = samples
  }

  var seconds: Double { Double(samples.count / 2) / 44_100 }

  /// The loudest sample in decibels below full scale.
  var peakDecibels: Double {
    20 * log10(Double(samples.map { abs(Int($0)) }.max() ?? 0) / 32768)
  }

  /// When something can first be heard.
  var onsetSeconds: Double? {
    samples.firstIndex { abs(Int($0)) > 100 }.map { Double($0 / 2) / 44_100 }
  }

  /// The key, within an octave about `expected`, with most energy at its fundamental around a time.
  func key(at seconds: Double, near expected: UInt7) -> Int {
    let keys = Int(expected.rawValue) - 6...Int(expected.rawValue) + 6
    return keys.max { energy(of: UInt7($0), at: seconds) < energy(of: UInt7($1), at: seconds) }!
  }

  /// Goertzel's algorithm under a Hann window of a fifth of a second, or another length.
  func energy(of key: UInt7, at seconds: Double, seconds span: Double = 0.2) -> Double {
    let length = Int(span * 44_100)
    let start = Int(seconds * 44_100) - length / 2
    let coefficient = 2 * cos(2 * .pi * Music.hertz(key) / 44_100)
    var (last, beforeLast) = (0.0, 0.0)
    for index in 0..<length {
      let window = 0.5 - 0.5 * cos(2 * .pi * Double(index) / Double(length))
      let place = 2 * (start + index)
      let value =
        window * (samples.indices.contains(place) ? Double(samples[place]) : 0) + coefficient * last
        - beforeLast
      (last, beforeLast) = (value, last)
    }
    return last * last + beforeLast * beforeLast - coefficient * last * beforeLast
  }
}

/// A General MIDI SoundFont that many systems have; tests that need one are skipped elsewhere.
enum GeneralMIDIFont {
  static func find() throws -> SoundFont {
    let path = "/usr/share/sounds/sf2/TimGM6mb.sf2"
    try XCTSkipUnless(FileManager.default.fileExists(atPath: path), "TimGM6mb.sf2 is not installed")
    return .file(path)
  }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "hornpipe-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ name: String) -> URL { url.appending(path: name) }

  var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  }
}
