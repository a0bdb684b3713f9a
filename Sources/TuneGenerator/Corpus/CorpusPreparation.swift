import ABCNotation

/// Collects clean tunes in normal form, each melody once.
public struct CorpusPreparation: Sendable {
  /// A tune that was kept.
  public struct Entry: Sendable {
    /// Its normal form.
    public let tune: NormalForm
    /// Its number in the book.
    public let number: Int?
    /// Notes as written.
    public let noteCount: Int
    /// Whether a note is tied to one in the next bar; within a bar they are one.
    public let hasTies: Bool
  }

  /// Why tunes were left out, and how many.
  public private(set) var leftOut: [String: Int] = [:]
  /// How many findings of each kind were mended before the tunes were looked at.
  public private(set) var mended: [DiagnosticCode: Int] = [:]
  /// What was kept, in the order in which it came.
  public private(set) var entries: [Entry] = []
  /// How many tunes there were.
  public private(set) var tuneCount = 0
  /// The families of the melodies of ``entries``.
  private var families = MelodyFamilies()
  private var fingerprints: Set<MelodyFingerprint> = []
  /// The letters of header fields that are kept though they do not sound.
  private let keptFields: Set<Character>
  private let keepsMarks: Bool

  /// Nothing collected yet.
  ///
  /// - Parameters:
  ///   - keptFields: the letters of header fields that are kept though they do not sound: `C`, `O`, `S`.
  ///   - keepsMarks: whether chord symbols, annotations and decorations are kept.
  public init(keepingFields keptFields: Set<Character> = [], keepsMarks: Bool = false) {
    self.keptFields = keptFields
    self.keepsMarks = keepsMarks
  }

  /// Takes the tunes of a text, after what can safely be mended has been.
  ///
  /// - Parameter tuneIDs: for each tune what it is a setting of, if that is known.
  public mutating func add(
    _ source: SourceText, book: CollectionList.Book, tuneIDs: [String]? = nil
  ) {
    let mendedText = MendedText(mending: source)
    mended.merge(mendedText.counts, uniquingKeysWith: +)
    let tunes = Tunebook(parsing: SourceText(name: source.name, bytes: mendedText.bytes)).tunes
    let ids = tuneIDs?.count == tunes.count ? tuneIDs : nil
    for (index, tune) in tunes.enumerated() { add(tune, book: book, tuneID: ids?[index]) }
  }

  private mutating func add(_ tune: Tunebook.Tune, book: CollectionList.Book, tuneID: String?) {
    tuneCount += 1
    let score = tune.score
    if let fault = tune.diagnostics.first(where: { $0.severity != .info && !Self.isHarmless($0.code) }) {
      return leaveOut("\(fault.code.rawValue) \(fault.code.name)")
    }
    let fallback = book.rhythm(of: score.referenceNumber)
    guard let rhythm = Rhythms.rhythm(of: score, fallback: fallback) else { return leaveOut("no rhythm") }
    guard let title = score.title.flatMap(Self.cleanTitle) else { return leaveOut("no title") }
    do {
      var normal = try NormalForm(score, title: title, rhythm: rhythm, keepsMarks: keepsMarks)
      normal.fields = score.header.filter { keptFields.contains($0.letter) && !$0.value.isEmpty }
      let abc = normal.abc()
      let again = Tunebook(parsing: SourceText(name: title, text: abc))
      if let fault = again.diagnostics.first {
        return leaveOut("not clean in normal form: \(fault.code.rawValue) \(fault.code.name)")
      }
      guard again.tunes.count == 1 else { return leaveOut("not clean in normal form") }
      let written = again.tunes[0].score
      guard let form = TuneForm(written), form.addsUp(written.voices[0].measures) else {
        return leaveOut("strains whose bars do not add up as they are played")
      }
      guard written.noteCount >= 24 else { return leaveOut("too short") }
      try normal.writeLeadIns(written)
      guard abc.utf8.count <= 1500 else { return leaveOut("too long") }
      guard let fingerprint = MelodyFingerprint(written) else { return leaveOut("too short") }
      guard fingerprints.insert(fingerprint).inserted else { return leaveOut("the same melody again") }
      if !book.title.isEmpty {
        let number = book.isNumbered == false ? nil : score.referenceNumber
        normal.book = book.title + (number.map { ", no. \($0)" } ?? "")
      }
      normal.style = book.style
      families.add(written, tuneID: tuneID)
      entries.append(
        Entry(
          tune: normal, number: score.referenceNumber, noteCount: written.noteCount,
          hasTies: written.voices[0].notes.contains(where: \.isTied)))
    } catch {
      leaveOut(error.rawValue)
    }
  }

