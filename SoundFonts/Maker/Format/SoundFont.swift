/// A SoundFont 2.1 bank as values; `encoded()` gives the bytes of the file.
struct SoundFont {
  /// A mono sample. Samples are shared by every zone that names their index.
  struct Sample {
    var name: String
    /// 16-bit amplitudes; a looped sample holds at least eight frames after the loop's end.
    var frames: [Int16]
    /// Frames a second.
    var rate: Int
    /// MIDI key at which the sample sounds as recorded.
    var rootKey: Int
    /// Frames repeated while the note sounds, or nil for a sample that plays once.
    var loop: Range<Int>?
  }

  /// A zone: the keys it covers, what it changes, and the sample (or instrument) it plays.
  struct Zone {
    var keys: ClosedRange<Int>?
    var velocities: ClosedRange<Int>?
    var generators: [Generator] = []
    var modulators: [Modulator] = []
    /// Index of the sample (instrument zone) or instrument (preset zone); nil only in a global zone, which comes first.
    var target: Int?
  }

  /// A set of sample zones under one name.
  struct Instrument {
    var name: String
    var zones: [Zone]
  }

  /// What a MIDI bank and program select.
  struct Preset {
    var name: String
    var bank: Int
    var program: Int
    var zones: [Zone]
  }

  var name: String
  var copyright: String
  var comment: String
  var samples: [Sample] = []
  var instruments: [Instrument] = []
  var presets: [Preset] = []
}
