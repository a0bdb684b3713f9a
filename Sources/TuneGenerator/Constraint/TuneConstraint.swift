import ABCNotation

/// Keeps a tune that is being written on the way to a clean one: which characters may come next, and whether it may end.
///
/// The incremental parser says what the validator would. Beyond that the header must be complete, notes must be spelled
/// plainly, and strains must add up as they are played. A value: a copy goes its own way.
///
/// What is asked at every character is `mutating`, though it changes nothing, and always inlined: so this is asked where it
/// stands. The copy of a few kilobytes that a call would make of it takes longer than the answer.
struct TuneConstraint: Sendable {
  private var parser = IncrementalParser()
  /// What the parser says behind the latest character.
  private var outlook = IncrementalParser.Outlook()
  private var header: HeaderRules
  private var music = MusicRules()
  private var strains: StrainRules
  /// How far into its line the next character is.
  private(set) var column = 0

  /// Before the first character.
  ///
  /// - Parameters:
  ///   - plan: the form that the tune is to have.
  ///   - joinsRhythmAndMeter: whether a rhythm must go with its meter.
  ///   - meter: the meter that is to come, if somebody asks for one.
  init(plan: FormPlan = .any, joinsRhythmAndMeter: Bool = true, meter: String = "") {
    header = HeaderRules(joinsRhythmAndMeter: joinsRhythmAndMeter, meter: meter)
    strains = StrainRules(plan: plan)
  }

  /// The bar, counted from 1 over the tune, with which a repeat must close: what follows it is there already.
  mutating func closeRepeat(withBar bar: Int) { strains.closingBar = bar }

  /// The letters of the header's lines so far.
  var fields: [Character] { header.fields }

  /// Whether the next character begins a line of the header.
  var isAtHeaderLine: Bool { column == 0 && !parser.isInBody }

  /// The key in force; nil in the header.
  var key: Key? { parser.key }

  /// Whether the header has ended.
  var isInBody: Bool { parser.isInBody }

  /// Full bars that have ended.
  var barsWritten: Int { strains.barsWritten }

  /// Whether a bar sign is under way.
  var isInSign: Bool { parser.isInBody && strains.isInSign }

  /// The strain and bar in which a character that begins a bar would stand, both counted from 0; nil where it begins none.
  @inline(__always)
  mutating func placeOfBar(beginningWith character: Unicode.Scalar) -> (strain: Int, bar: Int)? {
    guard parser.isInBody, MusicRules.beginsBar.contains(character) else { return nil }
    // Notes that have ended stand in this bar, unless its sign is under way. To ask about the note under way takes longer.
    guard strains.isInSign || outlook.finishedPosition == .zero, parser.barPosition == .zero else {
      return nil
    }
    var strains = strains
    strains.push(character, full: outlook.barLength, written: .zero)
    return strains.place
  }

  /// Whether nothing but the end of the line may come.
  var needsLineEnd: Bool { parser.isInBody && strains.needsLineEnd }

  /// Whether a slur or tuplet has just begun.
  var isAfterParenthesis: Bool { parser.isInBody && music.isAfterParenthesis }

  /// What a tuplet under way still needs, one note at a time.
  var tupletCompletion: String? { parser.isInBody ? music.tupletCompletion : nil }

  /// The note that a tie leads to.
  var tiedNote: String? { music.tiedNote }

  /// Notes, the tonic, each of which brings the bar under way to a length that a sign can follow.
  var notesThatFillBar: [String] {
    guard let full = outlook.barLength, let unit = parser.unitLength else { return [] }
    let written = parser.barPosition
    return strains.wantedLengths(full: full).filter { $0 > written }.map { wanted in
      let factor = (wanted - written) / unit
      let letter = parser.key?.tonic.map { "\($0)" } ?? "C"
      if factor.denominator == 1 { return factor.numerator == 1 ? letter : "\(letter)\(factor.numerator)" }
      return "\(letter)\(factor.numerator)/\(factor.denominator)"
    }
  }

  /// Takes a character that may come next; nil where it may not.
  func taking(_ character: Unicode.Scalar) -> TuneConstraint? {
    var next = self
    guard next.canTake(character) else { return nil }
    next.push(character)
    return next.canBecomeClean() ? next : nil
  }

  /// What becomes of a character.
  enum Taking { case taken, refused, spoilt }

  /// Takes a character that a model has drawn, if it may come. Where only its push shows that it may not, this constraint is
  /// spoilt.
  mutating func take(_ character: Unicode.Scalar) -> Taking {
    guard canTake(character, isDrawn: true) else { return .refused }
    push(character)
    return canBecomeClean(isDrawn: true) ? .taken : .spoilt
  }

