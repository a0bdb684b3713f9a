import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// A tune and the notes that the ABC standard asks for. Every expectation is worked out from the text of the
/// standard (ABC 2.1, by its sections) or from a settled rule of playback, never from what the program does.
struct Case {
  /// The section of the standard: `4.8`.
  let section: String
  /// What it asks for, in a few words.
  let rule: String
  /// The tune from its first field on, or only its music (see ``Conformance/tune(_:)``).
  let abc: String
  /// What sounds: for each voice, voices parted by `/`, events one after the other. `60*1/2` is a key and its
  /// length in quarter notes, `60,64*1` a chord, `r*1` silence, `60*1 x3` three times the same. `&` starts over from
  /// the beginning, for what sounds beside it.
  let notes: String
  /// The number of the settled rule of playback that it shows, if it is one of those.
  let settled: Int?

  init(_ section: String, _ rule: String, _ abc: String, _ notes: String, settled: Int? = nil) {
    self.section = section
    self.rule = rule
    self.abc = abc
    self.notes = notes
    self.settled = settled
  }
}

/// What sounds, by time and pitch; times in quarter notes.
struct Heard: Hashable, Comparable, CustomStringConvertible {
  let onset, duration: Fraction
  let pitch: Int

  static func < (left: Heard, right: Heard) -> Bool {
    (left.onset, left.pitch, left.duration) < (right.onset, right.pitch, right.duration)
  }

  var description: String { "\(onset)+\(duration):\(pitch)" }
}

enum Conformance {
  /// Music alone gets a header: 4/4, eighths, C major.
  static func tune(_ abc: String) -> String {
    if abc.hasPrefix("X:") || abc.hasPrefix("%abc") || abc.hasPrefix("\u{FEFF}") { return abc }
    return "X:1\nT:Case\nM:4/4\nL:1/8\nK:C\n\(abc)\n"
  }

  /// The notes that a case expects, by voice.
  static func expected(_ text: String) -> [[Heard]] {
    text.split(separator: "/", omittingEmptySubsequences: false).reduce(into: [""]) { voices, piece in
      // A slash within a length is not one between voices.
      if let last = voices.last, last.last?.isNumber == true, piece.first?.isNumber == true {
        voices[voices.count - 1] += "/" + piece
      } else if voices == [""] {
        voices = [String(piece)]
      } else {
        voices.append(String(piece))
      }
    }.map(voice)
  }

  private static func voice(_ text: String) -> [Heard] {
    var notes: [Heard] = []
    var now = Fraction.zero
    var latest: Substring?
    for word in text.split(separator: " ") {
      if word == "&" {
        now = .zero
      } else if word.hasPrefix("x"), let count = Int(word.dropFirst()), let event = latest {
        for _ in 1..<count { now += add(event, at: now, to: &notes) }
      } else {
        now += add(word, at: now, to: &notes)
        latest = word
      }
    }
    return notes.sorted()
  }

  /// Adds the notes of one event and returns its length.
  private static func add(_ event: Substring, at onset: Fraction, to notes: inout [Heard]) -> Fraction {
    let parts = event.split(separator: "*")
    let length = parts[1].split(separator: "/").compactMap { Int($0) }
    let duration = Fraction(length[0], length.count > 1 ? length[1] : 1)
    for pitch in parts[0].split(separator: ",") {
      if let pitch = Int(pitch) { notes.append(Heard(onset: onset, duration: duration, pitch: pitch)) }
    }
    return duration
  }

  /// What the converter plays, by voice.
  static func heard(_ source: SourceText) throws -> [[Heard]] {
    guard let tune = Tunebook(parsing: source).tunes.first else { return [] }
    return try MIDIConverter().performances(of: tune.score).map { performance in
      performance.notes.map {
        Heard(onset: $0.onset * Fraction(4), duration: $0.duration * Fraction(4), pitch: $0.pitch)
      }.sorted()
    }
  }

  /// What stands in the file that the converter writes, in ticks.
  static func written(_ source: SourceText) throws -> [[Int]] {
    guard let tune = Tunebook(parsing: source).tunes.first else { return [] }
    let file = try MIDIFile(decoding: MIDIConverter().convert(tune.score).encoded())
    var notes: [[Int]] = []
    var open: [UInt8: [Int]] = [:]
    let accompaniment = MIDIMessage.meta(.text(.trackName, "gchord track"))
    for track in file.tracks where !track.events.contains(where: { $0.message == accompaniment }) {
      var tick = 0
      for event in track.events {
        tick += Int(event.delta.rawValue)
        switch event.message {
        case .noteOn(_, let key, _):
          open[key.rawValue, default: []].append(notes.count)
          notes.append([tick, -1, Int(key.rawValue)])
        case .noteOff(_, let key, _):
          guard var waiting = open[key.rawValue], !waiting.isEmpty else { continue }
          notes[waiting.removeFirst()][1] = tick
          open[key.rawValue] = waiting
        default: break
        }
      }
    }
    return notes.sorted { ($0[0], $0[2], $0[1]) < ($1[0], $1[2], $1[1]) }
  }

  /// Runs cases; each that fails is named with what it rests on.
  static func run(_ cases: [Case], file: StaticString = #filePath, line: UInt = #line) {
    for each in cases {
      let source = SourceText(name: "case", text: tune(each.abc))
      let expected = expected(each.notes)
      do {
        let heard = try heard(source)
        if heard != expected {
          XCTFail(
            "\(each.section) \(each.rule)\n\(each.abc)\n  heard    \(heard)\n  expected \(expected)",
            file: file, line: line)
        }
        let ticks = expected.flatMap { $0 }.sorted().map {
          [
            MIDIConverter.tick($0.onset / Fraction(4)),
            MIDIConverter.tick(($0.onset + $0.duration) / Fraction(4)), $0.pitch,
          ]
        }.sorted { ($0[0], $0[2], $0[1]) < ($1[0], $1[2], $1[1]) }
        let written = try written(source)
        if heard == expected, written != ticks {
          XCTFail(
            "\(each.section) \(each.rule)\n\(each.abc)\n  in the file \(written)", file: file, line: line)
        }
      } catch {
        XCTFail("\(each.section) \(each.rule)\n\(each.abc)\n  \(error)", file: file, line: line)
      }
    }
  }
}
