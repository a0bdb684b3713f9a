import ABCNotation
import XCTest

@testable import ABCToMIDI

/// Writes accompaniments as text for exact comparison: onsets and durations in eighths.
class AccompanimentTestCase: XCTestCase {
  /// The notes of a layer: `0:36*1` for pitch 36 from the start, an eighth long. Notes of one onset and duration
  /// stand together: `2:48+52+55*1`.
  func text(_ layer: AccompanimentTrack.Layer?) -> String {
    guard let layer else { return "" }
    var strokes: [(start: Fraction, duration: Fraction, pitches: [Int])] = []
    for note in layer.notes {
      if let last = strokes.last, last.start == note.onset, last.duration == note.duration {
        strokes[strokes.count - 1].pitches.append(note.pitch)
      } else {
        strokes.append((note.onset, note.duration, [note.pitch]))
      }
    }
    let eighths = Fraction(8)
    return strokes.map { stroke in
      let pitches = stroke.pitches.map(String.init).joined(separator: "+")
      return "\(stroke.start * eighths):\(pitches)*\(stroke.duration * eighths)"
    }.joined(separator: " ")
  }

  /// The layers of a track in a tune in ABC; none if it does not sound.
  func layers(
    _ music: String, track: String, meter: String = "4/4", header: String = ""
  ) throws -> [AccompanimentTrack.Layer] {
    let plan = try AccompanimentPlanBuilder.plan(music, meter: meter, header: header)
    return Accompaniment.tracks(for: plan).first { $0.name == track }?.layers ?? []
  }

  /// Bass and chords of a tune, as text. A layer that the tune lacks is empty.
  func chords(_ music: String, meter: String = "4/4", header: String = "") throws -> (
    bass: String, chords: String
  ) {
    let layers = try layers(music, track: "gchord track", meter: meter, header: header)
    return (
      text(layers.first { $0.notes[0].pitch < 48 }), text(layers.first { $0.notes[0].pitch >= 48 })
    )
  }

  /// A track of one layer, as text.
  func single(_ music: String, track: String, meter: String = "4/4", header: String = "") throws -> String {
    let layers = try layers(music, track: track, meter: meter, header: header)
    XCTAssertLessThanOrEqual(layers.count, 1)
    return text(layers.first)
  }
}
