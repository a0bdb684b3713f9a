/// How far an accidental reaches (ABC 2.1, 11.3).
enum AccidentalPropagation: Sendable {
  /// Only its own note.
  case not
  /// The notes of the same name in the same octave, to the bar's end.
  case octave
  /// The notes of the same name in all octaves, to the bar's end: the default.
  case pitch
}

/// The accidentals of the bar under way.
struct AccidentalMemory: Sendable {
  /// A sharp or flat: whole semitones, and hundredths of one for a fraction.
  struct Value: Equatable, Sendable {
    var semitones: Int8
    var cents: Int8

    init(semitones: Int8, cents: Int8) {
      self.semitones = semitones
      self.cents = cents
    }

    /// A single `^`, `_` or `=`.
    @inline(__always)
    init(sign: UInt8) {
      semitones = sign == UInt8(ascii: "^") ? 1 : sign == UInt8(ascii: "_") ? -1 : 0
      cents = 0
    }
  }

  private struct Entry: Sendable {
    let step: Step
    let octave: Int
    let value: Value
  }

  private var mask: UInt8 = 0
  private var semitones = SIMD8<Int8>(repeating: 0)
  private var cents = SIMD8<Int8>(repeating: 0)
  /// Where accidentals hold for one octave only.
  private var entries: [Entry] = []

  /// The accidental in force for a note, if the bar has one.
  @inline(__always)
  func value(of step: Step, octave: Int) -> Value? {
    if mask & (1 << UInt8(step.rawValue)) != 0 {
      return Value(semitones: semitones[step.rawValue], cents: cents[step.rawValue])
    }
    if entries.isEmpty { return nil }
    return entries.last { $0.step == step && $0.octave == octave }?.value
  }

  /// Takes note of a written accidental.
  mutating func set(_ value: Value, step: Step, octave: Int, _ propagation: AccidentalPropagation) {
    switch propagation {
    case .not: break
    case .octave:
      entries.removeAll { $0.step == step && $0.octave == octave }
      entries.append(Entry(step: step, octave: octave, value: value))
    case .pitch:
      mask |= 1 << UInt8(step.rawValue)
      semitones[step.rawValue] = value.semitones
      cents[step.rawValue] = value.cents
    }
  }

  /// A bar line: nothing holds any more.
  @inline(__always)
  mutating func clear() {
    mask = 0
    if !entries.isEmpty { entries.removeAll(keepingCapacity: true) }
  }
}
