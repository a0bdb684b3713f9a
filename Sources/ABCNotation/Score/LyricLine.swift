/// What one note, or a bar line, finds in a line of lyrics or symbols (ABC 2.1, 4.15 and 5.1).
enum LyricItem: Equatable, Sendable {
  /// A syllable; `endsWord` is false where a hyphen ties it to the next one. Several words under one note
  /// (`of~the~day`) are one syllable. The range is where it is written, less its hyphen.
  case syllable(String, endsWord: Bool, range: Range<Int>)
  /// The name between the two `!` of a decoration in a symbol line. The range takes them in.
  case decoration(String, range: Range<Int>)
  /// The text between the quotes of a chord symbol or an annotation in a symbol line. The range takes them in.
  case quoted(String, range: Range<Int>)
  /// The syllable before sounds on for one more note: `_`, or a hyphen of its own, as in `syll-a--ble`.
  case hold
  /// A note without a syllable: `*`.
  case skip
  /// On to the next bar: `|`.
  case barAdvance
}

/// The items of a `w:` or `s:` field.
struct LyricLine: Equatable, Sendable {
  /// The items in the order in which they are written.
  private(set) var items: [LyricItem] = []

  /// Reads a `w:` field (ABC 2.1, 5.1 and 5.3).
  ///
  /// - Parameter ranges: where the text behind `w:` lies in the bytes, and then the text behind each `+:` that
  ///   continues it, which a space parts from what precedes it (3.3). Comments are no part of it.
  init(words ranges: [Range<Int>], in bytes: [UInt8], encoding: TextEncoding) {
    var reader = WordReader(bytes: bytes, encoding: encoding)
    for range in ranges { reader.read(range) }
    items = reader.items
  }

  /// Reads an `s:` field (ABC 2.1, 4.15). What may not stand there is skipped like `*`, so that what follows it
  /// stays with its notes.
  ///
  /// - Parameter ranges: as for words.
  init(symbols ranges: [Range<Int>], in bytes: [UInt8], encoding: TextEncoding) {
    for range in ranges {
      var index = range.lowerBound
      while index < range.upperBound {
        index = readSymbol(in: bytes, at: index, end: range.upperBound, encoding: encoding)
      }
    }
  }

  /// Reads one symbol and returns where the next one may start.
  private mutating func readSymbol(
    in bytes: [UInt8], at start: Int, end: Int, encoding: TextEncoding
  ) -> Int {
    let rest = (start + 1)..<end
    switch bytes[start] {
    case UInt8(ascii: "!"):
      guard let close = bytes[rest].firstIndex(of: UInt8(ascii: "!")) else { break }
      let name = TextString.decode(bytes[rest.lowerBound..<close], encoding: encoding)
      items.append(.decoration(name, range: start..<(close + 1)))
      return close + 1
    case UInt8(ascii: "\""):
      // A quote that is not closed ends with the line.
      let close = bytes[rest].firstIndex(of: UInt8(ascii: "\"")) ?? end
      let text = TextString.decode(bytes[rest.lowerBound..<close], encoding: encoding)
      items.append(.quoted(text, range: start..<min(close + 1, end)))
      return close + 1
    case UInt8(ascii: "|"):
      items.append(.barAdvance)
      return start + 1
    case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      items.append(.skip)
      return start + 1
    case let byte where byte.isBlank || byte.isLineEnd:
      return start + 1
    default: break
    }
    items.append(.skip)
    return bytes[rest].firstIndex { $0.isBlank || $0.isLineEnd || "!\"|*-_".utf8.contains($0) } ?? end
  }
}

/// Reads the words of a `w:` field from left to right (ABC 2.1, 5.1).
private struct WordReader {
  private let bytes: [UInt8]
  private let encoding: TextEncoding
  private(set) var items: [LyricItem] = []
  /// The index of the syllable that still sounds: the latest one, with no `*` behind it.
  private var latestSyllable: Int?
  /// The bytes of the syllable being read, in which the signs of 5.1 are already resolved.
  private var syllable: [UInt8] = []
  private var start = 0
  /// Whether the latest sign was `_`, with nothing behind it yet.
  private var isBehindHold = false
  /// Whether a hyphen here is a syllable of its own: behind a blank, a bar sign or another hyphen.
  private var hyphenStandsAlone = true

  init(bytes: [UInt8], encoding: TextEncoding) {
    self.bytes = bytes
    self.encoding = encoding
  }

