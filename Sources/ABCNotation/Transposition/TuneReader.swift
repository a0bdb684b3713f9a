/// Reads the text of one tune, or of a file header, by itself.
enum TuneReader {
  /// What a file header says to the tunes behind it.
  static func defaults(_ header: [UInt8], _ encoding: TextEncoding) -> TuneState {
    var reader = interpreter(header, encoding, nil)
    feed(header, to: &reader)
    return reader.defaults
  }

  /// What a tune says; nil if there is none in the text.
  static func score(_ text: [UInt8], _ encoding: TextEncoding, _ defaults: TuneState) -> Score? {
    var reader = interpreter(text, encoding, defaults)
    feed(text, to: &reader)
    reader.finish()
    return reader.results.first?.score
  }

  /// An interpreter that has read the file header.
  static func interpreter(_ text: [UInt8], _ encoding: TextEncoding, _ defaults: TuneState?) -> Interpreter {
    var interpreter = Interpreter(keepsScore: true)
    interpreter.text = TextWindow(bytes: text, base: 0, encoding: encoding)
    if let defaults {
      interpreter.defaults = defaults
      interpreter.hasSeenTune = true
    }
    return interpreter
  }

  /// Hands to a sink what the parser finds in a text.
  static func feed<Sink: SyntaxSink>(_ text: [UInt8], to sink: inout Sink) {
    var tokenizer = Tokenizer()
    var parser = Parser()
    for byte in text { tokenizer.push(byte) { parser.push($0, into: &sink) } }
    tokenizer.finish { parser.push($0, into: &sink) }
    parser.finish(at: text.count, into: &sink)
  }

  /// Hands to a sink what the parser finds in a piece of a line of music.
  static func feed<Sink: SyntaxSink>(music: [UInt8], to sink: inout Sink) {
    var tokenizer = Tokenizer()
    tokenizer.section = .body
    tokenizer.state = .music
    var parser = Parser()
    parser.enterBody()
    for byte in music { tokenizer.push(byte) { parser.push($0, into: &sink) } }
    tokenizer.finish { parser.push($0, into: &sink) }
    parser.leaveBody(into: &sink)
  }
}
