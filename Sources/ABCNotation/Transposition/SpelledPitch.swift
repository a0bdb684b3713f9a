/// A pitch and the way in which it is spelled: a letter, an octave and an alteration.
struct SpelledPitch: Equatable, Sendable {
  var step: Step
  /// 0 is the octave that starts with middle C.
  var octave: Int
  /// Whole semitones up or down.
  var alteration: Int
  /// What comes on top, in hundredths of a semitone.
  var cents = 0

  /// Where the note lies on the circle of fifths; C is 0, F sharp 6, B flat −2.
  var fifths: Int { step.fifths + 7 * alteration }

  /// Semitones above middle C.
  var height: Int { 12 * octave + step.semitones + alteration }

  /// The alteration with its fraction, in hundredths of a semitone.
  var hundredths: Int { 100 * alteration + cents }

  /// A pitch so many semitones above middle C, spelled as the note at a place on the circle of fifths. The two
  /// must agree.
  init(height: Int, fifths: Int, cents: Int) {
    let note = Self.name(fifths: fifths)
    step = note.step
    alteration = note.alteration
    octave = (height - step.semitones - alteration) / 12
    self.cents = cents
  }

  init(step: Step, octave: Int, alteration: Int, cents: Int = 0) {
    self.step = step
    self.octave = octave
    self.alteration = alteration
    self.cents = cents
  }

  /// The letter and the alteration at a place on the circle of fifths.
  static func name(fifths: Int) -> (step: Step, alteration: Int) {
    let order: [Step] = [.f, .c, .g, .d, .a, .e, .b]
    let index = ((fifths + 1) % 7 + 7) % 7
    return (order[index], (fifths + 1 - index) / 7)
  }

  // MARK: - As ABC writes it

  /// Letter and octave marks, for a clef or key that shifts what is written by some octaves.
  func letters(octaveShift: Int) -> (letter: UInt8, marks: [UInt8]) {
    let letter = step.letter.asciiValue ?? UInt8(ascii: "C")
    let written = octave - octaveShift
    if written >= 1 { return (letter | 0x20, Array(repeating: UInt8(ascii: "'"), count: written - 1)) }
    return (letter, Array(repeating: UInt8(ascii: ","), count: -written))
  }

  /// The sign of the alteration, a natural sign for none.
  var accidental: [UInt8] { Self.accidental(hundredths: hundredths) }

  /// `=`, `^`, `__`, or with a fraction `^/`, `_3/2`.
  static func accidental(hundredths: Int) -> [UInt8] {
    guard hundredths != 0 else { return [UInt8(ascii: "=")] }
    let sign = hundredths > 0 ? UInt8(ascii: "^") : UInt8(ascii: "_")
    let size = Int(hundredths.magnitude)
    if size % 100 == 0 { return Array(repeating: sign, count: size / 100) }
    var numerator = size
    var denominator = 100
    for candidate in 2...12 {
      let nearest = (2 * size * candidate + 100) / 200
      // Fractions are read as hundredths, with the rest cut off.
      if nearest > 0, 100 * nearest / candidate == size {
        (numerator, denominator) = (nearest, candidate)
        break
      }
    }
    let upper = numerator == 1 ? "" : String(numerator)
    let lower = denominator == 2 ? "" : String(denominator)
    return [sign] + Array("\(upper)/\(lower)".utf8)
  }
}
