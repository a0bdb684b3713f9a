import ABCNotation

/// A stroke of `%%MIDI drum`.
struct DrumHit: Hashable, Sendable {
  /// The percussion instrument, 0…127; 35 is the bass drum.
  var instrument = 35
  /// How hard it is struck, 1…127.
  var velocity = 80
}

extension StrokePattern<DrumHit> {
  /// Reads the letters of a `drum` command: `d` for a stroke, `z` for a rest, lengths behind them; nil if they are
  /// malformed.
  init?(drumLetters letters: some Sequence<UInt8>) {
    self.init(letters) { letter in
      switch letter {
      case UInt8(ascii: "d"): DrumHit()
      case UInt8(ascii: "z"): .some(nil)
      default: nil
      }
    }
  }

  /// How many strokes it has.
  var hitCount: Int { elements.count { $0.sound != nil } }
}

/// Plays the drum pattern of a tune.
///
/// A pattern fits the bars of the meter in which it is given. After a change of meter it keeps its beat, starts
/// with every bar, and is cut or starts over where the bars have become shorter or longer; abc2midi falls silent at its
/// end in longer bars.
struct DrumPlayer: PatternPlayer {
  private(set) var grid: StrokeGrid<DrumHit>?
  private(set) var drums = LayerRecorder(program: nil)

  private var pattern: StrokePattern<DrumHit>?
  private var patternBars = 1
  /// The length of a bar in the meter in which the pattern was given, in whole notes.
  private var barLength = Fraction(1)
  private var meter = Meter.free
  private var isOn = false

  mutating func enter(_ meter: Meter) -> Bool {
    self.meter = meter
    return true
  }

  mutating func apply(_ instruction: AccompanimentPlan.Instruction, at onset: Fraction) -> Bool {
    guard case .directive(let directive) = instruction else { return false }
    switch directive {
    case .drumPattern(let next):
      pattern = next
      barLength = meter.patternLength
    case .drumPatternBars(let count):
      patternBars = count
    case .drumsAreOn(let isOn):
      self.isOn = isOn
      return false
    default: return false
    }
    grid = pattern.map { StrokeGrid($0, barLength: barLength, bars: patternBars) }
    return true
  }

  mutating func strike(_ hit: DrumHit, from onset: Fraction, to end: Fraction) {
    guard isOn else { return }
    drums.beginStroke()
    drums.add(pitch: hit.instrument, velocity: hit.velocity, from: onset, to: end)
  }

  mutating func cut(at moment: Fraction) {
    drums.cut(at: moment)
  }
}
