/// Compares a tune with its transposition: every note must have moved by the same interval, and nothing else.
enum ScoreComparison {
  /// A bar of a voice, both by their indices.
  struct Bar: Equatable {
    let voice: Int
    let measure: Int
  }

  /// The bars that sound otherwise than they should; nil if the tunes are built differently.
  static func differences(
    _ old: Score, _ new: Score, semitones: Int, fixedVoices: Set<String>
  ) -> [Bar]? {
    guard old.voices.count == new.voices.count, old.partOrder == new.partOrder else { return nil }
    var bars: [Bar] = []
    for (index, (before, after)) in zip(old.voices, new.voices).enumerated() {
      let shift = fixedVoices.contains(before.identifier) ? 0 : semitones
      guard let measures = differences(before, after, by: shift) else { return nil }
      bars += measures.map { Bar(voice: index, measure: $0) }
    }
    return bars
  }

  private static func differences(_ old: Voice, _ new: Voice, by semitones: Int) -> [Int]? {
    guard old.identifier == new.identifier, old.measures.count == new.measures.count,
      old.events.count == new.events.count, old.notes.count == new.notes.count
    else { return nil }
    let wrong = old.notes.indices.filter { !sounds(old.notes[$0], new.notes[$0], by: semitones) }
    var unexplained = Set(wrong)
    var measures: [Int] = []
    for (index, (before, after)) in zip(old.measures, new.measures).enumerated() {
      guard hasSameShape(before, after) else { return nil }
      for range in [before.events] + before.overlays {
        for place in range {
          guard hasSameShape(old.events[place], new.events[place]) else { return nil }
          if unexplained.isEmpty { continue }
          let event = old.events[place]
          for note in event.graceNotes.lowerBound..<event.notes.upperBound
          where unexplained.remove(note) != nil {
            if measures.last != index { measures.append(index) }
          }
        }
      }
    }
    return unexplained.isEmpty ? measures : nil
  }

  private static func sounds(_ old: ScoreNote, _ new: ScoreNote, by semitones: Int) -> Bool {
    100 * (old.pitch + semitones) + old.cents == 100 * new.pitch + new.cents && old.duration == new.duration
      && old.isTied == new.isTied
  }

  private static func hasSameShape(_ old: Measure, _ new: Measure) -> Bool {
    old.events == new.events && old.overlays == new.overlays && old.length == new.length
      && old.opening == new.opening && old.closing == new.closing && old.ending == new.ending
      && old.part == new.part && old.meter == new.meter && old.count == new.count
  }

  private static func hasSameShape(_ old: ScoreEvent, _ new: ScoreEvent) -> Bool {
    old.kind == new.kind && old.layer == new.layer && old.onset == new.onset && old.duration == new.duration
      && old.notes == new.notes && old.graceNotes == new.graceNotes
  }
}
