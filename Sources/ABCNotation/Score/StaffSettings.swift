/// A clef (ABC 2.1, 4.6).
public struct Clef: Hashable, Sendable {
  /// The shapes of clefs.
  public enum Shape: String, CaseIterable, Sendable {
    /// The clefs of the standard; percussion is written `perc`.
    case treble, alto, tenor, bass
    case percussion = "perc"
    case none
  }

  /// The shape.
  public var shape: Shape
  /// The line of the staff that it stands on, if one is given.
  public var line: Int?
  /// Octaves that `+8` and `-8` shift what sounds: 1, −1; 2, −2 for `+15` and `-15`.
  public var octave = 0

  /// Reads `treble`, `bass3`, `treble-8`, `alto+8`, or nil for another word.
  init?(_ word: String) {
    var rest = Substring(word)
    guard let shape = Shape.allCases.first(where: { rest.lowercased().hasPrefix($0.rawValue) }) else {
      return nil
    }
    rest = rest.dropFirst(shape.rawValue.count)
    if shape == .percussion, rest.lowercased().hasPrefix("ussion") { rest = rest.dropFirst(6) }
    self.shape = shape
    if let line = rest.first?.wholeNumberValue {
      guard (1...5).contains(line) else { return nil }
      self.line = line
      rest = rest.dropFirst()
    }
    switch rest {
    case "": break
    case "+8", "^8": octave = 1
    case "-8", "_8": octave = -1
    case "+15", "^15": octave = 2
    case "-15", "_15": octave = -2
    default: return nil
    }
  }
}

/// What `K:` and `V:` fields say of a voice's staff and of how it sounds (ABC 2.1, 4.6 and 7.1).
public struct StaffSettings: Hashable, Sendable {
  /// The way of a voice's stems.
  public enum Stem: String, Sendable {
    /// All up, all down, or as the notes ask for.
    case up, down, auto
  }

  /// The clef; nil for the treble clef that is there by default.
  public var clef: Clef?
  /// Octaves that `octave=` shifts what is written.
  public var octave = 0
  /// Semitones that `transpose=` shifts what sounds.
  public var transposition = 0
  /// The note on the third line, as written; does not change what sounds.
  public var middle: String?
  /// The number of lines of the staff.
  public var lines: Int?
  /// What is printed left of the first staff.
  public var name: String?
  /// What is printed left of the other staves.
  public var subname: String?
  /// The way of the stems.
  public var stem: Stem?

  /// Octaves between what is written and what sounds.
  public var soundingOctave: Int { octave + (clef?.octave ?? 0) }

  /// The names of settings that have a value.
  static let names = [
    "clef", "octave", "transpose", "middle", "stafflines", "name", "nm", "subname", "snm", "sname", "stem",
    "stems",
    "c", "o", "t", "m",
  ]

  /// Takes over what a key says of all voices, where nothing of its own is set.
  mutating func inherit(_ common: StaffSettings) {
    clef = clef ?? common.clef
    if octave == 0 { octave = common.octave }
    if transposition == 0 { transposition = common.transposition }
    middle = middle ?? common.middle
    lines = lines ?? common.lines
    stem = stem ?? common.stem
  }

  /// Takes one setting, or passes over one that it does not know, up to the next blank. False for a word that is
  /// no known setting.
  mutating func read(_ scanner: inout Scanner) -> Bool {
    let name = scanner.takeWord(endingAt: UInt8(ascii: "="))
    guard scanner.take("=") else {
      if let clef = Clef(name) {
        self.clef = clef
        return true
      }
      switch name.lowercased() {
      case "up", "down": stem = Stem(rawValue: name.lowercased())
      case "merge", "auto": break
      // An application's own setting: its name, a colon, the setting.
      default: return name.contains(":")
      }
      return true
    }
    let value = scanner.peek == UInt8(ascii: "\"") ? scanner.takeQuoted() : scanner.takeWord()
    if let value {
      set(name.lowercased(), to: value)
    } else {
      // A quotation mark without its partner: the rest is the value.
      while scanner.takeByte() != nil {}
    }
    return Self.names.contains(name.lowercased())
  }

  private mutating func set(_ name: String, to value: String) {
    switch name {
    case "clef", "c": if let clef = Clef(value) { self.clef = clef }
    case "octave", "o": if let shift = Int(value), (-9...9).contains(shift) { octave = shift }
    case "transpose", "t":
      if let shift = Int(value), (-99...99).contains(shift) { transposition = shift }
    case "middle", "m": middle = value
    case "stafflines": if let count = Int(value), (0...15).contains(count) { lines = count }
    case "name", "nm": self.name = value
    case "subname", "snm", "sname": subname = value
    case "stem", "stems": stem = Stem(rawValue: value.lowercased())
    default: break
    }
  }
}
