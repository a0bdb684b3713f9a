/// The seven note names. The raw value counts from C.
public enum Step: Int, CaseIterable, Sendable {
  /// The steps of the scale of C major.
  case c, d, e, f, g, a, b

  /// Semitones above C.
  public var semitones: Int { [0, 2, 4, 5, 7, 9, 11][rawValue] }

  init?(letter: UInt8) {
    switch letter | 0x20 {
    case UInt8(ascii: "c"): self = .c
    case UInt8(ascii: "d"): self = .d
    case UInt8(ascii: "e"): self = .e
    case UInt8(ascii: "f"): self = .f
    case UInt8(ascii: "g"): self = .g
    case UInt8(ascii: "a"): self = .a
    case UInt8(ascii: "b"): self = .b
    default: return nil
    }
  }
}

/// A key signature (ABC 2.1, 3.1.14).
public struct Key: Hashable, Sendable {
  /// The mode, which with the tonic gives the number of sharps or flats.
  public enum Mode: String, CaseIterable, Sendable {
    /// The modes by the three letters that ABC tells them by.
    case major = "maj"
    case minor = "min"
    case ionian = "ion"
    case dorian = "dor"
    case phrygian = "phr"
    case lydian = "lyd"
    case mixolydian = "mix"
    case aeolian = "aeo"
    case locrian = "loc"

    var fifths: Int {
      switch self {
      case .major, .ionian: 0
      case .lydian: 1
      case .mixolydian: -1
      case .dorian: -2
      case .minor, .aeolian: -3
      case .phrygian: -4
      case .locrian: -5
      }
    }
  }

  /// The tonic; nil for `none` and the bagpipe keys.
  public let tonic: Step?
  /// Sharp 1, flat −1, of the tonic.
  public let tonicAlteration: Int
  /// The mode.
  public let mode: Mode
  /// For each step from C, the alteration in semitones that the signature gives it.
  public let alterations: [Int]
  /// Octaves that `octave=` shifts what is written.
  public let octaveShift: Int
  /// Semitones that `transpose=` shifts what sounds.
  public let transposition: Int

  /// No sharps, no flats, no tonic.
  public static let none = Key(tonic: nil, alterations: Array(repeating: 0, count: 7))

  private init(
    tonic: Step?, tonicAlteration: Int = 0, mode: Mode = .major, alterations: [Int], octaveShift: Int = 0,
    transposition: Int = 0
  ) {
    self.tonic = tonic
    self.tonicAlteration = tonicAlteration
    self.mode = mode
    self.alterations = alterations
    self.octaveShift = octaveShift
    self.transposition = transposition
  }

  /// Sharps (positive) or flats (negative) of the tonic's own signature, −7…7 for keys that exist.
  public var fifths: Int {
    guard let tonic else { return 0 }
    return [0, 2, 4, -1, 1, 3, 5][tonic.rawValue] + 7 * tonicAlteration + mode.fifths
  }

  private static let clefs: Set<String> = [
    "treble", "alto", "tenor", "bass", "perc", "treble-8", "treble+8", "bass-8", "bass+8", "alto1", "alto2",
    "treble1", "bass3", "tab", "none", "auto",
  ]

  /// The sharps (positive) or flats (negative) of a signature on the circle of fifths, −7…7; nil for one with
  /// accidentals of its own.
  public var signatureFifths: Int? {
    let sum = alterations.reduce(0, +)
    return abs(sum) <= 7 && alterations == Key.signature(fifths: sum) ? sum : nil
  }

  /// Reads the text of a `K:` field. Nil if it does not start with a key or anything else that may stand there.
  ///
  /// - Parameter current: the key in force, which holds on where the field only sets a clef or the like.
  public init?(parsing text: String, current: Key? = nil) {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    var result: (tonic: Step?, alteration: Int, mode: Mode) = (nil, 0, .major)
    var alterations = Array(repeating: 0, count: 7)
    guard let first = words.first else {
      self = .none
      return
    }
    if first == "HP" || first == "Hp" {
      alterations[Step.f.rawValue] = 1
      alterations[Step.c.rawValue] = 1
      words.removeFirst()
    } else if first.lowercased() == "none" {
      words.removeFirst()
    } else if let byte = first.utf8.first, (0x41...0x47).contains(byte), let tonic = Step(letter: byte) {
      words.removeFirst()
      var rest = first.dropFirst()
      result.tonic = tonic
      if rest.first == "#" || rest.first == "b" {
        result.alteration = rest.removeFirst() == "#" ? 1 : -1
      }
      var modeWord = String(rest)
      var isExplicit = modeWord.lowercased() == "exp"
      if modeWord.isEmpty, let next = words.first, Key.mode(of: next) != nil {
        modeWord = words.removeFirst()
      }
      if words.first?.lowercased() == "exp" {
        isExplicit = true
        words.removeFirst()
      }
      if !isExplicit {
        guard let mode = Key.mode(of: modeWord) else { return nil }
        result.mode = mode
        let plain = Key(
          tonic: tonic, tonicAlteration: result.alteration, mode: mode, alterations: alterations)
        alterations = Key.signature(fifths: plain.fifths)
      }
    } else if !Key.isModifier(first) {
      return nil
    } else if let current {
      result = (current.tonic, current.tonicAlteration, current.mode)
      alterations = current.alterations
    }
    var octaveShift = current?.octaveShift ?? 0
    var transposition = current?.transposition ?? 0
    for word in words {
      if let (step, alteration) = Key.accidental(word) {
        alterations[step.rawValue] = alteration
      } else if word.hasPrefix("octave="), let shift = Int(word.dropFirst(7)), (-9...9).contains(shift) {
        octaveShift = shift
      } else if word.hasPrefix("transpose="), let shift = Int(word.dropFirst(10)), (-99...99).contains(shift)
      {
        transposition = shift
      }
    }
    self.init(
      tonic: result.tonic, tonicAlteration: result.alteration, mode: result.mode, alterations: alterations,
      octaveShift: octaveShift, transposition: transposition)
  }

  private static func mode(of word: String) -> Mode? {
    if word.isEmpty { return .major }
    let word = word.lowercased()
    if word == "m" { return .minor }
    return Mode(rawValue: String(word.prefix(3)))
  }

  /// Whether a word may stand in a `K:` field without a key: a clef, a setting, an accidental.
  private static func isModifier(_ word: String) -> Bool {
    clefs.contains(word) || word.contains("=") || accidental(word) != nil
  }

  /// `^f`, `_b`, `=c`, `__e`: an accidental of the signature.
  private static func accidental(_ word: String) -> (Step, Int)? {
    guard let letter = word.utf8.last, let step = Step(letter: letter) else { return nil }
    switch word.dropLast() {
    case "^": return (step, 1)
    case "^^": return (step, 2)
    case "_": return (step, -1)
    case "__": return (step, -2)
    case "=": return (step, 0)
    default: return nil
    }
  }

  private static func signature(fifths: Int) -> [Int] {
    let order: [Step] = [.f, .c, .g, .d, .a, .e, .b]
    var alterations = Array(repeating: 0, count: 7)
    for index in 0..<abs(fifths) {
      let step = fifths > 0 ? order[index % 7] : order[6 - index % 7]
      alterations[step.rawValue] += fifths > 0 ? 1 : -1
    }
    return alterations
  }
}
