/// `ABC506` and `ABC512`: the voices of a tune go together, and those that a directive names are there.
enum VoiceRule {
  /// What counts of a voice.
  struct Extent {
    let identifier: String
    let bars: Int
    let end: Int
  }

  /// The voices that have music, in the order in which they come.
  static func compare(_ voices: [Extent], _ diagnostics: inout DiagnosticList) {
    guard let longest = voices.max(by: { $0.bars < $1.bars }) else { return }
    for voice in voices where voice.bars != longest.bars {
      diagnostics.append(
        Diagnostic(
          .unequalVoices, max(voice.end - 1, 0)..<voice.end,
          "voice \(voice.identifier) has \(bars(voice.bars)) and voice \(longest.identifier) \(longest.bars)")
      )
    }
  }

  private static func bars(_ count: Int) -> String { count == 1 ? "one bar" : "\(count) bars" }

  /// The names in a `%%score` or `%%staves` directive that no voice has.
  static func unknown(in directive: String, _ known: (String) -> Bool) -> String? {
    directive.split { " \t(){}[]|*+~".contains($0) }.map(String.init).first { !known($0) }
  }
}
