import ABCNotation

/// Where in its text a tune is while it sounds: for each note and rest, in the order of play, its bytes and when it comes,
/// and where bars, beats and parts begin.
public struct ScoreCursor: Sendable {
  /// A note, chord or rest that is played.
  public struct Step: Hashable, Sendable {
    /// When it begins, in ticks of the MIDI file.
    public let tick: Int
    /// When what follows it begins.
    public let endTick: Int
    /// Its bytes in the source.
    public let range: Range<Int>
    /// The bar of the voice that it stands in, counted from 0.
    public let measure: Int
  }

  /// A bar of the first voice as it is played.
  public struct Bar: Hashable, Sendable {
    /// When it begins and ends, in ticks of the MIDI file.
    public let ticks: Range<Int>
    /// Which bar of the voice it is, counted from 0.
    public let measure: Int
    /// When its beats come; those of a bar in free meter are its beginning alone.
    public let beats: [Int]
    /// Whether it begins with a beat, as all but pickups do.
    public let beginsOnBeat: Bool
    /// Whether a part begins with it: behind a repeat sign or double bar, or on the way back.
    public let beginsPart: Bool
  }

  /// For each voice its steps in the order of play.
  public let voices: [[Step]]
  /// The bars of the first voice in the order of play.
  public let bars: [Bar]

  /// The steps of the first voice.
  public var steps: [Step] { voices.first ?? [] }

  /// The steps of a tune; overlays and what has no length are left out.
  ///
  /// - Parameter swing: how the converter lets pairs of short notes share their time.
  /// - Throws: `ConversionError` where the tune is too long.
  public init(_ score: Score, swing: Swing = .byRhythm) throws(ConversionError) {
    let orders = try Unfolding.orders(of: score)
    let share = swing.share(rhythm: score.firstValue(of: "R"))
    voices = orders.indices.map { Self.steps(of: score.voices[$0], orders[$0], share) }
    bars = orders.first.map { Self.bars(of: score.voices[0].measures, $0) } ?? []
  }

  private static func steps(of voice: Voice, _ order: [PlayedMeasure], _ share: Fraction?) -> [Step] {
    let movesInSixteenths = share != nil && voice.movesInSixteenths
    var steps: [Step] = []
    var time = Fraction.zero
    for played in order {
      let measure = voice.measures[played.index]
      let (start, end) = (played.start ?? .zero, played.end ?? measure.length)
      let swung = share.flatMap {
        SwungBar(
          voice.events[measure.events], share: $0, meter: measure.meter,
          lead: Performer.lead(ofMeasure: played.index, voice.measures), movesInSixteenths: movesInSixteenths)
      }
      func tick(_ onset: Fraction) -> Int {
        MIDIConverter.tick(time + (swung?.time(onset) ?? onset) - start)
      }
      for index in measure.events {
        let event = voice.events[index]
        guard event.layer == 0, event.kind != .spacer, event.onset >= start, event.onset < end else {
          continue
        }
        steps.append(
          Step(
            tick: tick(event.onset), endTick: tick(event.onset + event.duration), range: event.range,
            measure: played.index))
      }
      time = time + end - start
    }
    return steps
  }

  private static let beatsAtMost = 256

  private static func bars(of measures: [Measure], _ order: [PlayedMeasure]) -> [Bar] {
    var bars: [Bar] = []
    var time = Fraction.zero
    for (place, played) in order.enumerated() {
      let measure = measures[played.index]
      let (start, end) = (played.start ?? .zero, played.end ?? measure.length)
      let beat = measure.meter.beatLength
      // A pickup's beats are counted from the bar line behind it.
      let lead = Performer.lead(ofMeasure: played.index, measures)
      var beats: [Int] = []
      var offset = beat.map { ((lead + start) / $0).roundedUp * $0 - lead } ?? start
      // A bar may be written longer than any foot taps.
      while offset < end, beats.count < beatsAtMost {
        beats.append(MIDIConverter.tick(time + offset - start))
        guard let beat else { break }
        offset += beat
      }
      let previous = place > 0 ? order[place - 1].index : nil
      let beginsPart =
        previous.map { previous in
          measure.part != nil || played.index <= previous
            || measures[previous].closing?.isSectionEnd == true && measure.ending == nil
        } ?? true
      let ticks = MIDIConverter.tick(time)..<MIDIConverter.tick(time + end - start)
      if !ticks.isEmpty {
        bars.append(
          Bar(
            ticks: ticks, measure: played.index, beats: beats, beginsOnBeat: lead == .zero && start == .zero,
            beginsPart: beginsPart))
      }
      time = time + end - start
    }
    return bars
  }

  /// The index of the step of the first voice that sounds at a tick, or sounded last; nil before the first.
  public func index(atTick tick: Int) -> Int? { Self.index(in: steps, atTick: tick) }

  /// What sounds at a tick in all voices: the bytes of the notes, chords and rests.
  public func ranges(atTick tick: Int) -> [Range<Int>] {
    voices.compactMap { steps in
      guard let index = Self.index(in: steps, atTick: tick), tick < steps[index].endTick else { return nil }
      return steps[index].range
    }
  }

  private static func index(in steps: [Step], atTick tick: Int) -> Int? {
    let next = steps.partitionIndex { $0.tick > tick }
    return next > 0 ? next - 1 : nil
  }
}

extension Meter {
  /// The beat that a foot taps: three notes of a compound meter, one note of any other, a half in 2/2; nil in free meter.
  fileprivate var beatLength: Fraction? {
    guard !isFree, noteValue > 0 else { return nil }
    return Fraction(isCompound ? 3 : 1, noteValue)
  }
}

extension Fraction {
  /// The next whole number, this one if it is whole.
  fileprivate var roundedUp: Fraction {
    guard denominator != 1 else { return self }
    return Fraction(numerator >= 0 ? numerator / denominator + 1 : numerator / denominator)
  }
}
