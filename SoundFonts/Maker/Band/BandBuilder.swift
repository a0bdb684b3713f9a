/// Collects the samples and instruments of the band and hands out their indices.
struct BandBuilder {
  /// Samples of one sound over the keyboard, each with the keys it serves.
  typealias Register = [(keys: ClosedRange<Int>, sample: Int)]

  /// One of the simultaneous voices of an instrument.
  struct Layer {
    /// Detuning in cents.
    var cents = 0
    /// Transposition in semitones.
    var semitones = 0
    /// Place between -500 (left) and 500 (right).
    var pan = 0
    /// The velocities at which it sounds; nil for all.
    var velocities: ClosedRange<Int>?
    /// A sample that plays once with every key, in place of the register: a bow's bite, a tongue.
    var stroke: Int?
    /// Generators of this layer alone.
    var generators: [Generator] = []
  }

  private(set) var font: SoundFont

  /// Adds one sample for each root key; each serves the keys nearest to it, the outermost all keys beyond.
  ///
  /// `level` is the RMS level in decibels below full scale of the loudest `window` seconds at middle C; it changes by
  /// `slope` decibels an octave, so that high notes do not shriek.
  mutating func addRegister(
    _ name: String, roots: [Int], level: Double, slope: Double = -1, window: Double = 0.2, tone: (Int) -> Tone
  ) -> Register {
    var register: Register = []
    for (index, root) in roots.enumerated() {
      let lowest = index == 0 ? 0 : (roots[index - 1] + root) / 2 + 1
      let highest = index == roots.count - 1 ? 127 : (root + roots[index + 1]) / 2
      let sample = tone(root).sample(
        named: "\(name) \(root)", level: level + slope * Double(root - 60) / 12, window: window)
      font.samples.append(sample)
      register.append((lowest...highest, font.samples.count - 1))
    }
    return register
  }

  /// Adds a sample that plays once.
  mutating func addStroke(
    _ name: String, key: Int, level: Double, window: Double = 0.05, of stroke: Percussion
  ) -> Int {
    font.samples.append(stroke.tone(key: key).sample(named: name, level: level, window: window))
    return font.samples.count - 1
  }

  /// A soft, a middle and a strong way to play: what is soft speaks late and is dark, what is strong speaks at once, is bright
  /// and begins with a stroke of noise.
  static func dynamicLayers(
    softAttack: Double, softCutoff: Int, strongAttack: Double, strongCutoff: Int, stroke: Int
  ) -> [Layer] {
    [
      Layer(
        velocities: 0...59,
        generators: [
          .time(.attackVolumeEnvelope, seconds: softAttack),
          .frequency(.initialFilterCutoff, hertz: Double(softCutoff)),
        ]),
      Layer(velocities: 60...99),
      Layer(
        velocities: 100...127,
        generators: [
          .time(.attackVolumeEnvelope, seconds: strongAttack),
          .frequency(.initialFilterCutoff, hertz: Double(strongCutoff)),
        ]),
      Layer(velocities: 100...127, stroke: stroke),
    ]
  }

  /// Adds an instrument that plays a register in one or more layers, with the settings common to all in a global zone.
  mutating func addInstrument(
    _ name: String, _ register: Register, layers: [Layer] = [Layer()], settings: [Generator],
    modulators: [Modulator] = []
  ) -> Int {
    var zones = [SoundFont.Zone(generators: settings, modulators: modulators)]
    for layer in layers {
      for (keys, sample) in layer.stroke.map({ [(0...127, $0)] }) ?? register {
        var generators = layer.generators
        if layer.pan != 0 { generators.append(Generator(.pan, layer.pan)) }
        if layer.semitones != 0 { generators.append(Generator(.coarseTune, layer.semitones)) }
        if layer.cents != 0 { generators.append(Generator(.fineTune, layer.cents)) }
        if font.samples[sample].loop != nil { generators.append(Generator(.sampleModes, 1)) }
        zones.append(
          SoundFont.Zone(keys: keys, velocities: layer.velocities, generators: generators, target: sample))
      }
    }
    return addInstrument(SoundFont.Instrument(name: name, zones: zones))
  }

  /// Adds an instrument made elsewhere.
  mutating func addInstrument(_ instrument: SoundFont.Instrument) -> Int {
    font.instruments.append(instrument)
    return font.instruments.count - 1
  }

  /// Adds a preset that plays one instrument.
  mutating func addPreset(_ name: String, bank: Int, program: Int, instrument: Int) {
    let zone = SoundFont.Zone(target: instrument)
    font.presets.append(SoundFont.Preset(name: name, bank: bank, program: program, zones: [zone]))
  }
}
