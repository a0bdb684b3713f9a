/// The usual form of what a `K:` field says (ABC 2.1, 3.1.14).
enum KeySpelling {
  /// `G major` is `G`, `A minor` is `Am`, `A Dorian` is `Ador`. Clefs, accidentals and whatever is not understood
  /// stay; one blank stands between words.
  static func spell(_ text: [UInt8]) -> [UInt8] {
    // In quotes blanks may count.
    guard !text.contains(UInt8(ascii: "\"")) else { return text }
    var words = text.words
    if let (first, used) = tonicAndMode(words) { words.replaceSubrange(..<used, with: [first]) }
    return Array(words.joined(separator: [UInt8(ascii: " ")]))
  }

  /// The word for tonic and mode, and of how many words it takes the place.
  private static func tonicAndMode(_ words: [[UInt8]]) -> (word: [UInt8], used: Int)? {
    guard let first = words.first, let letter = first.first,
      (UInt8(ascii: "A")...UInt8(ascii: "G")).contains(letter)
    else { return nil }
    let isAltered = first.count > 1 && (first[1] == UInt8(ascii: "#") || first[1] == UInt8(ascii: "b"))
    let tonic = first.prefix(isAltered ? 2 : 1)
    var used = 1
    var mode = mode(first.dropFirst(tonic.count))
    if tonic.count == first.count, words.count > 1 {
      mode = Self.mode(words[1][...])
      used = 2
    }
    guard let mode else { return nil }
    // `Gmaj minor` must not become `G minor`.
    if words.count > used, mode.isEmpty, mayBeMode(words[used]) { return nil }
    return (tonic + Array(mode.utf8), used)
  }

  /// The short form of a mode in any of its spellings; nil if it is none.
  private static func mode(_ word: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: word, as: UTF8.self)
    if text == "m" { return "m" }
    let name = text.lowercased()
    guard name.utf8.count >= 3, let full = names.first(where: { $0.hasPrefix(name) }) else { return nil }
    switch full {
    case "major": return ""
    case "minor": return "m"
    default: return String(full.prefix(3))
    }
  }

  /// Whether a reader might take the start of a word for a mode: three letters are enough.
  private static func mayBeMode(_ word: [UInt8]) -> Bool {
    let name = String(decoding: word.prefix { $0.isLetter }, as: UTF8.self).lowercased()
    // `m=` is short for `middle=`.
    if name == "m" { return word.dropFirst().first != UInt8(ascii: "=") }
    return names.contains { name.count >= 3 && $0.hasPrefix(name.prefix(3)) }
  }

  private static let names = [
    "major", "minor", "ionian", "dorian", "phrygian", "lydian", "mixolydian", "aeolian", "locrian",
  ]
}
