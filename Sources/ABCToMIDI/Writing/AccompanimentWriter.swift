import ABCNotation
import StandardMIDI

/// Writes chords, drums and drone as tracks.
enum AccompanimentWriter {
  /// A track of accompaniment, each layer on a channel of its own. Nil where there is no channel left for any.
  ///
  /// - Parameter pool: where channels come from. The voices have taken theirs: where they leave none, the tune is
  ///   heard without accompaniment.
  static func track(_ accompaniment: AccompanimentTrack, pool: inout ChannelPool) -> MIDITrackBuilder? {
    var builder = MIDITrackBuilder()
    builder.add(.meta(.text(.trackName, accompaniment.name)), at: 0)
    var isEmpty = true
    for layer in accompaniment.layers {
      let program = UInt7(layer.programs.first?.program ?? 0)
      guard let channel = layer.isPercussion ? .percussion : pool.take(program: program) else { continue }
      isEmpty = false
      for (onset, program) in layer.programs {
        builder.add(.programChange(channel: channel, program: UInt7(program)), at: MIDIConverter.tick(onset))
      }
      for (onset, change) in layer.controls {
        if let message = change.controlMessage(channel) {
          builder.add(message, at: MIDIConverter.tick(onset))
        }
      }
      for note in layer.notes {
        builder.addNote(
          channel: channel, key: UInt7(note.pitch), velocity: UInt7(note.velocity),
          from: MIDIConverter.tick(note.onset), to: MIDIConverter.tick(note.onset + note.duration))
      }
    }
    return isEmpty ? nil : builder
  }
}
