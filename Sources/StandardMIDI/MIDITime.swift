/// A moment of a MIDI sequence in exact seconds, a fraction of two integers: nothing drifts, however long
/// the sequence and however odd its tempos.
public struct MIDITime: Hashable, Sendable {
  /// Seconds times `denominator`.
  let numerator: Int128
  /// The parts of a second that the sequence counts in; the same for all its moments.
  let denominator: Int

  /// The nearest number of seconds.
  public var seconds: Double {
    Double(numerator / Int128(denominator))
      + Double(numerator % Int128(denominator)) / Double(denominator)
  }

  /// The nearest whole number of periods of a rate in hertz (at most a few million), such as audio frames; a
  /// half rounds up, and what an `Int` cannot hold becomes the largest.
  public func periods(ofRate rate: Int) -> Int {
    let doubled = 2 * numerator * Int128(rate) + Int128(denominator)
    return Int(clamping: doubled / (2 * Int128(denominator)))
  }
}

extension MIDITime: Comparable {
  /// Orders by time.
  public static func < (left: MIDITime, right: MIDITime) -> Bool {
    left.numerator * Int128(right.denominator) < right.numerator * Int128(left.denominator)
  }
}

/// Adds up the seconds of a sequence of ticks while the tempo changes.
struct TickClock {
  private(set) var tick = 0
  private var numerator: Int128 = 0
  private let denominator: Int
  /// What one tick adds to the numerator.
  private var step: Int128
  private let followsTempo: Bool

  init(_ division: MIDIFile.Division) {
    switch division {
    case .ticksPerQuarter(let ticks):
      denominator = Int(ticks) * 1_000_000
      step = Int128(Tempo.standard.rawValue)
      followsTempo = true
    case .smpte(.video2997, let ticks):
      denominator = 30_000 * Int(ticks)
      step = 1001
      followsTempo = false
    case .smpte(let rate, let ticks):
      denominator = Int(rate.rawValue) * Int(ticks)
      step = 1
      followsTempo = false
    }
  }

  var time: MIDITime {
    MIDITime(numerator: numerator, denominator: denominator)
  }

  /// The tick at a time, if this tempo stays.
  func tick(atSeconds seconds: Double) -> Int {
    let ticks = (seconds - time.seconds) * Double(denominator) / Double(max(step, 1))
    return ticks < 1e15 ? tick + Int(ticks) : Int.max
  }

  mutating func advance(to newTick: Int) {
    numerator += Int128(newTick - tick) * step
    tick = newTick
  }

  /// The tempo from here on; SMPTE time does not heed it.
  mutating func setTempo(_ tempo: Tempo) {
    if followsTempo { step = Int128(tempo.rawValue) }
  }
}
