import ABCNotation
import ArgumentParser

/// `--tempo`: quarter notes a minute, or a percentage of what is written.
enum TempoOption: ExpressibleByArgument {
  case quartersPerMinute(Int)
  case percent(Int)

  init?(argument: String) {
    if argument.hasSuffix("%"), let percent = Int(argument.dropLast()), (10...1000).contains(percent) {
      self = .percent(percent)
    } else if let rate = Int(argument), (10...1000).contains(rate) {
      self = .quartersPerMinute(rate)
    } else {
      return nil
    }
  }

  /// The score with its header's tempo replaced; a percentage leaves it as it is.
  func applied(to score: Score) -> Score {
    guard case .quartersPerMinute(let rate) = self else { return score }
    var score = score
    score.tempo = Tempo(beat: Fraction(1, 4), beatsPerMinute: rate)
    return score
  }

  /// How much faster than written.
  var factor: Double {
    if case .percent(let percent) = self { return Double(percent) / 100 }
    return 1
  }
}
