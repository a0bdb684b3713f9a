/// Grace notes (ABC 2.1, 4.12).
extension Interpreter {
  mutating func beginGrace() {
    inGrace = true
    graceBreak = nil
    guard inTune, !isMuted else { return }
    if tune.inHeader { tune.endHeader(at: latestEnd) }
    if tune.voices[tune.voice].firstGrace == nil {
      tune.voices[tune.voice].firstGrace = tune.voices[tune.voice].voice.notes.count
      tune.voices[tune.voice].graceIsAcciaccatura = false
    }
  }

  mutating func appendGrace(_ note: WrittenNote, _ range: Range<Int>) {
    let written = tune.voices[tune.voice].sound(
      note, range, tune.propagation, isGrace: true, &tune.diagnostics)
    guard let pending = graceBreak else { return }
    graceBreak = nil
    let last = tune.voices[tune.voice].voice.notes.count - 1
    tune.voices[tune.voice].voice.notes[last].duration = written * pending.factor
  }

  mutating func readInGrace(_ token: Token) {
    guard inTune else { return }
    switch token.kind {
    case .graceOpen:
      if token.range.count > 1 { tune.voices[tune.voice].graceIsAcciaccatura = true }
    case .brokenRhythm:
      // `{a>b}`: only the lengths of the grace notes to each other.
      let last = tune.voices[tune.voice].voice.notes.count - 1
      guard let first = tune.voices[tune.voice].firstGrace, last >= first, token.range.count <= 30 else {
        return
      }
      let short = Fraction(1, 1 << token.range.count)
      let long = Fraction(2) - short
      let isLong = token.lead == UInt8(ascii: ">")
      let old = tune.voices[tune.voice].voice.notes[last].duration
      tune.voices[tune.voice].voice.notes[last].duration = old * (isLong ? long : short)
      graceBreak = (isLong ? short : long, first)
    case .slurOpen: tune.slurs.begin(place(token.range))
    case .slurClose: tune.slurs.end(place(token.range), &tune.diagnostics)
    default: break
    }
  }
}