  private mutating func leaveOut(_ reason: String) {
    leftOut[reason, default: 0] += 1
  }

  /// Faults of what the normal form does not take over: slurs (which O'Neill's transcribers wrote as ties), lyrics,
  /// numbers, remarks, symbols that mean nothing. All other rules are those of `validate`.
  private static func isHarmless(_ code: DiagnosticCode) -> Bool {
    switch code {
    case .strayTie, .unclosedSlur, .unmatchedSlur, .duplicateReferenceNumber, .malformedTempo, .unknownField,
      .missingReferenceNumber, .malformedReferenceNumber, .excessSyllables, .undefinedSymbol,
      .unknownDecoration, .misspeltDirective,
      .includeNotRead, .malformedDirective:
      true
    default: false
    }
  }

  /// A title in plain characters: without the kind of tune behind ` -- ` and final stops, an article in front that
  /// an index put behind; words printed all in capitals are lowered.
  static func cleanTitle(_ title: String) -> String? {
    var words = title
    for dash in [" -- ", " - ", "- "] {
      if let range = words.ranges(of: dash).first { words = String(words[..<range.lowerBound]) }
    }
    // Remarks in parentheses, quotation marks, and the colons of old abbreviations (`Celebrat:ed`) go.
    while let open = words.firstIndex(of: "("), let close = words[open...].firstIndex(of: ")") {
      words.removeSubrange(open...close)
    }
    if words.hasPrefix("T:") { words.removeFirst(2) }
    words.removeAll { $0 == "\"" || $0 == ":" }
    words = words.replacing("  ", with: " ").replacing(".,", with: ",").trimmingBlanks()
    for article in ["The", "A"] where words.hasSuffix(", " + article) {
      words = article + " " + words.dropLast(article.count + 2)
    }
    // Letters that a printer replaced by dots hide a word that should not be learnt.
    guard !words.contains("..") else { return nil }
    while let last = words.last, last == "." || last == "," || last == " " { words.removeLast() }
    let letters = words.filter(\.isLetter)
    guard letters.count >= 3, words.count <= 50 else { return nil }
    guard
      words.unicodeScalars.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || " '-,&.?!0123456789".unicodeScalars.contains($0))
      })
    else { return nil }
    if letters.allSatisfy(\.isUppercase) {
      words = words.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(
        separator: " ")
    }
    return words
  }

  /// How many families of melodies were kept, and how many melodies the largest has.
  public var familyCounts: (all: Int, largest: Int) {
    let sizes = Dictionary(grouping: entries.indices, by: families.family(of:)).values.map(\.count)
    return (sizes.count, sizes.max() ?? 0)
  }

  /// The entries in three parts by the given shares, shuffled the same way for the same seed. Melodies of one family
  /// are in one part.
  public func split(training: Double, validation: Double, using generator: inout some RandomNumberGenerator)
    -> (training: [Entry], validation: [Entry], test: [Entry])
  {
    let byFamily = Dictionary(grouping: entries.indices, by: families.family(of:))
    let shuffled = byFamily.keys.sorted().shuffled(using: &generator)
    let count = Double(entries.count)
    let wanted = [validation, max(1 - training - validation, 0)].map { Int(($0 * count).rounded()) }
    var parts: [[Int]] = [[], [], []]
    for family in shuffled {
      let members = byFamily[family] ?? []
      // A large family would fill a small part alone.
      let room = (0...1).first {
        parts[$0].count + members.count <= wanted[$0] && members.count <= max(wanted[$0] / 10, 1)
      }
      parts[room ?? 2] += members
    }
    return (
      training: parts[2].shuffled(using: &generator).map { entries[$0] },
      validation: parts[0].map { entries[$0] }, test: parts[1].map { entries[$0] }
    )
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    var view = self[...]
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
