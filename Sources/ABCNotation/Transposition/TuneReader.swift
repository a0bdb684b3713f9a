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
    return reader.scores.first
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
    var reader = SyntaxReader()
    reader.read(text, into: &sink)
    reader.finish(into: &sink)
  }

  /// Hands to a sink what the parser finds in a piece of a line of music.
  static func feed<Sink: SyntaxSink>(music: [UInt8], to sink: inout Sink) {
    var reader = SyntaxReader.inMusic()
    reader.read(music, into: &sink)
    reader.finishLine(into: &sink)
  }
}
