import XCTest

@testable import ABCNotation

/// Where many bytes are at hand, whole notes and marks are read at once. It must come to the same as reading byte by
/// byte, wherever the text is cut.
final class ReadingAtOnceTests: XCTestCase {
  func testCollectionsAreReadTheSame() {
    var breaker = TextBreaker(seed: 1)
    for book in Collections.books.joined() { assertReadTheSame(book.bytes, book.name, &breaker.generator) }
  }

  func testBrokenTunesAreReadTheSame() {
    var breaker = TextBreaker(seed: 2)
    for round in 0..<500 {
      assertReadTheSame(breaker.broken(breaker.slice()), "round \(round)", &breaker.generator)
    }
  }

  func testNonsenseIsReadTheSame() {
    var breaker = TextBreaker(seed: 3)
    for _ in 0..<5000 {
      let bytes = breaker.header() + breaker.nonsense()
      assertReadTheSame(bytes, TextEncoding.decode(bytes).debugDescription, &breaker.generator)
    }
  }

  /// What stands for a macro or an old chord is read from within a line of music.
  func testNonsenseWithinALineIsReadTheSame() {
    var breaker = TextBreaker(seed: 4)
    for _ in 0..<5000 {
      var bytes = Array(breaker.nonsense().drop(while: \.isLineEnd).prefix { !$0.isLineEnd })
      if !bytes.isEmpty, Bool.random(using: &breaker.generator) { bytes.append(UInt8(ascii: "\n")) }
      let name = TextEncoding.decode(bytes).debugDescription
      let empty = SyntaxTreeBuilder(capacity: bytes.count)
      let trees = readings(of: bytes, from: .inMusic(), into: empty, &breaker.generator) {
        $0.finishLine(into: &$1)
      }
      for tree in trees.dropFirst() { assertEqual(tree, trees[0], name) }
    }
  }

  func testAReportFindsTheSameAsATunebook() {
    var breaker = TextBreaker(seed: 5)
    for book in Collections.books.joined() { assertReportsAgree(book.bytes, book.name) }
    for round in 0..<500 { assertReportsAgree(breaker.broken(breaker.slice()), "round \(round)") }
    for _ in 0..<5000 {
      let bytes = breaker.header() + breaker.nonsense()
      assertReportsAgree(bytes, TextEncoding.decode(bytes).debugDescription)
    }
  }

  /// Texts that are long enough to be read by more than one thread, with lines among them that could change the tunes
  /// behind.
  func testALongTextReadInPiecesIsTheSame() {
    var breaker = TextBreaker(seed: 6)
    for round in 0..<20 {
      // At the start they are a file header.
      var bytes = breaker.lines()
      while bytes.count < 150_000 {
        let slice = breaker.slice()
        bytes += Bool.random(using: &breaker.generator) ? slice : breaker.broken(slice)
        bytes += Array("\n".utf8) + breaker.lines()
      }
      assertReportsAgree(bytes, "round \(round)")
      let source = SourceText(name: "", bytes: bytes)
      let whole = TunebookReader(source, keepsScore: true, threads: 1)
      let inPieces = TunebookReader(source, keepsScore: true)
      assertEqual(inPieces, whole, "round \(round)")
      XCTAssertTrue(inPieces.fileDiagnostics == whole.fileDiagnostics, "round \(round)")
    }
  }

  // MARK: - Help

