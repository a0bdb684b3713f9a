import ABCNotation

/// How notes are spelled in a tune that is being written: what the parser would only see some characters later, and
/// what it would never see, such as runs of signs that say nothing.
struct MusicRules: Sendable {
  private(set) var latest: Unicode.Scalar = "\n"
  private var beforeLatest: Unicode.Scalar = "\n"
  /// The last note, and the note that a tie leads from.
  private var noteLetter: Unicode.Scalar?
  private(set) var tiedLetter: Unicode.Scalar?
  /// The signs of their octaves, and those that the note behind a tie still needs; nil elsewhere.
  private var noteMarks: [Unicode.Scalar] = []
  private var tiedMarks: [Unicode.Scalar] = []
  private var marksToCome: [Unicode.Scalar]?
  /// The length under way, behind a note.
  private var length: [Unicode.Scalar] = []
  /// Whether a quotation mark or exclamation mark is open, and how long it has been.
  private var isQuoted = false
  private var quotedCount = 0
  private var hasOpenBracket = false
  private var tuplet = TupletRules()

  /// Whether a slur or tuplet has just begun.
  var isAfterParenthesis: Bool { latest == "(" }

  /// The note that a tie leads to.
  var tiedNote: String? {
    tiedLetter.map { String(String.UnicodeScalarView([$0] + tiedMarks)) }
  }

  /// Whether it stands in a text between quotation or exclamation marks.
  var isInQuotes: Bool { isQuoted }

  /// What a tuplet under way still needs, one note at a time; nil where nothing is.
  var tupletCompletion: String? { tuplet.completion(length: length) }

  /// Whether a tuplet under way may not end with the length that its latest note has.
  var isInUnevenTuplet: Bool { tuplet.isUnderWay && !tuplet.canTake("|", length: length) }

  /// - Parameters:
  ///   - column: where in its line the character stands.
  ///   - isBarFull: whether nothing more has room in the bar, where the character is one of `needsRoom`.
  func canTake(_ character: Unicode.Scalar, column: Int, isBarFull: Bool) -> Bool {
    if isQuoted { return character != "\n" && (quotedCount < 24 || character == latest) }
    if Self.accidentals.contains(latest) {
      let isDouble = character == latest && character != "=" && beforeLatest != latest
      return isDouble || Self.noteLetters.contains(character) && (tiedLetter.map { $0 == character } ?? true)
    }
    if latest == "(" { return Self.noteLetters.contains(character) || ("2"..."9").contains(character) }
    if beforeLatest == "(", ("2"..."9").contains(latest) { return Self.startsNote(character) }
    guard Self.music.contains(character) else { return false }
    if let marksToCome {
      if let mark = marksToCome.first { return character == mark }
      if character == "," || character == "'" { return false }
    }
    if let tiedLetter, !canFollowTie(character, tiedLetter) { return false }
    if tuplet.isUnderWay, !tuplet.canTake(character, length: length) { return false }
    switch character {
    case _ where Self.needsRoom.contains(character): return !isBarFull
    case " ": return column > 0 && Self.beforeSpace.contains(latest)
    case "/", "0"..."9": return canTakeDigit(character)
    case "]": return hasOpenBracket
    case ",": return ("A"..."G").contains(latest) || latest == "," && beforeLatest != ","
    case "'": return ("a"..."g").contains(latest) || latest == "'" && beforeLatest != "'"
    case "<", ">":
      return Self.afterNote.contains(latest) || latest == character && beforeLatest != character
    case "-": return Self.afterNote.contains(latest)
    default: return character != latest || Self.noteLetters.contains(character) || character == "z"
    }
  }

  /// A tie leads to the same note, over a plain bar sign at most.
  private func canFollowTie(_ character: Unicode.Scalar, _ letter: Unicode.Scalar) -> Bool {
    if Self.noteLetters.contains(character) { return character == letter }
    if character == "|" { return latest != "|" }
    // An accidental holds as far as the tie does; another one would be another note.
    return character == " " || character == "\n"
  }

  /// Lengths stand behind notes, and are not long: `3`, `12`, `/`, `//`, `/2`, `3/2`, `3/`.
  private func canTakeDigit(_ character: Unicode.Scalar) -> Bool {
    if length.isEmpty { return Self.beforeLength.contains(latest) && character != "0" }
    let slash = length.firstIndex(of: "/")
    if character == "/" { return slash == nil || length == ["/"] }
    guard let slash else { return length.count < 2 }
    // Only halves, quarters and eighths.
    return length.count - slash == 1 && (character == "2" || character == "4" || character == "8")
  }

  /// What the length of the note under way may still be multiplied by: `3` can become `3/8`, `3/` too, `4` can not.
  var smallestFactor: Fraction {
    guard let last = length.last else { return Fraction(1) }
    if last == "/" {
      return length.count > 1 && length[length.count - 2] == "/" ? Fraction(1) : Fraction(1, 4)
    }
    if length.contains("/") { return Fraction(1) }
    return last.value % 2 == 1 ? Fraction(1, 8) : Fraction(1)
  }

