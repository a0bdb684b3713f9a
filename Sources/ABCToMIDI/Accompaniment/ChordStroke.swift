/// What a letter of `%%MIDI gchord` plays.
enum ChordStroke: Hashable, Sendable {
  /// `f`: the bass note.
  case bass
  /// `c`: the chord.
  case chord
  /// `b`: both.
  case bassAndChord
  /// `g` to `k`: one note of the chord, counted from 0 at the lowest; `G` to `K`: the same an octave lower.
  case single(Int, octave: Int)
}

extension StrokePattern<ChordStroke> {
  /// Reads the pattern of a `gchord` command, such as `fzczfzcz` or `ghi2`; nil if it is malformed. `z` and `x`
  /// are rests.
  init?(chordLetters letters: some Sequence<UInt8>) {
    self.init(letters) { letter in
      switch letter {
      case UInt8(ascii: "z"), UInt8(ascii: "x"): .some(nil)
      case UInt8(ascii: "f"): .bass
      case UInt8(ascii: "c"): .chord
      case UInt8(ascii: "b"): .bassAndChord
      case UInt8(ascii: "g")...UInt8(ascii: "k"): .single(Int(letter - UInt8(ascii: "g")), octave: 0)
      case UInt8(ascii: "G")...UInt8(ascii: "K"): .single(Int(letter - UInt8(ascii: "G")), octave: -1)
      default: nil
      }
    }
  }
}
