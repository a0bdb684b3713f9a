import ABCNotation

/// Keeps a tune that is being written on the way to a clean one: which characters may come next, and whether it may end.
///
/// The incremental parser says what the validator would; beyond that the header must be complete - title, meter, unit
/// length, key last - and say nothing twice. A value: a copy goes its own way.
struct TuneConstraint: Sendable {
  private var parser = IncrementalParser()
  /// The letters of the header's lines so far.
  private(set) var fields: [Character] = []
  /// How far into its line the next character is.
  private(set) var column = 0
  private var firstOfLine: Character = " "
  private var isRepeatOpen = false
  private var endsWithBar = false
  /// The last note, and the note that a tie leads from.
  private var noteLetter: Unicode.Scalar?
  private var tiedLetter: Unicode.Scalar?
  /// The bar sign under way.
  private var sign: [Unicode.Scalar] = []
  /// The length under way, behind a note.
  private var length: [Unicode.Scalar] = []
  private var beforeLatest: Unicode.Scalar = "\n"
  /// Whether a quotation mark or exclamation mark is open, and where it stands.
  private var isQuoted = false
  private var quoteStart = 0
  private var hasOpenBracket = false
  private var latest: Unicode.Scalar = "\n"
  /// Whether no bar sign has come since the music began or since the last sign that ends or begins a strain: only here
  /// may a bar be a pickup.
  private var isFirstBar = true
  /// Whether the bar that just ended is short in the midst of a strain: then its sign must become one that ends it.
  private var endsShort = false

  /// Before the first character.
  init() {}

  /// Whether the next character begins a line of the header.
  var isAtHeaderLine: Bool { column == 0 && !parser.isInBody }

  /// Whether the header has ended.
  var isInBody: Bool { parser.isInBody }

  /// A note, the tonic, that fills the bar under way; nil where none is needed.
  var noteThatFillsBar: String? {
    guard let length = parser.lengthThatFillsBar else { return nil }
    let letter = parser.key?.tonic.map { "\($0)" } ?? "C"
    let factor =
      length.denominator == 1
      ? (length.numerator == 1 ? "" : "\(length.numerator)") : "\(length.numerator)/\(length.denominator)"
    return letter + factor
  }

  /// Whether a slur or tuplet has just begun.
  var isAfterParenthesis: Bool { parser.isInBody && latest == "(" }

  /// The note that a tie leads to.
  var tiedNote: String? { tiedLetter.map { String($0) } }

  /// Takes a character that may come next; nil where it may not.
  func taking(_ character: Unicode.Scalar) -> TuneConstraint? {
    guard canTake(character) else { return nil }
    var next = self
    next.push(character)
    return next.parser.canBecomeClean ? next : nil
  }

  /// Takes a text; nil where one of its characters may not come.
  func taking(_ text: String) -> TuneConstraint? {
    var next = self
    for character in text.unicodeScalars {
      guard let after = next.taking(character) else { return nil }
      next = after
    }
    return next
  }

  /// Whether the tune is clean if it ends here, and its last line has ended with a bar sign.
  var mayEnd: Bool { column == 0 && endsWithBar && parser.isInBody && parser.isClean }

  /// What the parser would only see some characters later, and what it would never see: runs of signs that say nothing.
  private func canTakeMusic(_ character: Unicode.Scalar) -> Bool {
    if isQuoted { return character != "\n" && (column - quoteStart < 24 || character == latest) }
    if endsShort, !"|]:".unicodeScalars.contains(character) { return false }
    if Self.accidentals.contains(latest) {
      let isDouble = character == latest && character != "=" && beforeLatest != latest
      return isDouble || Self.noteLetters.contains(character)
    }
    if latest == "(" { return Self.noteLetters.contains(character) || ("2"..."9").contains(character) }
    if beforeLatest == "(", ("2"..."9").contains(latest) { return Self.startsNote(character) }
    guard Self.music.contains(character) else { return false }
    if let tiedLetter, !canFollowTie(character, tiedLetter) { return false }
    switch character {
    // What begins a note needs room for it.
    case "(", "^", "_", "=", "{": return (parser.barRemaining ?? Fraction(1)) > .zero
    case " ": return column > 0 && Self.beforeSpace.contains(latest)
    case "/", "0"..."9": return canTakeDigit(character)
    // A repeat that is open must be closed before the tune ends, and before another is opened.
    case "|", "]", ":":
      if isRepeatOpen, latest == "|", character != "|" { return false }
      return sign.isEmpty ? character != "]" || hasOpenBracket : Self.signs.contains(sign + [character])
    case ",": return ("A"..."G").contains(latest) || latest == "," && beforeLatest != ","
    case "'": return ("a"..."g").contains(latest) || latest == "'" && beforeLatest != "'"
    case "<", ">": return Self.afterNote.contains(latest) || latest == character && beforeLatest != character
    case "-": return Self.afterNote.contains(latest)
    default: return character != latest || Self.noteLetters.contains(character) || character == "z"
    }
  }

