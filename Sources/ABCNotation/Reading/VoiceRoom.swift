/// Empty arrays with room for the music of a voice. From one tune to the next they spare their growth from nothing;
/// the score gets copies that are as long as need be.
struct VoiceRoom: Sendable {
  /// How many bars the voice before had: they are the one thing that the score takes over as it is.
  fileprivate var measureCount: Int
  fileprivate var events: [ScoreEvent]
  fileprivate var notes: [ScoreNote]
  fileprivate var lyricTargets: LyricTargets
}

extension VoiceState {
  /// Uses a room. Nothing of the voice has been read yet.
  mutating func move(into room: consuming VoiceRoom) {
    voice.measures.reserveCapacity(room.measureCount)
    voice.events = room.events
    voice.notes = room.notes
    lyricTargets = room.lyricTargets
  }

  /// The voice in arrays of its own, and in `room` those that it was read into.
  mutating func vacate(_ room: inout VoiceRoom?) -> Voice {
    var kept = voice
    kept.events = voice.events.copied
    kept.notes = voice.notes.copied
    voice.events.removeAll(keepingCapacity: true)
    voice.notes.removeAll(keepingCapacity: true)
    lyricTargets.removeAll()
    room = VoiceRoom(
      measureCount: min(voice.measures.count, 64), events: voice.events, notes: voice.notes,
      lyricTargets: lyricTargets)
    voice.events = []
    voice.notes = []
    lyricTargets = LyricTargets()
    return kept
  }
}

extension Array {
  /// The same elements in an array of its own, no larger than they ask for.
  fileprivate var copied: [Element] {
    var copy: [Element] = []
    copy.reserveCapacity(count)
    copy.append(contentsOf: self)
    return copy
  }
}