  /// Takes a text; nil where one of its characters may not come.
  func taking(_ text: String) -> TuneConstraint? {
    var next = self
    for character in text.unicodeScalars {
      guard next.canTake(character) else { return nil }
      next.push(character)
      guard next.canBecomeClean() else { return nil }
    }
    return next
  }

  /// Whether the tune is clean if it ends here.
  var mayEnd: Bool { column == 0 && parser.isInBody && strains.mayEnd && parser.isClean }

  /// What `canTake` could not yet see: whether the text so far can still become a clean tune.
  @inline(__always)
  mutating func canBecomeClean(isDrawn: Bool = false) -> Bool {
    outlook.canBecomeClean && !overruns(isDrawn: isDrawn)
  }

  /// Whether a character may come, as far as can be seen before it is pushed.
  ///
  /// - Parameter isDrawn: whether a model draws it: then the header must be plain, and strains as they are in tunes. A
  ///   person may ask for more.
  @inline(__always)
  mutating func canTake(_ character: Unicode.Scalar, isDrawn: Bool = false) -> Bool {
    // Characters that have no look on paper.
    if character.value < 0x20 && character != "\n" || character.value == 0x7F { return false }
    // An empty line ends a tune.
    if column == 0, character == "\n" { return false }
    guard parser.isInBody else {
      return header.canTake(character, column: column)
        && (!isDrawn || header.isPlain(character, column: column))
    }
    if music.isInQuotes { return music.canTake(character, column: column, isBarFull: false) }
    // At the head of a line a note with a colon behind it looks like a field.
    if column == 1, character == ":", MusicRules.noteLetters.contains(music.latest) || music.latest == "z" {
      return false
    }
    if isDrawn, character == "<" || character == ">", !isPairOnBeat() { return false }
    guard
      strains.canTake(
        character, full: outlook.barLength, followsHabit: isDrawn, written: lengthOfBar(endedBy: character))
    else { return false }
    guard isSign(character) else {
      let isBarFull = MusicRules.needsRoom.contains(character) && isBarFull(isDrawn: isDrawn)
      return music.canTake(character, column: column, isBarFull: isBarFull)
    }
    // A tie may lead over a plain sign, and over no other.
    if music.tiedLetter != nil, character != "|" || strains.isInSign { return false }
    return !music.isAfterParenthesis && !music.isInUnevenTuplet
  }

  /// Whether a pair in broken rhythm that begins with the note under way would fill a beat. Hornpipes that have pairs across
  /// beats confuse abc2midi, which dots them itself; and nobody plays them.
  @inline(__always)
  private mutating func isPairOnBeat() -> Bool {
    let start = outlook.finishedPosition
    let length = parser.barPosition - start
    return length > .zero && (strains.mayBePickup || (start / (length + length)).denominator == 1)
  }

  /// The length of what stands in the bar where a character ends it; 0 where it does not. No closure, which would copy all
  /// of this, and not asked for anything else: it takes long.
  @inline(__always)
  private mutating func lengthOfBar(endedBy character: Unicode.Scalar) -> Fraction {
    strains.isBarEnded(by: character) ? parser.barPosition : .zero
  }

  @inline(__always)
  private mutating func isBarFull(isDrawn: Bool) -> Bool {
    guard let full = outlook.barLength else { return false }
    return parser.barPosition >= strains.room(full: full, isDrawn: isDrawn)
  }

  /// Whether a character in the music belongs to a bar sign.
  private func isSign(_ character: Unicode.Scalar) -> Bool {
    guard !music.isInQuotes else { return false }
    switch character {
    case "|", ":": return true
    case "]": return strains.isInSign
    case "0"..."9": return strains.isInSign
    default: return false
    }
  }

  /// Takes a character that `canTake` has let through; `canBecomeClean` says whether it was right.
  mutating func push(_ character: Unicode.Scalar) {
    if parser.isInBody {
      let isSign = isSign(character)
      if isSign || strains.isInSign, !music.isInQuotes {
        strains.push(character, full: outlook.barLength, written: lengthOfBar(endedBy: character))
      }
      music.push(character, isSign: isSign)
    } else {
      header.push(character, column: column)
    }
    outlook = parser.outlook(pushing: character)
    column = character == "\n" ? 0 : column + 1
  }

  /// Whether the bar has no room for what was pushed last. The parser sees that too, when the note has ended.
  @inline(__always)
  private mutating func overruns(isDrawn: Bool) -> Bool {
    guard !music.isInQuotes, !strains.isInSign, let full = outlook.barLength else { return false }
    let room = strains.room(full: full, isDrawn: isDrawn)
    let finished = outlook.finishedPosition
    if finished > room { return true }
    switch music.latest {
    case "/", "0"..."9": return finished + (parser.barPosition - finished) * music.smallestFactor > room
    case "z": return finished >= room
    default: return MusicRules.noteLetters.contains(music.latest) && finished >= room
    }
  }
}
