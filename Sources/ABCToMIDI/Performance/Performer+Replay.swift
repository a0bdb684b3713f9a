import ABCNotation

/// Bars that have been played before are played by copying what they came to.
extension Performer {
  /// Whether nothing reaches from the bars before into the next: no tie, no trill, no hairpin.
  var isUnbound: Bool { ties.isEmpty && !openTrill && !dynamics.isInHairpin }

  /// How much of everything there is so far.
  var log: Log {
    Log(
      onset: performance.length, notes: performance.notes.count, instructions: plan.instructions.count,
      others: commandCount + performance.changes.count + performance.holds.count + problems.count,
      level: dynamics.level, meter: meter)
  }

  /// Remembers a bar that has been played since a time, if it left nothing behind but notes and chord symbols.
  mutating func record(_ index: Int, since before: Log) {
    let after = log
    guard isUnbound, after.others == before.others, after.level == before.level, after.meter == before.meter
    else { return }
    recordings[index] = Recording(
      notes: before.notes..<after.notes, instructions: before.instructions..<after.instructions,
      onset: before.onset, end: after.onset, level: before.level, commandCount: commandCount)
  }

  /// Plays a bar as it has been played before; false if it must be looked at again.
  mutating func replay(_ index: Int) -> Bool {
    guard let recording = recordings[index], recording.commandCount == commandCount,
      recording.level == dynamics.level, measures[index].meter == meter,
      !followsKey || measures[index].key == key
    else { return false }
    let shift = performance.length - recording.onset
    performance.notes.repeat(recording.notes, later: shift)
    let length = recording.end - recording.onset
    if hasAccompaniment {
      plan.bars.append(.init(onset: performance.length, length: length, meter: meter))
      for place in recording.instructions {
        let past = plan.instructions[place]
        plan.instructions.append(.init(onset: past.onset + shift, instruction: past.instruction))
      }
    }
    performance.length += length
    return true
  }
}

/// How much a performer has played, and how.
struct Log {
  var onset = Fraction.zero
  var notes = 0
  var instructions = 0
  /// Commands, changes, fermatas and problems.
  var others = 0
  var level = Dynamics.Level(first: 0, strong: 0, weak: 0)
  var meter = Meter.free
}

/// A bar that has been played, to be played again by copying it.
struct Recording {
  let notes: Range<Int>
  let instructions: Range<Int>
  let onset: Fraction
  let end: Fraction
  /// How loud it began and how many commands had been obeyed: only so it sounds the same again.
  let level: Dynamics.Level
  let commandCount: Int
}

extension [TimedNote] {
  /// Appends some of them once more, all so much later.
  fileprivate mutating func `repeat`(_ range: Range<Int>, later shift: Fraction) {
    for place in range {
      var note = self[place]
      note.onset += shift
      append(note)
    }
  }
}
