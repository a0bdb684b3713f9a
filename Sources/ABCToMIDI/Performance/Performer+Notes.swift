import ABCNotation

/// How one event sounds: its notes, grace notes and ornaments, their strength and length.
extension Performer {
  mutating func play(
    _ event: ScoreEvent, _ index: Int, _ time: EventTime, at start: Fraction, stress: Fraction
  ) {
    if hasAccompaniment, event.layer == 0, !event.attachments.isEmpty {
      for place in event.attachments where attachments[place].kind == .chordSymbol {
        plan.instructions.append(
          .init(onset: start + event.onset, instruction: .chordSymbol(attachments[place].text)))
      }
    }
    guard event.kind != .spacer else { return }
    var touch = Touch()
    if hasDecorations, openTrill || !event.attachments.isEmpty {
      touch = self.touch(of: event, at: start + time.start)
    }
    let waiting = ties
    if !ties.isEmpty { ties.close(layer: event.layer) }
    if touch.isHeld, !isPlain { hold(event, time, at: start) }
    guard !event.notes.isEmpty else { return }
    if event.notes.count > 1 || !event.graceNotes.isEmpty || event.layer > 0 { hasSimultaneousNotes = true }
    if hasLyrics, let lyrics, event.layer == 0 {
      performance.lyrics += lyrics.syllables(of: index).map {
        TimedLyric(onset: start + time.start, text: $0)
      }
    }
    let velocity = dynamics.stress.velocity(at: stress, meter: meter, extra: touch.accent)
    let whole = time.end - time.start
    var onset = start + time.start
    let graceTime = playGraceNotes(of: event, at: &onset, before: whole, velocity: velocity)
    var delay = Fraction.zero
    let attack = touch.isArpeggio && !isPlain ? Fraction(1, 64) : state.chordAttack
    let top =
      touch.ornament == nil
      ? nil : allNotes[event.notes].indices.max { allNotes[$0].pitch < allNotes[$1].pitch }
    for noteIndex in event.notes {
      let note = allNotes[noteIndex]
      guard let pitch = state.sounding(note.pitch) else { continue }
      var duration = note.duration == event.duration ? whole : note.duration * whole / event.duration
      if !waiting.isEmpty, graceTime == .zero, let open = waiting.note(layer: event.layer, pitch: pitch),
        performance.notes[open].onset + performance.notes[open].duration >= onset
      {
        // In a chord a note may be longer than the chord, and still sound where the next one takes it over.
        let open = (note: open, length: onset + duration - performance.notes[open].onset)
        performance.notes[open.note].duration = max(performance.notes[open.note].duration, open.length)
        if note.isTied { ties.open(layer: event.layer, pitch: pitch, note: open.note) }
        continue
      }
      duration = duration > graceTime ? duration - graceTime : duration
      let first = performance.notes.count
      if delay > .zero, delay < duration * Fraction(1, 2) {
        append(note, pitch, onset + delay, duration - delay, velocity)
      } else if noteIndex == top, let pieces = touch.ornament?.pieces(of: duration), !isPlain {
        play(pieces, of: note, at: onset, velocity)
      } else {
        append(note, pitch, onset, duration, velocity)
      }
      delay += attack
      if note.isTied {
        ties.open(layer: event.layer, pitch: pitch, note: performance.notes.count - 1)
      } else if performance.notes.count == first + 1 {
        shorten(first, touch)
      }
    }
  }

  mutating func append(
    _ note: ScoreNote, _ pitch: Int, _ onset: Fraction, _ duration: Fraction, _ velocity: Int
  ) {
    performance.notes.append(
      TimedNote(onset: onset, duration: duration, pitch: pitch, velocity: velocity, cents: note.cents))
  }

  mutating func play(
    _ pieces: [Ornament.Piece], of note: ScoreNote, at start: Fraction, _ velocity: Int
  ) {
    var onset = start
    for piece in pieces {
      if let pitch = state.sounding(note.neighbor(piece.steps, in: key)) {
        // What adorns is lighter than what is adorned.
        append(note, pitch, onset, piece.duration, piece.steps == 0 ? velocity : max(velocity - 10, 1))
      }
      onset += piece.duration
    }
  }

  /// Plays the grace notes before a note, which begin on its beat, and moves its onset behind them.
  mutating func playGraceNotes(
    of event: ScoreEvent, at onset: inout Fraction, before duration: Fraction, velocity: Int
  ) -> Fraction {
    guard !event.graceNotes.isEmpty else { return .zero }
    let graceNotes = allNotes[event.graceNotes]
    var written = Fraction.zero
    for note in graceNotes where !note.soundsWithPrevious { written += note.duration }
    guard written > .zero else { return .zero }
    let time = state.graceTime(written: written, before: duration)
    let scale = time / written
    var latest = onset
    for note in graceNotes {
      if !note.soundsWithPrevious { latest = onset }
      let length = note.duration * scale
      if let pitch = state.sounding(note.pitch) { append(note, pitch, latest, length, velocity) }
      if !note.soundsWithPrevious { onset += length }
    }
    return time
  }

  /// Shortens a note as its decorations and the gap between notes ask for, never beyond its onset.
  mutating func shorten(_ index: Int, _ touch: Touch) {
    let duration = performance.notes[index].duration
    if touch.share != Fraction(1), !isPlain {
      performance.notes[index].duration = duration * touch.share
    } else if state.gap != .zero {
      performance.notes[index].duration =
        duration > state.gap ? duration - state.gap : duration * Fraction(1, 2)
    }
  }

  mutating func hold(_ event: ScoreEvent, _ time: EventTime, at start: Fraction) {
    let duration = time.end - time.start
    guard duration > .zero else { return }
    let factor = state.fermataAddsUnit ? (duration + state.unitLength) / duration : Fraction(2)
    performance.holds.append(Hold(onset: start + time.start, duration: duration, factor: factor))
  }
}