  mutating func read(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      index = readSign(at: index, end: range.upperBound)
    }
    endSyllable(endsWord: true, at: range.upperBound)
    isBehindHold = false
    hyphenStandsAlone = true
  }

  /// Reads one sign or one byte of text and returns where the next one starts.
  private mutating func readSign(at index: Int, end: Int) -> Int {
    let byte = bytes[index]
    switch byte {
    case let byte where byte.isBlank || byte.isLineEnd:
      if let next = wordBehindStanzaNumber(from: index, end: end) {
        syllable.append(UInt8(ascii: " "))
        return next
      }
      endSyllable(endsWord: true, at: index)
      isBehindHold = false
      hyphenStandsAlone = true
    case UInt8(ascii: "-"):
      if syllable.isEmpty {
        joinLatestSyllable()
        if hyphenStandsAlone { items.append(.hold) }
      } else {
        endSyllable(endsWord: false, at: index)
      }
      isBehindHold = false
      hyphenStandsAlone = true
    case UInt8(ascii: "_"):
      endSyllable(endsWord: true, at: index)
      items.append(.hold)
      isBehindHold = true
      hyphenStandsAlone = false
    case UInt8(ascii: "*"), UInt8(ascii: "|"):
      endSyllable(endsWord: true, at: index)
      let isSkip = byte == UInt8(ascii: "*")
      items.append(isSkip ? .skip : .barAdvance)
      if isSkip { latestSyllable = nil }
      isBehindHold = false
      hyphenStandsAlone = !isSkip
    case UInt8(ascii: "~"):
      append([UInt8(ascii: " ")], at: index)
    case UInt8(ascii: "\\"):
      return readBackslash(at: index, end: end)
    default:
      append([byte], at: index)
    }
    return index + 1
  }

  /// Text behind a backslash means what ``TextString`` makes of it, but the signs of 5.1 then stand for
  /// themselves.
  private mutating func readBackslash(at index: Int, end: Int) -> Int {
    guard let next = bytes[(index + 1)..<end].first, !next.isLineEnd else {
      // At the end of a line it is an old sign of continuation (ABC 2.1, 10.3), no text.
      return index + 1
    }
    if "-_*|".utf8.contains(next) {
      append([next], at: index)
    } else if next.isBlank {
      if bytes[(index + 1)..<end].allSatisfy({ $0.isBlank || $0.isLineEnd }) { return end }
      append([bytes[index]], at: index)
      return index + 1
    } else {
      // Both, so that the `~` of `\~n` is not taken for a space.
      append([bytes[index], next], at: index)
    }
    return index + 2
  }

  private mutating func append(_ text: [UInt8], at index: Int) {
    if syllable.isEmpty { start = index }
    syllable += text
  }

  private mutating func endSyllable(endsWord: Bool, at end: Int) {
    guard !syllable.isEmpty else { return }
    let text = TextString.decode(syllable, encoding: encoding)
    // The full stop of `o_.` belongs to the `o`, printed behind its line (ABC 2.1, 13.4).
    let isMark = isBehindHold && !syllable.contains { $0.isLetter || $0.isDigit || $0 >= 0x80 }
    if isMark, let latest = latestSyllable, case .syllable(let before, _, let range) = items[latest] {
      items[latest] = .syllable(before + text, endsWord: endsWord, range: range)
    } else {
      latestSyllable = items.count
      items.append(.syllable(text, endsWord: endsWord, range: start..<end))
    }
    syllable = []
    isBehindHold = false
  }

  /// A hyphen apart from its syllable, as in `syll-a -ble`, ties that syllable to the next one all the same.
  private mutating func joinLatestSyllable() {
    guard let latest = latestSyllable, case .syllable(let text, _, let range) = items[latest] else { return }
    items[latest] = .syllable(text, endsWord: false, range: range)
  }

  /// Where the word behind a stanza's number starts, if such a number ends here: `1. Three` is one syllable, as
  /// `1.~Three` is, for the note belongs to the first letter (ABC 2.1, 5.3).
  ///
  /// Figures without a full stop or the like are taken for syllables: lines of them count beats or holes.
  private func wordBehindStanzaNumber(from index: Int, end: Int) -> Int? {
    guard items.isEmpty, let last = syllable.last, ".:)-".utf8.contains(last),
      syllable.first?.isDigit == true, !syllable.contains(where: { $0.isLetter || $0 >= 0x80 }),
      let next = bytes[index..<end].firstIndex(where: { !$0.isBlank }),
      bytes[next].isLetter || bytes[next] >= 0x80 || "'\"(\\&".utf8.contains(bytes[next])
    else { return nil }
    return next
  }
}
