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

  /// The voice in arrays of its own, and in `room` those that it was read into. Nothing but its name is left here.
  mutating func vacate(_ room: inout VoiceRoom?) -> Voice {
    let (events, notes) = (voice.events.copied, voice.notes.copied)
    // Everything is handed over; a copy of a voice is a dozen arrays to be counted.
    var usedEvents: [ScoreEvent] = []
    var usedNotes: [ScoreNote] = []
    var targets = LyricTargets()
    swap(&usedEvents, &voice.events)
    swap(&usedNotes, &voice.notes)
    swap(&targets, &lyricTargets)
    usedEvents.removeAll(keepingCapacity: true)
    usedNotes.removeAll(keepingCapacity: true)
    targets.removeAll()
    var kept = Voice(identifier: voice.identifier)
    swap(&kept, &voice)
    kept.events = events
    kept.notes = notes
    room = VoiceRoom(
      measureCount: min(kept.measures.count, 64), events: usedEvents, notes: usedNotes, lyricTargets: targets)
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
