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

    /// Sharps (positive) or flats more than the major key on the same tonic has.
    public var fifths: Int {
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

    /// Whether its third is minor.
    public var isMinor: Bool { [.minor, .aeolian, .dorian, .phrygian, .locrian].contains(self) }

    /// The shortest spelling: nothing for major, `m` for minor, else three letters.
    public var abbreviation: String {
      switch self {
      case .major, .ionian: ""
      case .minor, .aeolian: "m"
      default: rawValue
      }
    }
  }

  /// How the signature came about.
  public enum Kind: UInt8, Sendable {
    /// From tonic and mode.
    case modal
    /// `exp`: exactly the accidentals given.
    case explicit
    /// Empty or `none`.
    case none
    /// `HP`: highland pipes, no signature printed, F and C sharp sounding.
    case pipes
    /// `Hp`: highland pipes, F and C sharp and G natural printed.
    case pipesWithSignature
  }

  /// The tonic; nil for `none` and the bagpipe keys.
  public let tonic: Step?
  /// Sharp 1, flat −1, of the tonic.
  public let tonicAlteration: Int
  /// The mode.
  public let mode: Mode
  /// For each step, the alteration in semitones that the signature gives it.
  public let alterations: Alterations
  /// How the signature came about.
  public let kind: Kind

  /// No sharps, no flats, no tonic.
  public static let none = Key(tonic: nil, alterations: .none, kind: .none)

  private init(
    tonic: Step?, tonicAlteration: Int = 0, mode: Mode = .major, alterations: Alterations, kind: Kind
  ) {
    self.tonic = tonic
    self.tonicAlteration = tonicAlteration
    self.mode = mode
    self.alterations = alterations
    self.kind = kind
  }

  /// The plain key of a tonic and a mode.
  public init(tonic: Step, alteration: Int = 0, mode: Mode = .major) {
    let fifths = tonic.fifths + 7 * alteration + mode.fifths
    self.init(
      tonic: tonic, tonicAlteration: alteration, mode: mode, alterations: Alterations(fifths: fifths),
      kind: .modal)
  }

  /// Sharps (positive) or flats (negative) of the tonic's own signature, −7…7 for keys that exist.
  public var fifths: Int {
    guard let tonic else { return 0 }
    return tonic.fifths + 7 * tonicAlteration + mode.fifths
  }

  /// The sharps (positive) or flats (negative) of a signature on the circle of fifths, −7…7; nil for one with
  /// accidentals of its own.
  public var signatureFifths: Int? {
    let sum = alterations.sum
    return abs(sum) <= 7 && alterations == Alterations(fifths: sum) ? sum : nil
  }

  /// The same tonic and mode with other accidentals in the signature.
  func with(_ alterations: Alterations, kind: Kind? = nil) -> Key {
    Key(
      tonic: tonic, tonicAlteration: tonicAlteration, mode: mode, alterations: alterations,
      kind: kind ?? self.kind)
  }

  /// Reads the text of a `K:` field; clefs and other settings of the staff are passed over. Nil if it does not
  /// start with a key or anything else that may stand there.
  ///
  /// - Parameter current: the key in force, which holds on where the field only sets a clef or the like.
  public init?(parsing text: String, current: Key? = nil) {
    var scanner = Scanner(text)
    var staff = StaffSettings()
    self.init(&scanner, current: current, staff: &staff)
  }

  /// Reads the text of a `K:` field, with what it says of clef, octave and transposition.
  init?(_ scanner: inout Scanner, current: Key?, staff: inout StaffSettings) {
    scanner.skipBlanks()
    guard !scanner.isAtEnd else {
      self = .none
      return
    }
    var key = current ?? .none
    var hasKey = true
    if scanner.takeWord(ignoringCase: "none") {
      key = .none
    } else if let pipes = Key.pipes(&scanner) {
      key = pipes
    } else if let tonal = Key.tonal(&scanner) {
      guard let tonal = tonal.key else { return nil }
      key = tonal
    } else {
      hasKey = false
    }
    var alterations = key.alterations
    var isFirst = !hasKey
    while true {
      scanner.skipBlanks()
      if scanner.isAtEnd { break }
      if let (step, alteration) = Key.accidental(&scanner) {
        alterations[step] = alteration
      } else if scanner.takeWord(ignoringCase: "exp") {
        key = key.with(.none, kind: .explicit)
        alterations = .none
      } else if !staff.read(&scanner), isFirst {
        return nil
      }
      isFirst = false
    }
    self = key.with(alterations)
  }

  private static func pipes(_ scanner: inout Scanner) -> Key? {
    var copy = scanner
    guard copy.take("H") else { return nil }
    let isPrinted = copy.take("p")
    guard isPrinted || copy.take("P"), copy.peek?.isLetter != true else { return nil }
    scanner = copy
    var alterations = Alterations.none
    alterations[.f] = 1
    alterations[.c] = 1
    return Key(tonic: nil, alterations: alterations, kind: isPrinted ? .pipesWithSignature : .pipes)
  }

  /// Tonic, accidental and mode. Nil if no tonic stands here; a nil key if what follows it is no mode.
  private static func tonal(_ scanner: inout Scanner) -> (key: Key?, Void)? {
    guard let byte = scanner.peek, (0x41...0x47).contains(byte), let tonic = Step(letter: byte) else {
      return nil
    }
    _ = scanner.takeByte()
    var alteration = 0
    if scanner.take("#") { alteration = 1 } else if scanner.take("b") { alteration = -1 }
    var mode = Mode.major
    var copy = scanner
    let isApart = copy.peek?.isBlank == true
    copy.skipBlanks()
    var word: [UInt8] = []
    while let byte = copy.peek, byte.isLetter {
      word.append(byte | 0x20)
      _ = copy.takeByte()
    }
    // `exp` and the settings of the staff are read by the caller.
    if word == Array("exp".utf8) { return (Key(tonic: tonic, alteration: alteration), ()) }
    if word.isEmpty {
      // A clef line or `+8` cannot follow the tonic straight.
    } else if let found = Key.mode(word), !(isApart && word.count == 1 && copy.peek == UInt8(ascii: "=")) {
      mode = found
      scanner = copy
    } else if !isApart {
      return (nil, ())
    }
    return (Key(tonic: tonic, alteration: alteration, mode: mode), ())
  }

  private static func mode(_ word: [UInt8]) -> Mode? {
    if word == [UInt8(ascii: "m")] { return .minor }
    guard word.count >= 3 else { return nil }
    return Mode(rawValue: String(decoding: word.prefix(3), as: UTF8.self))
  }

  /// `^f`, `_b`, `=c`, `__e`: an accidental of the signature.
  private static func accidental(_ scanner: inout Scanner) -> (Step, Int)? {
    var copy = scanner
    var alteration = 0
    if copy.take("=") {
      alteration = 0
    } else if copy.take("^") {
      alteration = copy.take("^") ? 2 : 1
    } else if copy.take("_") {
      alteration = copy.take("_") ? -2 : -1
    } else {
      return nil
    }
    guard let byte = copy.takeByte(), let step = Step(letter: byte) else { return nil }
    scanner = copy
    return (step, alteration)
  }
}

extension Key: CustomStringConvertible {
  /// As a field says it in its shortest form: `Ador`, `F#m`, `D exp _e ^f`, `none`.
  public var description: String {
    let signs = ["__", "_", "=", "^", "^^"]
    func accidentals(besides base: Alterations) -> String {
      Step.allCases.filter { alterations[$0] != base[$0] }.map {
        " " + signs[min(max(alterations[$0], -2), 2) + 2] + String($0.letter).lowercased()
      }.joined()
    }
    let name = tonic.map { String($0.letter) + ["b", "", "#"][min(max(tonicAlteration, -1), 1) + 1] } ?? ""
    switch kind {
    case .none: return tonic == nil && alterations == .none ? "none" : "none" + accidentals(besides: .none)
    case .pipes: return "HP"
    case .pipesWithSignature: return "Hp"
    case .explicit: return name + " exp" + accidentals(besides: .none)
    case .modal: return name + mode.abbreviation + accidentals(besides: Alterations(fifths: fifths))
    }
  }
}
