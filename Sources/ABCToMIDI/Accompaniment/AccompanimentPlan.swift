import ABCNotation

/// The bars of a tune and what is said in them about its accompaniment, in the time of the unfolded tune.
struct AccompanimentPlan: Sendable {
  /// A bar as it is played.
  struct Bar: Sendable {
    /// When it starts, in whole notes from the start of the tune.
    var onset: Fraction
    /// How long it is, in whole notes. A pickup is short; a rest over several bars may be one long bar.
    var length: Fraction
    /// The meter in force.
    var meter: Meter
  }

  /// Something that is said about the accompaniment.
  enum Instruction: Sendable {
    /// What stands between the quotes above a note. A text that is no chord changes nothing.
    case chordSymbol(String)
    /// A `%%MIDI` command.
    case directive(AccompanimentDirective)
    /// How many semitones higher the tune sounds from here on than it is written: `%%MIDI transpose` and
    /// `rtranspose` added up, which are not ``AccompanimentDirective``s, since they are about the voices as well.
    case transposition(Int)
  }

  /// An instruction and when it is said.
  struct TimedInstruction: Sendable {
    /// When it takes effect, in whole notes from the start of the tune. What a header says takes effect at the
    /// start of the first bar.
    var onset: Fraction
    /// What is said.
    var instruction: Instruction
  }

  /// The bars in order of time, each where the one before it ends.
  var bars: [Bar] = []
  /// The instructions in order of time; those of one moment as they are written.
  var instructions: [TimedInstruction] = []
}

extension AccompanimentPlan {
  /// The end of the last bar, in whole notes; zero without bars.
  var end: Fraction { bars.last.map { $0.onset + $0.length } ?? .zero }

}
