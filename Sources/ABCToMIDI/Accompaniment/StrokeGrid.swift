import ABCNotation

/// A pattern laid over bars: when its strokes come.
struct StrokeGrid<Sound: Hashable & Sendable>: Sendable {
  /// A stroke; rests have none.
  struct Stroke: Sendable {
    /// What is struck.
    let sound: Sound
    /// When it starts and ends, in whole notes from the start of the pattern.
    let start: Fraction
    let end: Fraction
  }

  /// The strokes in order of time.
  let strokes: [Stroke]
  /// How many bars the pattern spans, at least 1.
  let bars: Int
  /// The length of each of these bars, in whole notes.
  let barLength: Fraction
  /// The length of the whole pattern, in whole notes.
  var length: Fraction { barLength * Fraction(bars) }

  /// Stretches a pattern over a number of bars.
  init(_ pattern: StrokePattern<Sound>, barLength: Fraction, bars: Int) {
    self.bars = bars
    self.barLength = barLength
    let unit = barLength * Fraction(bars, pattern.total)
    var strokes: [Stroke] = []
    var position = 0
    for element in pattern.elements {
      if let sound = element.sound {
        strokes.append(
          Stroke(
            sound: sound, start: unit * Fraction(position), end: unit * Fraction(position + element.length)))
      }
      position += element.length
    }
    self.strokes = strokes
  }
}

extension Meter {
  /// The length that a pattern has in one bar, in whole notes: in free meter that of common time, as abc2midi has it.
  var patternLength: Fraction { barLength ?? Fraction(1) }
}
