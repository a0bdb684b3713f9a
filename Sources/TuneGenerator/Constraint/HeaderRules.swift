import ABCNotation

/// The header of a tune that is being written: each line a field, complete - title, meter, unit length, key last - and
/// nothing said twice.
struct HeaderRules: Sendable {
  /// The letters of the lines so far.
  private(set) var fields: [Character] = []
  private var firstOfLine: Character = " "
  /// The text of the line under way behind its colon.
  private var value: [Unicode.Scalar] = []
  private var rhythm = ""
  private var meter = ""
  /// Whether a rhythm must go with its meter.
  private let joinsRhythmAndMeter: Bool

  /// - Parameters:
  ///   - joinsRhythmAndMeter: whether a rhythm must go with its meter; not where somebody asks for both.
  ///   - meter: the meter that is to come, if somebody asks for one.
  init(joinsRhythmAndMeter: Bool = true, meter: String = "") {
    self.joinsRhythmAndMeter = joinsRhythmAndMeter
    self.meter = meter
  }

  private static let once: Set<Character> = ["X", "T", "N", "R", "M", "L", "K", "Q"]
  private static let required: Set<Character> = ["X", "T", "M", "L"]
  private static let longestField = 80

  /// - Parameter column: where in its line the character stands.
  func canTake(_ character: Unicode.Scalar, column: Int) -> Bool {
    if column == 0 {
      let letter = Character(character)
      if Self.once.contains(letter), fields.contains(letter) { return false }
      if letter == "K", !Self.required.isSubset(of: fields) { return false }
      return true
    }
    // A line of the header has a letter, a colon and something behind it.
    if column == 1 { return character == ":" }
    if character == "\n" { return column > 2 && doRhythmAndMeterAgree }
    // abc2midi takes `T::` for the end of a repeat.
    if column == 2, character == ":" { return false }
    return column < Self.longestField
  }

  /// Whether with the character the value of a field is, or can become, a plain one: a number, a fraction, a common meter, a
  /// key by its tonic and mode.
  func isPlain(_ character: Unicode.Scalar, column: Int) -> Bool {
    if column == 0 {
      // With all that is needed written, what follows is the key, or what still bears on the music.
      return Self.required.isSubset(of: fields)
        ? Self.lastFields.contains(character) : Self.plainFields.contains(character)
    }
    // Music is no value of a field.
    if character == "|", firstOfLine != "M" { return false }
    guard column > 1, let values = Self.plainValues[firstOfLine] else { return true }
    let written = String(String.UnicodeScalarView(value))
    if character == "\n" { return values.contains(written) }
    let longer = written + String(Character(character))
    return values.contains { $0.hasPrefix(longer) }
  }

  private static let lastFields = ASCIISet("KRMQ")
  private static let plainFields = ASCIISet("XTNRMLKOSZ")

  private static let plainValues: [Character: [String]] = [
    "X": ["1"],
    "L": ["1/2", "1/4", "1/8", "1/16"],
    "M": ["C", "C|"] + [2, 4, 8].flatMap { unit in (1...15).map { "\($0)/\(unit)" } },
    "K": ["A", "B", "C", "D", "E", "F", "G"].flatMap { letter in
      ["", "b", "#"].flatMap { sign in
        ["", "m", "mix", "dor", "phr", "lyd", "loc", "aeo", "ion", "min", "maj"].map { letter + sign + $0 }
      }
    }.filter { key in
      // More than seven sharps or flats no signature has.
      Key(parsing: key).map { (-7...7).contains($0.fifths) } ?? false
    },
  ]

  /// What abc2midi takes for an error: a hornpipe that is not counted in two or four quarters.
  private var doRhythmAndMeterAgree: Bool {
    guard joinsRhythmAndMeter, firstOfLine == "R" || firstOfLine == "M" else { return true }
    let latest = String(String.UnicodeScalarView(value))
    let (rhythm, meter) = firstOfLine == "R" ? (latest, self.meter) : (self.rhythm, latest)
    guard !meter.isEmpty, rhythm.lowercased().hasPrefix("hornpipe") else { return true }
    return ["2/4", "4/4", "C"].contains(meter)
  }

  mutating func push(_ character: Unicode.Scalar, column: Int) {
    switch column {
    case 0:
      firstOfLine = Character(character)
      value = []
    case 1: if character == ":" { fields.append(firstOfLine) }
    default:
      if character != "\n" {
        value.append(character)
      } else if firstOfLine == "R" {
        rhythm = String(String.UnicodeScalarView(value))
      } else if firstOfLine == "M" {
        meter = String(String.UnicodeScalarView(value))
      }
    }
  }
}
