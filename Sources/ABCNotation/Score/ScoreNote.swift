/// A sounding note.
public struct ScoreNote: Sendable {
  /// The written name.
  public let step: Step
  /// Whether an accidental of its own is written before it.
  public let hasAccidental: Bool
  /// Whether a tie starts at it.
  public internal(set) var isTied: Bool
  /// Of a grace note: whether it is of one chord with the grace note before it.
  public internal(set) var soundsWithPrevious = false
  private let octaveByte: Int8
  private let alterationByte: Int8
  private let centsByte: Int8
  private let transpositionByte: Int8
  private var start: UInt32
  private var end: UInt32
  /// Its length in whole notes; in a chord it may differ from the chord's. Of a grace note, as written.
  public internal(set) var duration: Fraction

  /// All numbers must fit into a byte.
  @inline(__always)
  init(
    step: Step, octave: Int, alteration: Int, cents: Int, transposition: Int, hasAccidental: Bool,
    duration: Fraction, isTied: Bool, range: Range<Int>
  ) {
    self.step = step
    octaveByte = Int8(truncatingIfNeeded: octave)
    alterationByte = Int8(truncatingIfNeeded: alteration)
    centsByte = Int8(truncatingIfNeeded: cents)
    transpositionByte = Int8(truncatingIfNeeded: transposition)
    self.hasAccidental = hasAccidental
    self.duration = duration
    self.isTied = isTied
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// The octave; 0 is the one that starts with middle C, written `C`. Octave shifts of clef and key are in it.
  public var octave: Int { Int(octaveByte) }
  /// Semitones up or down, from its accidental, the bar or the key.
  public var alteration: Int { Int(alterationByte) }
  /// What a fraction of an accidental adds to the alteration, in hundredths of a semitone, −99…99: 50 for `^/C`.
  public var cents: Int { Int(centsByte) }
  /// Semitones up or down by a `transpose=`.
  public var transposition: Int { Int(transpositionByte) }

  /// Its bytes.
  public internal(set) var range: Range<Int> {
    get { Int(start)..<Int(end) }
    set {
      start = UInt32(newValue.lowerBound)
      end = UInt32(newValue.upperBound)
    }
  }

  /// The MIDI key number: 60 is middle C. May lie outside 0…127; ``cents`` come on top.
  public var pitch: Int { 60 + 12 * octave + step.semitones + alteration + transposition }
}
