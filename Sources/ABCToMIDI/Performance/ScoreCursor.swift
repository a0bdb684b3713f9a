import ABCNotation

/// Where in its text a tune is while it sounds: for each note and rest of the first voice, in the order of play, its bytes
/// and when it comes.
public struct ScoreCursor: Sendable {
  /// A note, chord or rest that is played.
  public struct Step: Hashable, Sendable {
    /// When it begins, in ticks of the MIDI file.
    public let tick: Int
    /// Its bytes in the source.
    public let range: Range<Int>
    /// The bar of the voice that it stands in, counted from 0.
    public let measure: Int
  }

  /// The steps in the order of play.
  public let steps: [Step]

  /// The steps of the first voice as written, without swing; overlays and what has no length are left out.
  ///
  /// - Throws: `ConversionError` where the tune is too long.
  public init(_ score: Score) throws(ConversionError) {
    guard let voice = score.voices.first, let order = try Unfolding.orders(of: score).first else {
      steps = []
      return
    }
    var steps: [Step] = []
    var time = Fraction.zero
    for played in order {
      let measure = voice.measures[played.index]
      let (start, end) = (played.start ?? .zero, played.end ?? measure.length)
      for index in measure.events {
        let event = voice.events[index]
        guard event.layer == 0, event.kind != .spacer, event.onset >= start, event.onset < end else {
          continue
        }
        let tick = MIDIConverter.tick(time + event.onset - start)
        steps.append(Step(tick: tick, range: event.range, measure: played.index))
      }
      time = time + end - start
    }
    self.steps = steps
  }

  /// The index of the step that sounds at a tick; nil before the first.
  public func index(atTick tick: Int) -> Int? {
    let next = steps.partitionIndex { $0.tick > tick }
    return next > 0 ? next - 1 : nil
  }
}
