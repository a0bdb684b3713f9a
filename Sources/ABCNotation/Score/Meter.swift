/// A meter (ABC 2.1, 3.1.6).
public struct Meter: Hashable, Sendable {
  /// The beats on top, a byte each, the first one lowest; 0 for free meter.
  private let packedBeats: UInt64
  /// The note value below.
  public let noteValue: Int

  /// Common time.
  public static let common = Meter(packedBeats: 4, noteValue: 4)
  /// `M:none`.
  public static let free = Meter(packedBeats: 0, noteValue: 4)

  private init(packedBeats: UInt64, noteValue: Int) {
    self.packedBeats = packedBeats
    self.noteValue = noteValue
  }

  /// A meter of `beats` (each 1…255, at most eight) over a note value (a power of two up to 256). Nil for others.
  public init?(beats: [Int], noteValue: Int) {
    guard beats.count <= 8, beats.allSatisfy((1...255).contains), (1...256).contains(noteValue),
      noteValue & (noteValue - 1) == 0
    else { return nil }
    packedBeats = beats.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    self.noteValue = noteValue
  }

  /// Reads the text of an `M:` field: `6/8`, `C`, `C|`, `none`, `(2+3)/8`, `2+3/8`. Nil if it is none of these.
  public init?(parsing text: String) {
    self.init(Scanner(text))
  }

  init?(_ scanner: consuming Scanner) {
    scanner.skipBlanks()
    if scanner.isAtEnd {
      self = .free
      return
    }
    if scanner.take("C") || scanner.take("c") {
      self = scanner.take("|") ? Meter(packedBeats: 2, noteValue: 2) : .common
      scanner.skipBlanks()
      guard scanner.isAtEnd else { return nil }
      return
    }
    if scanner.takeWord(ignoringCase: "none") {
      self = .free
      return
    }
    let bracketed = scanner.take("(")
    var packed: UInt64 = 0
    var count = 0
    repeat {
      scanner.skipBlanks()
      guard let number = scanner.takeNumber(), (1...255).contains(number), count < 8 else { return nil }
      packed |= UInt64(number) << UInt64(8 * count)
      count += 1
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
    self.init(packedBeats: packed, noteValue: value)
  }

  /// The beats on top; more than one where they are summed, as in `(2+3+2)/8`. Empty for free meter.
  public var beats: [Int] {
    var rest = packedBeats
    var beats: [Int] = []
    while rest != 0 {
      beats.append(Int(rest & 0xFF))
      rest >>= 8
    }
    return beats
  }

  /// Whether the beats on top are summed.
  public var isSum: Bool { packedBeats > 0xFF }

  /// Whether bars have no given length.
  public var isFree: Bool { packedBeats == 0 }

  /// The sum of the beats on top.
  public var numerator: Int {
    var rest = packedBeats
    var sum = 0
    while rest != 0 {
      sum += Int(rest & 0xFF)
      rest >>= 8
    }
    return sum
  }

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

extension Meter: CustomStringConvertible {
  /// As a field says it: `6/8`, `(2+3)/8`, `none`.
  public var description: String {
    if isFree { return "none" }
    let beats = beats
    if beats.count == 1 { return "\(beats[0])/\(noteValue)" }
    return "(\(beats.map(String.init).joined(separator: "+")))/\(noteValue)"
  }
}
