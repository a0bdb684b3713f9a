extension Rule {
  static let unwritableLength = Rule(
    .unwritableLength, section: "4.3",
    summary: "No single note has this length.",
    reason: """
      With dots, a note is worth 1, 3/2, 7/4 or 15/8 of a power of two. Other lengths
      cannot be printed as one note.
      """,
    mend: "Tie two notes: 'C4-C' for five eighths.",
    bad: "C5 E3|]",
    good: "C4-C E3|]",
    check: { tune in
      for voice in tune.score.voices {
        for event in voice.events where event.kind != .measureRest && event.kind != .spacer {
          var length = event.duration
          if let tuplet = event.tuplet {
            let span = voice.tuplets[tuplet]
            length = length * Fraction(span.notes, max(span.time, 1))
          }
          guard length > .zero, !length.isOneNote else { continue }
          tune.report(event.range, "no single note is \(length) long; tie two")
        }
      }
    })
}

extension Fraction {
  /// Whether a note with at most three dots has this length.
  fileprivate var isOneNote: Bool {
    guard denominator & (denominator - 1) == 0 else { return false }
    let odd = numerator >> numerator.trailingZeroBitCount
    return [1, 3, 7, 15].contains(odd)
  }
}
