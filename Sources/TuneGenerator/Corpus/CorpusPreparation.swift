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
    let fingerprint: MelodyFingerprint
  }

  /// Why tunes were left out, and how many.
  public private(set) var leftOut: [String: Int] = [:]
  /// What was kept, in the order in which it came.
  public private(set) var entries: [Entry] = []
  private var fingerprints: Set<MelodyFingerprint> = []

  /// Nothing collected yet.
  public init() {}

  /// Takes the tunes of one file.
  public mutating func add(_ tunebook: Tunebook, book: CollectionList.Book) {
    for tune in tunebook.tunes { add(tune, book: book) }
  }

  private mutating func add(_ tune: Tunebook.Tune, book: CollectionList.Book) {
    let score = tune.score
    if let fault = tune.diagnostics.first(where: { $0.severity != .info && !Self.isHarmless($0.code) }) {
      return leaveOut("\(fault.code.rawValue) \(fault.code)")
    }
    let fallback = book.rhythm(of: score.referenceNumber)
    guard let rhythm = Rhythms.rhythm(of: score, fallback: fallback) else { return leaveOut("no rhythm") }
    guard let title = score.title.flatMap(Self.cleanTitle) else { return leaveOut("no title") }
    do {
      var normal = try NormalForm(score, title: title, rhythm: rhythm)
      let abc = normal.abc()
      let again = Tunebook(parsing: SourceText(name: title, text: abc))
      guard again.tunes.count == 1, again.diagnostics.isEmpty else {
        return leaveOut("not clean in normal form")
      }
      let written = again.tunes[0].score
      guard written.noteCount >= 24 else { return leaveOut("too short") }
      guard abc.utf8.count <= 1500 else { return leaveOut("too long") }
      guard let fingerprint = MelodyFingerprint(written) else { return leaveOut("too short") }
      guard fingerprints.insert(fingerprint).inserted else { return leaveOut("the same melody again") }
      if !book.title.isEmpty {
        let number = book.isNumbered == false ? nil : score.referenceNumber
        normal.book = book.title + (number.map { ", no. \($0)" } ?? "")
      }
      entries.append(
        Entry(
          tune: normal, number: score.referenceNumber, noteCount: written.noteCount, fingerprint: fingerprint)
      )
    } catch {
      leaveOut(error.rawValue)
    }
  }

  private mutating func leaveOut(_ reason: String) {
    leftOut[reason, default: 0] += 1
  }

  /// Faults of what the normal form does not take over: slurs (which O'Neill's transcribers wrote as ties),
  /// numbers, remarks, signs of layout.
  private static func isHarmless(_ code: DiagnosticCode) -> Bool {
    switch code {
    case .strayTie, .unclosedSlur, .unmatchedSlur, .duplicateReferenceNumber, .malformedTempo, .unknownField,
      .missingReferenceNumber:
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
    words = words.replacing(".,", with: ",").trimmingBlanks()
    for article in ["The", "A"] where words.hasSuffix(", " + article) {
      words = article + " " + words.dropLast(article.count + 2)
    }
    // Letters that a printer replaced by dots hide a word that should not be learnt.
    guard !words.contains("..") else { return nil }
    while let last = words.last, last == "." || last == "," || last == ":" { words.removeLast() }
    let letters = words.filter(\.isLetter)
    guard letters.count >= 3, words.count <= 50 else { return nil }
    guard
      words.unicodeScalars.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || " '-,&.".unicodeScalars.contains($0))
      })
    else { return nil }
    if letters.allSatisfy(\.isUppercase) {
      words = words.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(
        separator: " ")
    }
    return words
  }

  /// The entries in three parts by the given shares, shuffled the same way for the same seed.
  public func split(training: Double, validation: Double, using generator: inout some RandomNumberGenerator)
    -> (training: [Entry], validation: [Entry], test: [Entry])
  {
    let shuffled = entries.shuffled(using: &generator)
    let first = Int((Double(shuffled.count) * training).rounded())
    let second = min(first + Int((Double(shuffled.count) * validation).rounded()), shuffled.count)
    return (Array(shuffled[..<first]), Array(shuffled[first..<second]), Array(shuffled[second...]))
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
