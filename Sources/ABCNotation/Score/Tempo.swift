/// A tempo (ABC 2.1, 3.1.8).
public struct Tempo: Hashable, Sendable {
  /// The length of the beat in whole notes; several lengths are added. Nil for a tempo that is only a word.
  public let beat: Fraction?
  /// Beats a minute.
  public let beatsPerMinute: Int
  /// The words, as in `"Allegro"`.
  public let text: String?

  /// A tempo of so many beats a minute.
  public init(beat: Fraction?, beatsPerMinute: Int, text: String? = nil) {
    self.beat = beat
    self.beatsPerMinute = beatsPerMinute
    self.text = text
  }

  /// Quarter notes a minute; nil for a tempo that is only a word.
  public var quartersPerMinute: Fraction? { beat.map { $0 * Fraction(4 * beatsPerMinute) } }

  /// Reads the text of a `Q:` field: `1/4=120`, `"Allegro" 1/4=120`, `1/4 3/8 1/4 3/8=40`, `"Largo"`, and the
  /// outdated `120` and `C=120`, whose beat is the unit length.
  public init?(parsing text: String, unitLength: Fraction) {
    self.init(Scanner(text), unitLength: unitLength)
  }

  init?(_ scanner: consuming Scanner, unitLength: Fraction) {
    var words: String?
    var beat = Fraction.zero
    var pending: Int?
    var rate: Int?
    while true {
      scanner.skipBlanks()
      guard let byte = scanner.peek else { break }
      if byte == UInt8(ascii: "\"") {
        guard let quoted = scanner.takeQuoted() else { return nil }
        words = quoted
      } else if byte == UInt8(ascii: "=") {
        _ = scanner.takeByte()
        scanner.skipBlanks()
        guard beat > .zero, let number = scanner.takeNumber() else { return nil }
        rate = number
      } else if byte == UInt8(ascii: "C") || byte == UInt8(ascii: "c") {
        _ = scanner.takeByte()
        let count = scanner.takeFraction() ?? Fraction(1)
        beat += unitLength * count
      } else if byte.isDigit {
        guard let fraction = scanner.takeFraction() else { return nil }
        if !scanner.fractionHadSlash, beat == .zero, pending == nil {
          pending = fraction.numerator
        } else {
          beat += fraction
        }
      } else {
        return nil
      }
    }
    if let pending, beat == .zero, rate == nil {
      beat = unitLength
      rate = pending
    }
    if let rate {
      guard (1...9999).contains(rate), beat <= Fraction(16) else { return nil }
      self.init(beat: beat, beatsPerMinute: rate, text: words)
    } else {
      guard words != nil, beat == .zero, pending == nil else { return nil }
      self.init(beat: nil, beatsPerMinute: 0, text: words)
    }
  }
}
