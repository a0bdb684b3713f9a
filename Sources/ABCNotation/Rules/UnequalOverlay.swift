extension Rule {
  static let unequalOverlay = Rule(
    .unequalOverlay, section: "7.4",
    summary: "An overlay is longer or shorter than the bar it lies over.",
    reason: "What sounds together from '&' on should end together.",
    mend: "Fill the shorter one with rests, 'x' if they are not to be seen.",
    bad: "C8&E4|]",
    good: "C8&E4x4|]",
    check: { tune in
      for voice in tune.score.voices {
        for measure in voice.measures {
          var lengths: [Int: Fraction] = [:]
          var lastEnd = 0
          for event in voice.events(in: measure) where event.kind != .spacer {
            lengths[event.layer, default: .zero] += event.duration
            if event.layer > 0 { lastEnd = max(lastEnd, event.range.upperBound) }
          }
          guard lengths.count > 1, let first = lengths[0],
            let other = lengths.first(where: { $0.value != first })?.value
          else { continue }
          tune.report((lastEnd - 1)..<lastEnd, "this overlay is \(other) long, its bar \(first)")
        }
      }
    })
}