  /// - Parameter isSign: whether the character belongs to a bar sign.
  mutating func push(_ character: Unicode.Scalar, isSign: Bool) {
    if !isQuoted {
      if tuplet.isUnderWay { tuplet.push(character, length: length) }
      followTies(character)
      if character == "<" || character == ">" { tuplet = TupletRules(afterBrokenRhythm: length) }
      if latest == "(", let count = Int(String(Character(character))) { tuplet = TupletRules(count: count) }
    }
    let isLength = !isSign && latest != "(" && (character == "/" || ("0"..."9").contains(character))
    if isLength { length.append(character) } else if !length.isEmpty { length = [] }
    quotedCount += 1
    switch character {
    case "\"", "!":
      isQuoted.toggle()
      quotedCount = 0
    case "[": hasOpenBracket = true
    case "]": hasOpenBracket = false
    case "\n": (isQuoted, hasOpenBracket) = (false, false)
    default: break
    }
    (beforeLatest, latest) = (latest, character)
  }

  private mutating func followTies(_ character: Unicode.Scalar) {
    if Self.noteLetters.contains(character) {
      marksToCome = tiedLetter == nil ? nil : tiedMarks
      (tiedLetter, noteLetter, noteMarks) = (nil, character, [])
    } else if character == "," || character == "'" {
      noteMarks.append(character)
      if marksToCome?.isEmpty == false { marksToCome?.removeFirst() }
    } else {
      marksToCome = nil
      if character == "-" { (tiedLetter, tiedMarks) = (noteLetter, noteMarks) }
    }
  }

  /// The characters of plain music: no overlays, shorthand or fields amid it.
  private static let music = ASCIISet("ABCDEFGabcdefgz^_=',0123456789/|:[]()<>-{}~.!\" \n")

  /// What begins a note needs room for it.
  static let needsRoom = ASCIISet("(^_={.!~\"[")

  static func startsNote(_ character: Unicode.Scalar) -> Bool {
    noteLetters.contains(character) || accidentals.contains(character) || character == "z"
  }

  /// What a bar's music begins with.
  static let beginsBar = ASCIISet("ABCDEFGabcdefgz^_=(")
  static let accidentals = ASCIISet("^_=")
  static let noteLetters = ASCIISet("ABCDEFGabcdefg")
  private static let afterNote = ASCIISet("ABCDEFGabcdefgz,'])0123456789/")
  private static let beforeLength = ASCIISet("ABCDEFGabcdefgzxZ,'](0123456789/[")
  private static let beforeSpace = ASCIISet("ABCDEFGabcdefgzxZ,'])0123456789/|:-<>\"!}")
}

/// The notes of a tuplet, or of a pair in broken rhythm, which are all written with one length.
struct TupletRules: Sendable {
  /// Notes that are still to come.
  private var left = 0
  private var hasNote = false
  /// Whether no note of it is under way yet.
  private var isFresh = false
  /// The length of the first note, once it is over.
  private var length: [Unicode.Scalar]?
  /// Whether one note is over and the next has not begun: behind an accidental or a blank.
  private var isBetweenNotes = false

  init() {}

  init(count: Int) { left = count }

  /// One more note, of the length of the one before the sign.
  init(afterBrokenRhythm length: [Unicode.Scalar]) {
    (left, hasNote, isFresh, self.length) = (1, true, true, length)
  }

  /// What is still to be written: the rest of the length under way, and one note more; nil where nothing is.
  func completion(length written: [Unicode.Scalar]) -> String? {
    guard isUnderWay else { return nil }
    let length = length ?? (hasNote ? written : [])
    let missing = hasNote && !isFresh ? length.dropFirst(written.count) : []
    let more = left > 0 ? ["c"] + length : []
    let text = String(String.UnicodeScalarView(missing + more))
    return text.isEmpty ? nil : text
  }

  /// Whether notes are still to come, or the length of the last may be.
  var isUnderWay: Bool { left > 0 || length != nil }

  /// - Parameter written: the length of the note under way so far.
  func canTake(_ character: Unicode.Scalar, length written: [Unicode.Scalar]) -> Bool {
    switch character {
    case "<", ">": return false
    case "-", "(": if left > 0 { return false }
    case _ where isFresh || isBetweenNotes: return true
    case ",", "'": return true
    case "/", "0"..."9":
      guard let length else { return true }
      return written.count < length.count && length[written.count] == character
    default: break
    }
    return length == nil || written == length
  }

  mutating func push(_ character: Unicode.Scalar, length written: [Unicode.Scalar]) {
    switch character {
    case ",", "'", "/", "0"..."9": return
    default: break
    }
    if left == 0 {
      self = TupletRules()
      return
    }
    // The note before it is over.
    if hasNote, length == nil { length = written }
    isBetweenNotes = MusicRules.accidentals.contains(character) || character == " "
    if MusicRules.noteLetters.contains(character) || character == "z" {
      left -= 1
      (hasNote, isFresh) = (true, false)
    }
  }
}
