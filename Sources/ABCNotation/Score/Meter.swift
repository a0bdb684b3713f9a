/// A meter (ABC 2.1, 3.1.6).
public struct Meter: Hashable, Sendable {
  /// The beats on top; more than one where they are summed, as in `(2+3+2)/8`. Empty for free meter.
  public let beats: [Int]
  /// The note value below.
  public let noteValue: Int

  /// Common time.
  public static let common = Meter(beats: [4], noteValue: 4)
  /// `M:none`.
  public static let free = Meter(beats: [], noteValue: 4)

  private init(beats: [Int], noteValue: Int) {
    self.beats = beats
    self.noteValue = noteValue
  }

  /// Reads the text of an `M:` field: `6/8`, `C`, `C|`, `none`, `(2+3)/8`, `2+3/8`. Nil if it is none of these.
  public init?(parsing text: String) {
    let text = text.trimmed
    switch text {
    case "C", "c": self = .common
    case "C|", "c|": self = Meter(beats: [2], noteValue: 2)
    case "none", "None", "": self = .free
    default:
      var scanner = Scanner(text)
      let bracketed = scanner.take("(")
      var beats: [Int] = []
      repeat {
        scanner.skipBlanks()
        guard let number = scanner.takeNumber(), number > 0, number <= 256 else { return nil }
        beats.append(number)
        scanner.skipBlanks()
      } while scanner.take("+")
      if bracketed, !scanner.take(")") { return nil }
      scanner.skipBlanks()
      guard scanner.take("/") else { return nil }
      scanner.skipBlanks()
      guard let value = scanner.takeNumber(), value > 0, value <= 256, value & (value - 1) == 0 else {
        return nil
      }
      scanner.skipBlanks()
      guard scanner.isAtEnd else { return nil }
      self.init(beats: beats, noteValue: value)
    }
  }

  /// Whether bars have no given length.
  public var isFree: Bool { beats.isEmpty }

  /// The sum of the beats on top.
  public var numerator: Int { beats.reduce(0, +) }

  /// The length of a bar in whole notes; nil for free meter.
  public var barLength: Fraction? { isFree ? nil : Fraction(numerator, noteValue) }

  /// Whether the beat divides by three (6/8, 9/8, 12/8): decides what `(5`, `(7` and `(9` mean.
  public var isCompound: Bool { !isFree && numerator % 3 == 0 && numerator > 3 }

  /// The unit note length where no `L:` gives one (3.1.7): below 0.75 a sixteenth, else an eighth.
  public var defaultUnitLength: Fraction {
    guard let barLength else { return Fraction(1, 8) }
    return barLength < Fraction(3, 4) ? Fraction(1, 16) : Fraction(1, 8)
  }
}
