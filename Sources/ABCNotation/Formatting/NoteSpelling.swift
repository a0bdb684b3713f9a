/// The one usual way to write an octave or a length.
enum NoteSpelling {
  /// The octave that a letter and its marks come to: 0 for the one of `C`, 1 for the one of `c`.
  private static func octave(_ letter: [UInt8], _ marks: [UInt8]) -> Int {
    let isLow = letter.first.map { $0 < UInt8(ascii: "a") } ?? true
    return marks.reduce(isLow ? 0 : 1) { $0 + ($1 == UInt8(ascii: "'") ? 1 : -1) }
  }

  /// The letter in the case that its octave asks for.
  static func letter(_ letter: [UInt8], marks: [UInt8]) -> [UInt8] {
    let isLow = octave(letter, marks) < 1
    return letter.map { isLow ? $0 & ~0x20 : $0 | 0x20 }
  }

  /// The marks that its octave asks for, all of one sign (ABC 2.1, 4.1).
  static func marks(_ marks: [UInt8], letter: [UInt8]) -> [UInt8] {
    let octave = octave(letter, marks)
    let count = octave < 1 ? -octave : octave - 1
    return Array(repeating: octave < 1 ? UInt8(ascii: ",") : UInt8(ascii: "'"), count: count)
  }

  /// A length in lowest terms, as short as can be; one that is malformed or absurd as it is (ABC 2.1, 4.3).
  static func length(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count <= 7 else { return bytes }
    let slash = UInt8(ascii: "/")
    let top = Array(bytes.prefix { $0 != slash })
    let rest = bytes.dropFirst(top.count)
    let slashes = rest.prefix { $0 == slash }.count
    let bottom = Array(rest.dropFirst(slashes))
    // `/3/2` and the like are beyond the standard.
    guard !bottom.contains(slash), bottom.isEmpty || slashes == 1 else { return bytes }
    guard let numerator = number(top, default: 1),
      let denominator = number(bottom, default: 1 << slashes)
    else { return bytes }
    let length = Fraction(numerator, denominator)
    let upper = length.numerator == 1 ? "" : "\(length.numerator)"
    let lower: String
    switch length.denominator {
    case 1: lower = ""
    case 2: lower = length.numerator == 1 ? "/" : "/2"
    default: lower = "/\(length.denominator)"
    }
    return Array((upper + lower).utf8)
  }

  /// A number as people write it; nil if it is none, or too large for any music.
  private static func number(_ digits: [UInt8], default missing: Int) -> Int? {
    guard let first = digits.first else { return missing }
    guard first != UInt8(ascii: "0"), digits.count <= 4, digits.allSatisfy(\.isDigit) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    return number <= 4096 ? number : nil
  }
}
