extension Rule {
  static let pitchOutOfRange = Rule(
    .pitchOutOfRange, section: "4.1",
    summary: "A note is higher or lower than any instrument plays.",
    reason: "MIDI has no such note, so it is not played.",
    mend: "Take octave marks away.",
    bad: "C,,,,,,,4 C4|",
    good: "C,4 C4|")
}
