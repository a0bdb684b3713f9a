extension Rule {
  static let missingSyllables = Rule(
    .missingSyllables, section: "5.1",
    summary: "A line of lyrics has fewer syllables than the music has notes.",
    reason: "Words may have been lost; at the end of a line '*' says that a note has none.",
    mend: "Write '_' for a syllable that is held and '*' for a note without words.",
    bad: """
      C4 D2 E2|]
      w: one two
      """,
    good: """
      C4 D2 E2|]
      w: one two *
      """,
    check: { tune in
      for voice in tune.score.voices { LyricGap.report(in: voice, &tune) }
    })
}

/// Notes without syllables at the end of a line that has some.
private enum LyricGap {
  static func report(in voice: Voice, _ tune: inout TuneInspection) {
    guard !voice.lyrics.isEmpty else { return }
    for field in tune.fieldLines where field.letter == UInt8(ascii: "w") {
      let own = voice.lyrics.filter { field.text.contains($0.range.lowerBound) }
      guard let last = own.max(by: { $0.event < $1.event }) else { continue }
      // The notes between the last syllable with what it is held for and the lyrics.
      let end = field.line.lowerBound
      let rest = voice.events.indices.filter { index in
        let event = voice.events[index]
        return index > last.event && event.range.lowerBound < end
          && (event.kind == .note || event.kind == .chord)
      }
      let signs = field.text.count {
        tune.text[$0] == UInt8(ascii: "*") || tune.text[$0] == UInt8(ascii: "|")
      }
      let missing = rest.count - last.holds - signs
      guard missing > 0 else { continue }
      tune.report(
        field.text.upperBound..<field.text.upperBound,
        "\(missing) \(missing == 1 ? "note" : "notes") of the music above have no syllable")
    }
  }
}
