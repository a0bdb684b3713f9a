import XCTest

@testable import ABCNotation

/// Parses a text in which every expected finding is marked by its code where it starts: `⟦ABC202⟧[CEG|`.
///
/// Checks that the findings are exactly those, that printing the tree gives the text back, that pushing byte by
/// byte through copies of the state gives the same tokens, and that the text still round-trips after each of its
/// tokens is deleted or doubled.
func assertParse(_ marked: String, file: StaticString = #filePath, line: UInt = #line) {
  let (text, expected) = unmark(marked)
  let source = SourceText(name: "test", text: text)
  let tunebook = Tunebook(parsing: source)
  let found = tunebook.diagnostics.map { "\($0.code.rawValue)@\($0.range.lowerBound)" }.sorted()
  XCTAssertEqual(found, expected.sorted(), "\(tunebook.diagnostics.map(\.message))", file: file, line: line)
  assertRoundTrips(source.bytes, file: file, line: line)
  let inTree = tunebook.tree.root.descendantTokens
  XCTAssertEqual(tokens(of: source.bytes), inTree, file: file, line: line)
  for token in inTree {
    var deleted = source.bytes
    deleted.removeSubrange(token.range)
    assertRoundTrips(deleted, file: file, line: line)
    var doubled = source.bytes
    doubled.insert(contentsOf: source.bytes[token.range], at: token.range.upperBound)
    assertRoundTrips(doubled, file: file, line: line)
  }
}

/// A tune around some music, in L:1/8 and 4/4 unless the header says otherwise.
func tune(_ music: String, header: String = "M:4/4\nL:1/8\n", key: String = "C") -> String {
  "X:1\nT:Test\n\(header)K:\(key)\n\(music)\n"
}

extension SyntaxNode {
  /// The tokens below it, in order.
  fileprivate var descendantTokens: [Token] {
    children.flatMap { child in child.token.map { [$0] } ?? child.descendantTokens }
  }
}

func assertRoundTrips(_ bytes: [UInt8], file: StaticString = #filePath, line: UInt = #line) {
  let tree = SyntaxTree(parsing: SourceText(name: "test", bytes: bytes))
  XCTAssertEqual(tree.printed, bytes, "the tree lost text", file: file, line: line)
}

/// The tokens of a text, cut by copies of the state: what a copy emits must not depend on the original.
func tokens(of bytes: [UInt8]) -> [Token] {
  var tokenizer = Tokenizer()
  var tokens: [Token] = []
  for byte in bytes {
    var copy = tokenizer
    copy.push(byte) { tokens.append($0) }
    tokenizer.push(UInt8(ascii: "?")) { _ in }
    tokenizer = copy
  }
  tokenizer.finish { tokens.append($0) }
  return tokens
}

private func unmark(_ marked: String) -> (text: String, expected: [String]) {
  var text = ""
  var expected: [String] = []
  var rest = marked[...]
  while let open = rest.firstIndex(of: "⟦"), let close = rest[open...].firstIndex(of: "⟧") {
    text += rest[..<open]
    expected.append("\(rest[rest.index(after: open)..<close])@\(text.utf8.count)")
    rest = rest[rest.index(after: close)...]
  }
  return (text + rest, expected)
}

/// What the first voice of a tune's music comes to: `onset+duration:pitch` in quarter notes, bar by bar as written.
func notes(_ music: String, header: String = "M:4/4\nL:1/8\n", key: String = "C") -> String {
  let tunebook = Tunebook(parsing: SourceText(name: "test", text: tune(music, header: header, key: key)))
  guard let voice = tunebook.tunes.first?.score.voices.first else { return "" }
  return voice.measures.map { measure in
    voice.events(in: measure).map { event in
      let pitches = voice.notes(of: event).map { String($0.pitch) }.joined(separator: "&")
      return "\(event.onset * Fraction(4))+\(event.duration * Fraction(4)):\(pitches)"
    }.joined(separator: " ")
  }.joined(separator: " | ")
}