  /// A tie leads to the same note, over a plain bar sign at most.
  private func canFollowTie(_ character: Unicode.Scalar, _ letter: Unicode.Scalar) -> Bool {
    if Self.noteLetters.contains(character) { return character == letter }
    if character == "|" { return latest != "|" }
    return " \n^_=".unicodeScalars.contains(character)
  }

  /// Lengths stand behind notes, numbers of endings behind bar signs, and neither is long.
  private func canTakeDigit(_ character: Unicode.Scalar) -> Bool {
    if !sign.isEmpty { return character != "/" && sign.last != ":" }
    if length.isEmpty { return Self.beforeLength.contains(latest) && character != "0" }
    // `3`, `12`, `/`, `//`, `/2`, `3/2`, `3/`.
    let slash = length.firstIndex(of: "/")
    if character == "/" { return slash == nil || length == ["/"] }
    guard let slash else { return length.count < 2 }
    return length.count - slash < 3 && length != ["/", "/"] && (character != "0" || length.last != "/")
  }

  /// The characters of plain music: no overlays, shorthand or fields amid it.
  private static let music = Set("ABCDEFGabcdefgz^_=',0123456789/|:[]()<>-{}~.!\" \n".unicodeScalars)

  private static func startsNote(_ character: Unicode.Scalar) -> Bool {
    noteLetters.contains(character) || accidentals.contains(character) || character == "z"
  }

  private static let accidentals = Set("^_=".unicodeScalars)
  private static let noteLetters = Set("ABCDEFGabcdefg".unicodeScalars)
  private static let afterNote = Set("ABCDEFGabcdefgz,'])0123456789/".unicodeScalars)
  private static let beforeLength = Set("ABCDEFGabcdefgzxZ,'](0123456789/[".unicodeScalars)
  private static let beforeSpace = Set("ABCDEFGabcdefgzxZ,'])0123456789/|:-<>\"!}".unicodeScalars)
  /// Bar signs and their beginnings.
  private static let signs = Set(
    ["|", ":", "||", "|]", "|:", ":|", "::", "[|"].map { Array($0.unicodeScalars) })

  /// Keeps account of bars and strains, before the character is pushed.
  private mutating func followBars(_ character: Unicode.Scalar) {
    switch character {
    case "|":
      if latest == "|" || latest == ":" || latest == "[" {
        // `||`, `:|` and `[|` end a strain.
        (isFirstBar, endsShort) = (true, false)
        if latest == ":" { isRepeatOpen = false }
      } else {
        endsShort = !isFirstBar && (parser.barRemaining ?? .zero) > .zero
        isFirstBar = false
      }
    case "]" where latest == "|":
      (isFirstBar, endsShort) = (true, false)
    case ":" where latest == "|" || latest == ":":
      (isFirstBar, endsShort, isRepeatOpen) = (true, false, true)
    case ":": endsShort = false
    default: break
    }
  }

  private mutating func followBrackets(_ character: Unicode.Scalar) {
    switch character {
    case "\"", "!":
      isQuoted.toggle()
      quoteStart = column
    case "[": hasOpenBracket = true
    case "]": hasOpenBracket = false
    case "\n": (isQuoted, hasOpenBracket) = (false, false)
    default: break
    }
  }

  private mutating func push(_ character: Unicode.Scalar) {
    if parser.isInBody {
      followBars(character)
      let isSign = "|:".unicodeScalars.contains(character) || character == "]" && latest == "|"
      sign = isSign ? (latest == "[" ? [latest] : sign) + [character] : []
      if Self.noteLetters.contains(character), !isQuoted { (tiedLetter, noteLetter) = (nil, character) }
      if character == "-", !isQuoted { tiedLetter = noteLetter }
      let isLength = sign.isEmpty && latest != "(" && (character == "/" || ("0"..."9").contains(character))
      length = isLength ? length + [character] : []
      followBrackets(character)
    }
    if character != "\n" {
      endsWithBar = parser.isInBody && (character == "|" || character == "]" && latest == "|")
    }
    (beforeLatest, latest) = (latest, character)
    if column == 1, character == ":", !parser.isInBody { fields.append(firstOfLine) }
    if column == 0 { firstOfLine = Character(character) }
    column = character == "\n" ? 0 : column + 1
    parser.push(String(Character(character)))
  }

  private static let once: Set<Character> = ["X", "R", "M", "L", "K", "Q"]
  private static let required: Set<Character> = ["X", "T", "M", "L"]

  private func canTake(_ character: Unicode.Scalar) -> Bool {
    // Characters that have no look on paper.
    if character.value < 0x20 && character != "\n" || character.value == 0x7F { return false }
    // An empty line ends a tune.
    if column == 0, character == "\n" { return false }
    if parser.isInBody { return canTakeMusic(character) }
    if column == 0 {
      let letter = Character(character)
      if Self.once.contains(letter), fields.contains(letter) { return false }
      if letter == "K", !Self.required.isSubset(of: fields) { return false }
      return true
    }
    // A line of the header has a letter, a colon and something behind it.
    if column == 1 { return character == ":" }
    if character == "\n" { return column > 2 }
    return column < Self.longestField
  }

  private static let longestField = 80
}
