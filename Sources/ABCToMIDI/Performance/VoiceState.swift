import ABCNotation

/// What the `%%MIDI` commands of a voice have set so far.
struct VoiceState: Sendable {
  private(set) var transposition = 0
  private var middleC = 60
  private(set) var graceShare: Fraction?
  private(set) var graceDivider = 4
  /// The share of its pair that the longer note of `>` takes; nil for the standard's 3/4.
  private(set) var brokenShare: Fraction?
  /// A gap behind each note, in whole notes; negative where notes are to overlap.
  private(set) var gap = Fraction.zero
  /// How much later each further note of a chord starts, in whole notes.
  private(set) var chordAttack = Fraction.zero
  private(set) var fermataAddsUnit = false
  private(set) var drumMap: [Int: Int] = [:]
  let unitLength: Fraction

  init(unitLength: Fraction) {
    self.unitLength = unitLength
  }

  /// Semitones that are added to what is written.
  var shift: Int { transposition + middleC - 60 }

  /// Obeys a command; those that concern dynamics or instruments change nothing here.
  mutating func obey(_ command: VoiceCommand) {
    switch command {
    case .transpose(let semitones): transposition = semitones
    case .transposeFurther(let semitones): transposition = max(-127, min(127, transposition + semitones))
    case .middleC(let key): middleC = key
    case .graceShare(let share): graceShare = share
    case .graceDivider(let divider):
      graceShare = nil
      graceDivider = divider
    case .brokenRatio(let share): brokenShare = share == Fraction(3, 4) ? nil : share
    case .trim(let length): gap = length * unitLength
    case .expand(let length): gap = Fraction.zero - length * unitLength
    case .chordAttack(let ticks): chordAttack = Fraction(ticks, 4 * MIDIConverter.ticksPerQuarter)
    case .fermataAddsUnit(let adds): fermataAddsUnit = adds
    case .drumMap(let pitch, let key): drumMap[pitch] = key
    case .instrument, .beat, .louder, .beatString, .beatAccents, .hairpinStep, .nothing: break
    }
  }

  /// The key that sounds for a written pitch; nil outside the reach of MIDI.
  @inline(__always)
  func sounding(_ written: Int) -> Int? {
    let pitch = written + shift
    let key = drumMap.isEmpty ? pitch : drumMap[written] ?? pitch
    return (0...127).contains(key) ? key : nil
  }

  /// How long the grace notes before a note take, all together: no more than half of the note.
  ///
  /// - Parameters:
  ///   - written: the sum of their lengths as written.
  ///   - duration: the length of the note.
  func graceTime(written: Fraction, before duration: Fraction) -> Fraction {
    if let graceShare { return duration * graceShare }
    return min(written * Fraction(1, graceDivider), duration * Fraction(1, 2))
  }
}
