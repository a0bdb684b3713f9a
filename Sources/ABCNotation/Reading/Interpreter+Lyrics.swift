/// Lyrics and symbol lines.
extension Interpreter {
  mutating func startLyricLine(_ letter: UInt8, _ range: Range<Int>) {}
  mutating func continueLyricLine(_ range: Range<Int>) {}
  mutating func endLyricLine() {}
  mutating func finishLyrics() {}
}
