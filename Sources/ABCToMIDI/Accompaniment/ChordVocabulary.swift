import ABCNotation

/// What the texts in quotes mean to the accompaniment.
struct ChordVocabulary {
  /// What a text says.
  enum Meaning: Hashable, Sendable {
    /// Play this chord.
    case harmony(Harmony)
    /// Play no chord: `N.C.`
    case silence
    /// Nothing about chords: an annotation, or a chord that nobody knows.
    case nothing
  }

  /// The intervals of the kinds that `%%MIDI chordname` defines, in semitones above the root.
  private var definitions: [String: [Int]] = [:]
  /// The texts that have been read. A tune has few, and says them often.
  private var known: [String: Meaning] = [:]

  /// Defines a kind of chord: what stands behind its root, such as `sus4`.
  mutating func define(_ kind: String, intervals: [Int]) {
    definitions[kind] = intervals
    known.removeAll(keepingCapacity: true)
  }

  /// What a text means.
  mutating func meaning(of text: String) -> Meaning {
    if let meaning = known[text] { return meaning }
    let meaning = read(text)
    known[text] = meaning
    return meaning
  }

  private func read(_ text: String) -> Meaning {
    if let harmony = definedHarmony(text) { return .harmony(harmony) }
    if let symbol = ChordSymbol(parsing: text) { return .harmony(Harmony(symbol)) }
    if Self.asksForSilence(text) { return .silence }
    // A chord all in parentheses is an alternate to none, so that it is played, as abc2midi does.
    if text.hasPrefix("("), text.hasSuffix(")"),
      let symbol = ChordSymbol(parsing: text.dropFirst().dropLast())
    {
      return .harmony(Harmony(symbol))
    }
    if let symbol = ChordSymbol(parsing: Self.modernSpelling(text)) {
      return .harmony(Harmony(symbol))
    }
    return .nothing
  }

  /// `N.C.` in its spellings, and `tacet`.
  private static func asksForSilence(_ text: String) -> Bool {
    let letters = text.filter { $0 != "." && $0 != " " }.lowercased()
    return letters == "nc" || letters == "nochord" || letters == "tacet"
  }

  /// The Nottingham collection, older than the standard, writes `D/f+` for D/F# and `Gd` for Gdim.
  private static func modernSpelling(_ text: String) -> String {
    var head = text[...]
    var bass = ""
    if let slash = text.firstIndex(of: "/") {
      head = text[..<slash]
      bass = String(text[slash...])
      if bass.hasSuffix("+") { bass = bass.dropLast() + "#" }
    }
    if head.count <= 3, head.hasSuffix("d") { return head + "im" + bass }
    return head + bass
  }

  /// The chord that a text stands for if `%%MIDI chordname` defines its kind.
  private func definedHarmony(_ text: String) -> Harmony? {
    guard !definitions.isEmpty else { return nil }
    let text = text.trimmingPrefix { $0 == " " }
    guard let first = text.first, ("A"..."G").contains(first) else { return nil }
    let accidentals = text.dropFirst().prefix(2).prefix { "#b♯♭".contains($0) }.count
    for count in stride(from: accidentals, through: 0, by: -1) {
      let root = text.prefix(1 + count)
      let rest = text.dropFirst(1 + count)
      let kind = rest.prefix { !" (/);".contains($0) }
      guard let intervals = definitions[String(kind)] else { continue }
      let behind = rest.dropFirst(kind.count)
      // The root and the bass are those of the plain chord.
      guard let plain = ChordSymbol(parsing: root + behind) ?? ChordSymbol(parsing: root) else { continue }
      return Harmony(root: plain.root.pitchClass, intervals: intervals, bass: plain.bass?.pitchClass)
    }
    return nil
  }
}
