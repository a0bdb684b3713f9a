import ABCNotation

/// Something that plays a pattern over and over: the chords or the drums.
protocol PatternPlayer {
  /// What a stroke of the pattern is.
  associatedtype Sound: Hashable & Sendable
  /// The pattern as it lies over the bars; nil where there is none.
  var grid: StrokeGrid<Sound>? { get }
  /// Goes over to another meter. Returns whether the pattern starts anew.
  mutating func enter(_ meter: Meter) -> Bool
  /// Heeds an instruction. Returns whether the pattern starts anew.
  mutating func apply(_ instruction: AccompanimentPlan.Instruction, at onset: Fraction) -> Bool
  /// Plays a stroke; onset and end in whole notes from the start of the tune.
  mutating func strike(_ sound: Sound, from onset: Fraction, to end: Fraction)
  /// Ends what still sounds.
  mutating func cut(at moment: Fraction)
}

/// Leads a player through a plan.
///
/// A pattern starts with a bar. In a bar longer than the pattern it starts over, where abc2midi falls silent: such
/// bars are rests over several bars, or have lost their bar lines. A pattern over several bars starts with the
/// bar behind its command and goes on from bar to bar; the pickup of the tune does not count. What sounds when a
/// pattern starts anew is cut off.
struct PatternSweep<Player: PatternPlayer> {
  private let plan: AccompanimentPlan
  private var nextInstruction = 0
  /// The number of bars so far, and how many there were when the pattern began.
  private var bar = 0
  private var patternBar = 0
  /// How many times more the pattern may be played. Bounds the work for bars of absurd length.
  private var rounds: Int

  static func play(_ plan: AccompanimentPlan, with player: inout Player) {
    var sweep = PatternSweep(plan)
    sweep.play(&player)
  }

  private init(_ plan: AccompanimentPlan) {
    self.plan = plan
    rounds = plan.bars.count + PatternSweepLimit.extraRounds
  }

  private mutating func play(_ player: inout Player) {
    var meter: Meter?
    // After a bar of another length than the meter's a pattern over several bars has lost its thread.
    var isBroken = true
    for span in BarSpans(plan.bars) {
      if span.meter != meter {
        meter = span.meter
        if player.enter(span.meter) { patternBar = bar }
      }
      while let timed = takeInstruction(before: span.onset, orAt: true) {
        if player.apply(timed.instruction, at: timed.onset) { patternBar = bar }
      }
      var start: Fraction? = span.onset
      while let from = start {
        let segment = player.grid.map { max(bar - patternBar, 0) % $0.bars } ?? 0
        if from > span.onset || segment == 0 || isBroken { player.cut(at: from) }
        start = play(&player, span, segment: segment, from: from)
        // A pattern that begins within a bar counts its bars from the next one.
        if start != nil { patternBar = bar + span.count }
      }
      if let grid = player.grid {
        isBroken = span.end - span.onset != grid.barLength * Fraction(span.count)
      }
      bar += span.count
    }
    player.cut(at: plan.end)
  }

  /// Plays a bar from a moment on. Returns the moment at which the pattern starts anew; nil at the end of the bar.
  private mutating func play(_ player: inout Player, _ span: BarSpan, segment: Int, from: Fraction)
    -> Fraction?
  {
    if let grid = player.grid {
      let start = span.onset - grid.barLength * Fraction(segment)
      let passed = (from - start) / grid.length
      var round = start + grid.length * Fraction(passed.numerator / passed.denominator)
      while round < span.end, rounds > 0 {
        rounds -= 1
        for stroke in grid.strokes {
          let onset = round + stroke.start
          guard onset >= from else { continue }
          guard onset < span.end else { break }
          while let timed = takeInstruction(before: onset, orAt: true) {
            if player.apply(timed.instruction, at: timed.onset) { return timed.onset }
          }
          player.strike(stroke.sound, from: onset, to: round + stroke.end)
        }
        let next = round + grid.length
        guard next > round else { break }
        round = next
      }
    }
    while let timed = takeInstruction(before: span.end, orAt: false) {
      if player.apply(timed.instruction, at: timed.onset) { return timed.onset }
    }
    return nil
  }

  private mutating func takeInstruction(before moment: Fraction, orAt isInclusive: Bool)
    -> AccompanimentPlan.TimedInstruction?
  {
    guard nextInstruction < plan.instructions.count else { return nil }
    let timed = plan.instructions[nextInstruction]
    guard isInclusive ? timed.onset <= moment : timed.onset < moment else { return nil }
    nextInstruction += 1
    return timed
  }
}

private enum PatternSweepLimit {
  /// As many rounds as a voice may have bars, beyond one for each bar.
  static let extraRounds = 20_000
}
