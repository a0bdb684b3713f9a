/// Tokenizer and parser together: reads bytes into a sink.
struct SyntaxReader: Sendable {
  private(set) var tokenizer = Tokenizer()
  private(set) var parser = Parser()

  /// Starts at an offset of the text where a file or a tune may begin.
  init(at offset: Int = 0) {
    tokenizer.start(at: offset)
  }

  /// Starts within a line of music in the body of a tune, which stands for another line.
  static func inMusic() -> SyntaxReader {
    var reader = SyntaxReader()
    reader.tokenizer.section = .body
    reader.tokenizer.state = .music
    reader.parser.enterBody()
    return reader
  }

  /// Takes the next bytes.
  @inline(__always)
  mutating func read<Sink: SyntaxSink>(_ bytes: [UInt8], into sink: inout Sink) {
    var index = 0
    while index < bytes.count {
      if tokenizer.state == .lineStart { tokenizer.startMusicLine(of: bytes, at: index) }
      if tokenizer.state == .music, parser.canTakeNote {
        if let note = tokenizer.takeNote(of: bytes, at: &index) {
          parser.beginNote(at: note.start, into: &sink)
          sink.append(note)
          continue
        }
        if let token = tokenizer.takeMark(of: bytes, at: &index) {
          parser.push(token, into: &sink)
          continue
        }
      }
      let byte = bytes[index]
      if tokenizer.isEnded(by: byte) {
        tokenizer.endToken { parser.push($0, into: &sink) }
        continue
      }
      index += 1
      push(byte, into: &sink)
      tokenizer.takeText(of: bytes, at: &index)
    }
  }

  /// Takes the next byte.
  @inline(__always)
  mutating func push<Sink: SyntaxSink>(_ byte: UInt8, into sink: inout Sink) {
    tokenizer.push(byte) { parser.push($0, into: &sink) }
  }

  /// The text is over.
  mutating func finish<Sink: SyntaxSink>(into sink: inout Sink) {
    tokenizer.finish { parser.push($0, into: &sink) }
    parser.finish(at: tokenizer.position, into: &sink)
  }

  /// The line that stands for another one is over.
  mutating func finishLine<Sink: SyntaxSink>(into sink: inout Sink) {
    tokenizer.finish { parser.push($0, into: &sink) }
    parser.leaveBody(into: &sink)
  }
}
