@testable import ABCNotation

/// What a tune sounds like: for every voice, the events with their times and the notes in hundredths of a semitone.
struct Sound: Equatable {
  var times: [Fraction] = []
  var pitches: [Int] = []

  init(_ score: Score) {
    for voice in score.voices {
      for measure in voice.measures {
        times += voice.events(in: measure).flatMap { [$0.onset, $0.duration] }
      }
      times += voice.notes.map(\.duration)
      pitches += voice.notes.map { 100 * $0.pitch + $0.cents }
    }
  }

  func moved(by semitones: Int) -> Sound {
    var copy = self
    copy.pitches = pitches.map { $0 + 100 * semitones }
    return copy
  }
}

/// What a text sounds like, tune after tune: pitches and lengths, whichever bars they stand in.
func heard(_ source: SourceText) -> [[String]] {
  Tunebook(parsing: source).tunes.map { tune in
    tune.score.voices.flatMap { voice in
      voice.events.map { event in
        let pitches = voice.notes(of: event).map { "\(100 * $0.pitch + $0.cents)" }.joined(separator: "+")
        return "\(event.isRest ? "z" : pitches):\(event.duration)"
      }
    }
  }
}
