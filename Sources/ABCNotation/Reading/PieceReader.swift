/// Reads one piece of a text.
struct PieceReader {
  private var reader: SyntaxReader
  private(set) var interpreter: Interpreter

  init(_ source: SourceText, _ range: Range<Int>, keepsScore: Bool, defaults: TuneState?) {
    // A copy of its own: threads that count references to one array wait for each other.
    let isWhole = range.count == source.bytes.count
    let window = TextWindow(
      bytes: isWhole ? source.bytes : Array(source.bytes[range]), base: range.lowerBound,
      encoding: source.encoding)
    interpreter = Interpreter(keepsScore: keepsScore)
    interpreter.text = window
    if let defaults {
      interpreter.defaults = defaults
      interpreter.hasSeenTune = true
    }
    reader = SyntaxReader(at: range.lowerBound)
  }

  mutating func read(style: [Rule] = []) {
    reader.read(interpreter.text.bytes, into: &interpreter)
    reader.finish(into: &interpreter)
    interpreter.finish()
    for diagnostic in CharacterRule.findings(in: interpreter.text) { interpreter.add(diagnostic) }
    guard !style.isEmpty else { return }
    for score in interpreter.scores {
      for diagnostic in TuneInspection.findings(in: interpreter.text, score, style) {
        interpreter.add(diagnostic)
      }
    }
  }
}
