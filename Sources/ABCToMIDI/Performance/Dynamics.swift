import ABCNotation

/// How hard the notes of a voice are struck: by their place in the bar, by dynamics and hairpins.
///
/// The levels are abc2midi's: without any mark a bar's first note has 105, notes on a beat 95, others 80.
struct Dynamics: Sendable {
  private struct Hairpin {
    let onset: Fraction
    let firstNote: Int
    let isCrescendo: Bool
    let start: Level
  }

  /// What the first note of a bar, a note on a beat and any other note have.
  struct Level: Hashable, Sendable {
    var first: Int
    var strong: Int
    var weak: Int

    /// The levels of `!p!` and the like.
    static let marks: [String: Level] = [
      "pppp": Level(first: 20, strong: 12, weak: 8), "ppp": Level(first: 30, strong: 20, weak: 10),
      "pp": Level(first: 45, strong: 35, weak: 20), "p": Level(first: 60, strong: 50, weak: 35),
      "mp": Level(first: 75, strong: 65, weak: 50), "mf": Level(first: 90, strong: 80, weak: 65),
      "f": Level(first: 105, strong: 95, weak: 80), "ff": Level(first: 120, strong: 110, weak: 95),
      "fff": Level(first: 127, strong: 125, weak: 110), "ffff": Level(first: 127, strong: 127, weak: 125),
    ]

    func louder(by step: Int) -> Level {
      Level(first: first + step, strong: strong + step, weak: weak + step)
    }
  }

  /// How loud it is now, and where in the bar.
  private(set) var stress = Stress()

  private(set) var level: Level {
    get { stress.level }
    set { stress.level = newValue }
  }

  private var hairpinStep = 15
  private var hairpin: Hairpin?
  /// The levels at the start of bars that have been played: a repeat begins as loud as it began before.
  private var levels: [Level?] = []
  private var latestMeasure = -1

  /// Whether a hairpin is open.
  var isInHairpin: Bool { hairpin != nil }

  /// Whether a decoration is a mark such as `p`, not a hairpin.
  static func isMark(_ decoration: String) -> Bool { Level.marks[decoration] != nil }

  /// Makes room for what is remembered of so many bars.
  mutating func reserve(measures: Int) { levels.reserveCapacity(measures) }

  /// A bar begins.
  mutating func enter(measure: Int) {
    if measure != latestMeasure + 1 {
      hairpin = nil
      if measure < levels.count, let before = levels[measure] { level = before }
    }
    while levels.count <= measure { levels.append(nil) }
    if levels[measure] == nil { levels[measure] = level }
    latestMeasure = measure
  }

  /// Obeys a command; other commands change nothing.
  mutating func obey(_ command: VoiceCommand) {
    switch command {
    case .beat(let first, let strong, let weak, let every):
      level = Level(first: first, strong: strong, weak: weak)
      stress.every = every
    case .louder(let step): level = level.louder(by: step)
    case .beatString(let letters): stress.pattern = letters
    case .beatAccents(let accents): stress.accentsBeats = accents
    case .hairpinStep(let step): hairpinStep = step
    default: break
    }
  }

  /// Obeys a decoration of a note that starts at `onset`; `notes` are those before it.
  mutating func obey(_ decoration: String, at onset: Fraction, notes: inout [TimedNote]) {
    if let mark = Level.marks[decoration] {
      if hairpin != nil { close(at: onset, level: mark, &notes) }
      level = mark
      return
    }
    switch decoration {
    case "crescendo(", "<(": open(isCrescendo: true, at: onset, notes.count)
    case "diminuendo(", ">(": open(isCrescendo: false, at: onset, notes.count)
    case "crescendo)", "<)", "diminuendo)", ">)":
      guard let hairpin else { return }
      let step = hairpin.isCrescendo ? 2 * hairpinStep : -2 * hairpinStep
      close(at: onset, level: hairpin.start.louder(by: step), &notes)
    default: break
    }
  }

  private mutating func open(isCrescendo: Bool, at onset: Fraction, _ count: Int) {
    hairpin = Hairpin(onset: onset, firstNote: count, isCrescendo: isCrescendo, start: level)
  }

  /// Ends a hairpin: its notes grow evenly from the level of its start to another.
  private mutating func close(at onset: Fraction, level end: Level, _ notes: inout [TimedNote]) {
    guard let hairpin, onset > hairpin.onset else { return }
    let length = (onset - hairpin.onset).value
    let growth = Double(end.strong - hairpin.start.strong)
    for index in hairpin.firstNote..<notes.count {
      let share = (notes[index].onset - hairpin.onset).value / length
      notes[index].velocity = Stress.bounded(notes[index].velocity + Int((growth * share).rounded()))
    }
    level = end
    self.hairpin = nil
  }
}

extension Dynamics {
  /// How hard notes are struck by their place in the bar; small, since it is asked for every note.
  struct Stress: Sendable {
    var level = Level(first: 105, strong: 95, weak: 80)
    var every: Int?
    var pattern: [UInt8] = []
    var accentsBeats = true

    /// How hard a note is struck.
    ///
    /// - Parameters:
    ///   - position: where in the bar, in whole notes; in a pickup, where it would be in a whole bar.
    ///   - extra: more than its place in the bar asks for, as an accent does.
    @inline(__always)
    func velocity(at position: Fraction, meter: Meter, extra: Int) -> Int {
      Self.bounded(placed(position, meter) + extra)
    }

    static func bounded(_ velocity: Int) -> Int { min(max(velocity, 1), 127) }

    @inline(__always)
    private func placed(_ position: Fraction, _ meter: Meter) -> Int {
      guard accentsBeats else { return level.strong }
      // Both are powers of two, or the place is none that the meter counts.
      let denominator = position.denominator
      guard denominator <= meter.noteValue, denominator & (denominator - 1) == 0 else { return level.weak }
      let place = position.numerator * (meter.noteValue >> denominator.trailingZeroBitCount)
      if !pattern.isEmpty { return patterned(place) }
      if position == .zero { return level.first }
      if let every { return place % every == 0 ? level.strong : level.weak }
      return meter.isBeat(place) ? level.strong : level.weak
    }

    @inline(never)
    private func patterned(_ place: Int) -> Int {
      guard place < pattern.count else { return level.weak }
      switch pattern[place] {
      case UInt8(ascii: "f"): return level.first
      case UInt8(ascii: "m"): return level.strong
      default: return level.weak
      }
    }
  }
}

extension Meter {
  /// Whether a beat starts so many note values behind the start of a bar. Compound meters beat in threes, sums
  /// at each of their numbers.
  func isBeat(_ place: Int) -> Bool {
    guard isSum else { return isCompound ? place % 3 == 0 : noteValue <= 4 || place % 2 == 0 }
    var start = 0
    for beat in beats {
      if start >= place { break }
      start += beat
    }
    return start == place
  }
}
