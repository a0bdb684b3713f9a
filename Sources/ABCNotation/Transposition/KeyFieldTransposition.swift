/// Moves what a `K:` field says: tonic and accidentals of the signature. Mode, clef and all other settings stay as
/// they are written, and so do keys without a tonic: `none`, `HP`, `Hp`.
struct KeyFieldTransposition {
  private let bytes: [UInt8]
  private var scanner: Scanner
  private var edits: [(range: Range<Int>, text: [UInt8])] = []

  /// The new text of a field.
  ///
  /// - Parameter current: the key in force; nil in a header.
  static func moved(_ bytes: [UInt8], current: Key?, plan: TranspositionPlan) -> [UInt8] {
    var scanner = Scanner(bytes, 0..<bytes.count)
    var staff = StaffSettings()
    guard let key = Key(&scanner, current: current, staff: &staff), let tonic = key.tonic else {
      return bytes
    }
    let fifths = plan.fifths(for: key)
    let name = SpelledPitch.name(fifths: tonic.fifths + 7 * key.tonicAlteration + fifths)
    // No key is called by a double sharp or flat.
    guard fifths != 0, abs(name.alteration) <= 1 else { return bytes }
    var field = KeyFieldTransposition(bytes)
    field.moveTonic(to: name)
    field.moveAccidentals(of: key, by: fifths)
    return field.result
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    scanner = Scanner(bytes, 0..<bytes.count)
  }

  private mutating func moveTonic(to name: (step: Step, alteration: Int)) {
    scanner.skipBlanks()
    guard let byte = scanner.peek, (UInt8(ascii: "A")...UInt8(ascii: "G")).contains(byte) else { return }
    let start = scanner.position
    _ = scanner.takeByte()
    if !scanner.take("#") { _ = scanner.take("b") }
    let sign = ["b", "", "#"][name.alteration + 1]
    edits.append((start..<scanner.position, Array((String(name.step.letter) + sign).utf8)))
    // The mode may be followed by accidentals without a blank.
    while scanner.peek?.isLetter == true { _ = scanner.takeByte() }
  }

  /// An accidental is a degree of the old key, altered; it becomes the same degree of the new one. A field with
  /// `exp` names all sharps and flats, so it must also name those of notes that were natural before.
  private mutating func moveAccidentals(of key: Key, by fifths: Int) {
    var named: Set<Step> = []
    var end = scanner.position
    let plain = Alterations(fifths: key.fifths)
    while true {
      let blanks = scanner.position
      scanner.skipBlanks()
      if scanner.isAtEnd { break }
      let start = scanner.position
      guard let sign = takeAccidental() else {
        if scanner.takeWord(ignoringCase: "exp") {
          end = scanner.position
        } else {
          var staff = StaffSettings()
          _ = staff.read(&scanner)
          // A setting that cannot be read must not hold up the rest.
          if scanner.position == start { _ = scanner.takeByte() }
        }
        continue
      }
      let new = SpelledPitch.name(fifths: sign.step.fifths + 7 * sign.alteration + fifths)
      named.insert(new.step)
      let isIdle = key.kind == .explicit || plain[sign.step] == sign.alteration
      if new.alteration == 0, isIdle {
        edits.append((blanks..<scanner.position, []))
      } else {
        edits.append((start..<scanner.position, Self.sign(new, isCapital: sign.isCapital)))
      }
      end = scanner.position
    }
    guard key.kind == .explicit else { return }
    let others = [Step.f, .c, .g, .d, .a, .e, .b]
      .map { SpelledPitch.name(fifths: $0.fifths + 7 * key.alterations[$0] + fifths) }
      .filter { $0.alteration != 0 && !named.contains($0.step) }
    guard !others.isEmpty else { return }
    edits.append((end..<end, others.flatMap { [UInt8(ascii: " ")] + Self.sign($0, isCapital: false) }))
  }

  private static func sign(_ note: (step: Step, alteration: Int), isCapital: Bool) -> [UInt8] {
    let letter = note.step.letter.asciiValue ?? UInt8(ascii: "C")
    return SpelledPitch.accidental(hundredths: 100 * note.alteration) + [isCapital ? letter : letter | 0x20]
  }

  private mutating func takeAccidental() -> (step: Step, alteration: Int, isCapital: Bool)? {
    var copy = scanner
    var alteration = 0
    if copy.take("^") {
      alteration = copy.take("^") ? 2 : 1
    } else if copy.take("_") {
      alteration = copy.take("_") ? -2 : -1
    } else if !copy.take("=") {
      return nil
    }
    guard let byte = copy.takeByte(), let step = Step(letter: byte) else { return nil }
    scanner = copy
    return (step, alteration, byte < UInt8(ascii: "a"))
  }

  private var result: [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits {
      result += bytes[position..<edit.range.lowerBound] + edit.text
      position = edit.range.upperBound
    }
    return result + bytes[position...]
  }
}
