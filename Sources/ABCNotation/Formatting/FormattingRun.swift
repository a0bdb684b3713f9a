/// Writes the lines of one text in house style, and makes sure of each that it is read as it was meant.
struct FormattingRun {
  private let dialect: Dialect
  private var reader = LineReader()
  private var joint = LineJoint.none
  private var lastIsEmpty = false
  /// What has been written.
  private(set) var output: [UInt8] = []

  init(dialect: Dialect) {
    self.dialect = dialect
  }

  /// Writes all lines. False if one of them cannot be written at all.
  mutating func write(_ lines: [SourceLine]) -> Bool {
    for line in lines where !line.isByteOrderMark {
      if line.startsTune { joint = .none }
      if let bytes = line.bytesIfHuge {
        reader.pass(bytes)
        output += bytes
        joint = .none
        lastIsEmpty = false
        continue
      }
      if line.isEmpty, !reader.isVerbatim {
        writeEmptyLine()
      } else if !write(line) {
        return false
      }
    }
    // The text ends with the last line that holds anything.
    while output.suffix(2) == [UInt8(ascii: "\n"), UInt8(ascii: "\n")] { output.removeLast() }
    if output == [UInt8(ascii: "\n")] { output = [] }
    return true
  }

  /// One empty line stands for many; before the first line there is none.
  private mutating func writeEmptyLine() {
    joint = .none
    guard !output.isEmpty, !lastIsEmpty else { return }
    lastIsEmpty = true
    output.append(UInt8(ascii: "\n"))
    _ = reader.read([UInt8(ascii: "\n")])
  }

  /// Lays out a line until that changes nothing more: so the whole text, laid out again, stays as it is.
  private mutating func write(_ line: SourceLine) -> Bool {
    var line = line
    for _ in 0..<8 {
      let text = line.pieces.text
      guard let (reading, reader) = layOut(line) else { return false }
      let isSettled = reading.pieces.text == text
      line = SourceLine(pieces: reading.pieces, like: line)
      if isSettled {
        self.reader = reader
        break
      }
    }
    let text = line.pieces.text
    if reader.position != output.count + text.count { _ = reader.read(text) }
    output += text
    lastIsEmpty = text.count == 1
    if line.kind == .musicLine { joint = joint.after(line.pieces) }
    return true
  }

  /// The first layout of a line that is read as it was meant, and the reader behind it.
  private func layOut(_ line: SourceLine) -> (LineReader.Reading, LineReader)? {
    for number in 0... {
      guard let pieces = layout(number, of: line) else { return nil }
      var copy = reader
      let reading = copy.read(pieces.text)
      if reading.agrees(with: pieces, of: line) { return (reading, copy) }
    }
    return nil
  }

  /// The ways to lay out a line, the best one first, the line itself last; nil behind that.
  private func layout(_ number: Int, of line: SourceLine) -> [LinePiece]? {
    if reader.isVerbatim, line.kind != .fieldLine, !FieldStyle.endsBlock(line.pieces) {
      return number == 0 ? line.pieces : nil
    }
    switch (line.kind, number) {
    case (.fieldLine, 0): return FieldStyle.layOut(line.pieces, isContinued: line.isContinued)
    case (.directiveLine, 0): return FieldStyle.layOutDirective(line.pieces)
    case (.musicLine, 0..<4) where !dialect.hasMacros(in: line):
      return musicLayout(number, of: line.pieces.trimmedAtEnd)
    case (_, ..<5): return line.pieces.trimmedAtEnd
    case (_, 5): return line.pieces
    default: return nil
    }
  }

  /// A line of music in house style; where signs would run into each other, with more of its blanks, and where
  /// that does not help either, in its own spelling.
  private func musicLayout(_ number: Int, of pieces: [LinePiece]) -> [LinePiece] {
    if pieces.allSatisfy({ $0.token == nil || [.space, .comment, .newline].contains($0.token) }) {
      // Without the blanks before it, a comment is a line of another kind that says the same.
      return [LinePiece(kind: .open(.commentLine))] + pieces.dropFirst().filter { !$0.isBlank }
    }
    let pieces = number < 2 ? MusicStyle(dialect: dialect).spell(pieces) : pieces
    return number % 2 == 0
      ? MusicSpacing.close(pieces, after: joint) : MusicSpacing.collapse(pieces, after: joint)
  }
}