  /// A text read at once, byte by byte, and in pieces.
  private func readings<Sink: SyntaxSink>(
    of bytes: [UInt8], from start: SyntaxReader = SyntaxReader(), into empty: Sink,
    _ generator: inout SplitMix,
    end: (inout SyntaxReader, inout Sink) -> Void = { $0.finish(into: &$1) }
  ) -> [Sink] {
    var readers = Array(repeating: start, count: 3)
    var sinks = Array(repeating: empty, count: 3)
    readers[0].read(bytes, into: &sinks[0])
    for byte in bytes { readers[1].push(byte, into: &sinks[1]) }
    var rest = bytes[...]
    let longest = Int.random(in: 1...(bytes.count / 4 + 2), using: &generator)
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...longest, using: &generator))
      readers[2].read(Array(piece), into: &sinks[2])
      rest = rest.dropFirst(piece.count)
    }
    for index in readers.indices { end(&readers[index], &sinks[index]) }
    return sinks
  }

  private func assertReadTheSame(
    _ bytes: [UInt8], _ name: String, _ generator: inout SplitMix, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let trees = readings(of: bytes, into: SyntaxTreeBuilder(capacity: bytes.count), &generator)
    for tree in trees.dropFirst() { assertEqual(tree, trees[0], name, file: file, line: line) }
    for keepsScore in [true, false] {
      var interpreter = Interpreter(keepsScore: keepsScore)
      interpreter.text = TextWindow(bytes: bytes, base: 0, encoding: TextEncoding(detecting: bytes))
      let found = readings(of: bytes, into: interpreter, &generator) {
        $0.finish(into: &$1)
        $1.finish()
      }
      for other in found.dropFirst() {
        assertEqual(other, found[0], name, file: file, line: line)
        XCTAssertTrue(other.fileDiagnostics == found[0].fileDiagnostics, name, file: file, line: line)
      }
    }
  }

  private func assertReportsAgree(
    _ bytes: [UInt8], _ name: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    let source = SourceText(name: name, bytes: bytes)
    let tunebook = Tunebook(parsing: source)
    for report in [ValidationReport(checking: source), ValidationReport(checking: source, threads: 1)] {
      XCTAssertTrue(report.diagnostics == tunebook.diagnostics, name, file: file, line: line)
      XCTAssertEqual(report.tunes.map(\.range), tunebook.tunes.map(\.range), name, file: file, line: line)
    }
  }

  private func assertEqual(
    _ left: SyntaxTreeBuilder, _ right: SyntaxTreeBuilder, _ name: String, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let isEqual = left.entries.elementsEqual(right.entries) {
      ($0.kind, $0.isToken, $0.lead, $0.start, $0.end, $0.next)
        == ($1.kind, $1.isToken, $1.lead, $1.start, $1.end, $1.next)
    }
    XCTAssertTrue(isEqual, "the trees of \(name) differ", file: file, line: line)
    XCTAssertTrue(left.diagnostics == right.diagnostics, name, file: file, line: line)
  }

  private func assertEqual(
    _ left: some Reader, _ right: some Reader, _ name: String, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssertTrue(
      left.results.map(\.diagnostics) == right.results.map(\.diagnostics), "other findings in \(name)",
      file: file, line: line)
    XCTAssertTrue(
      left.scores.map(Facts.init) == right.scores.map(Facts.init), "other scores of \(name)", file: file,
      line: line)
  }
}

/// What a score says, and where it stands.
private struct Facts: Equatable {
  let sound: Sound
  var places: [Range<Int>]
  var fields: [String]
  var directives: [Score.Directive]
  var attachments: [[Attachment]]
  var tuplets: [[TupletSpan]]
  var lyrics: [[Lyric]]

  init(_ score: Score) {
    sound = Sound(score)
    places = [score.range]
    for voice in score.voices {
      places += voice.measures.map(\.range) + voice.events.map(\.range) + voice.notes.map(\.range)
    }
    fields = score.header.map { "\($0.letter):\($0.value)" } + score.words
    directives = score.directives
    attachments = score.voices.map(\.attachments)
    tuplets = score.voices.map(\.tuplets)
    lyrics = score.voices.map(\.lyrics)
  }
}

/// What has read tunes, from one text or from pieces of it.
private protocol Reader {
  var results: [Interpreter.Result] { get }
  var scores: [Score] { get }
}

extension Interpreter: Reader {}
extension TunebookReader: Reader {}
