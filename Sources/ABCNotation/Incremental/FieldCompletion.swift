/// Whether the beginning of a field's text can be gone on with so that the field is understood. Asks the readers
/// of the fields themselves, with every kind of ending that they know.
enum FieldCompletion {
  /// - Parameters:
  ///   - letter: the field's letter.
  ///   - inHeader: whether it stands in the tune header.
  ///   - text: what it says so far.
  static func exists(for letter: UInt8, inHeader: Bool, _ text: [UInt8]) -> Bool {
    switch letter {
    case UInt8(ascii: "X"):
      return text.trimmed(0..<text.count).allSatisfy { text[$0].isDigit } && text.count <= 12
    case UInt8(ascii: "M"): return meterEndings.contains { Meter(Scanner(text, $0)) != nil }
    case UInt8(ascii: "L"): return lengthEndings.contains { isUnitLength(Scanner(text, $0)) }
    case UInt8(ascii: "Q"):
      return tempoEndings.contains { Tempo(Scanner(text, $0), unitLength: Fraction(1, 8)) != nil }
    case UInt8(ascii: "K"): return keyEndings.contains { isKey(Scanner(text, $0), inBody: !inHeader) }
    case UInt8(ascii: "P"):
      guard inHeader else { return true }
      let open = text.reduce(0) { $0 + ($1 == UInt8(ascii: "(") ? 1 : $1 == UInt8(ascii: ")") ? -1 : 0) }
      guard (0...100).contains(open) else { return false }
      let close = String(repeating: ")", count: open)
      return ["", "1", "A"].contains { ending in
        (try? PartOrder.parse(String(decoding: text, as: UTF8.self) + ending + close)) != nil
      }
    default: return true
    }
  }

  private static func isUnitLength(_ scanner: consuming Scanner) -> Bool {
    guard let length = scanner.takeFraction(), scanner.isAtEnd else { return false }
    return length <= Fraction(4) && length.denominator <= 1024
  }

  private static func isKey(_ scanner: consuming Scanner, inBody: Bool) -> Bool {
    var staff = StaffSettings()
    return Key(&scanner, current: inBody ? Key.none : nil, staff: &staff) != nil
  }

  private static let meterEndings =
    ["", "4", "/4", "4/4", "+3/8", "3/8", "+3)/8", "3)/8", ")/8", "0/4", "none", "one", "ne", "e"].map(bytes)
  private static let lengthEndings = ["", "8", "/8", "1/8", "0"].map(bytes)
  private static let tempoEndings =
    [
      "", "\"", "\"1/4=120", "1/4=120", "/4=120", "4=120", "=120", "120", " =120", "\"a\"",
    ].map(bytes)
  private static let keyEndings: [[UInt8]] = {
    var endings = [
      "", "C", "c", "^c", "none", "one", "ne", "e", "P", "p", "exp", "xp", "=1", "bass", "clef=bass",
    ]
    for word in Key.Mode.allCases.map(\.rawValue) + Clef.Shape.allCases.map(\.rawValue) {
      for count in 1..<word.count { endings.append(String(word.dropFirst(count))) }
    }
    for name in StaffSettings.names {
      for count in 1...name.count { endings.append(String(name.dropFirst(count)) + "=1") }
    }
    return endings.map(bytes)
  }()

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}

extension Scanner {
  /// A reader of a text with an ending put behind it.
  fileprivate init(_ text: [UInt8], _ ending: [UInt8]) {
    let whole = text + ending
    self.init(whole, whole.trimmed(0..<whole.count))
  }
}
