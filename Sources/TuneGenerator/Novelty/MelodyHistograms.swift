import ABCNotation
import Glibc

/// How often each pitch class, interval and length comes in some tunes.
struct MelodyHistograms: Sendable {
  /// By semitones above the tonic.
  private(set) var pitchClasses: [Int: Double] = [:]
  /// By semitones from one note to the next.
  private(set) var intervals: [Int: Double] = [:]
  /// By length in 96ths of a whole note.
  private(set) var durations: [Int: Double] = [:]

  /// Counts the notes of a tune, those of a written strain once.
  mutating func add(_ score: Score) {
    guard let melody = Melody(score) else { return }
    let tonic = score.key.tonicPitchClass ?? 0
    for pitch in melody.pitches { pitchClasses[(pitch - tonic + 120) % 12, default: 0] += 1 }
    for interval in melody.intervals { intervals[Int(interval), default: 0] += 1 }
    for duration in melody.durations {
      durations[duration.numerator * 96 / max(duration.denominator, 1), default: 0] += 1
    }
  }

  /// How far two histograms are apart: the Jensen–Shannon divergence in bits, 0 for the same, 1 for nothing in common
  /// (Lin 1991).
  static func divergence(_ left: [Int: Double], _ right: [Int: Double]) -> Double {
    let (leftSum, rightSum) = (left.values.reduce(0, +), right.values.reduce(0, +))
    guard leftSum > 0, rightSum > 0 else { return leftSum == rightSum ? 0 : 1 }
    var bits = 0.0
    for key in Set(left.keys).union(right.keys).sorted() {
      let (p, q) = ((left[key] ?? 0) / leftSum, (right[key] ?? 0) / rightSum)
      let mean = (p + q) / 2
      if p > 0 { bits += p / 2 * log2(p / mean) }
      if q > 0 { bits += q / 2 * log2(q / mean) }
    }
    return max(bits, 0)
  }
}
