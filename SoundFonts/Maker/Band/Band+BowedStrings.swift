extension Band {
  /// The fiddle family, from one set of samples.
  static func addBowedStrings(to builder: inout BandBuilder, players: inout [Player: Int]) {
    // Air, wood and bridge resonances of a violin.
    let body = [
      Resonance(frequency: 280, width: 45, gain: 1.6), Resonance(frequency: 460, width: 60, gain: 1.5),
      Resonance(frequency: 560, width: 70, gain: 1.3), Resonance(frequency: 1050, width: 200, gain: 0.8),
      Resonance(frequency: 2500, width: 700, gain: 1.5),
    ]
    let bow = SustainedTone(
      rate: 24_000,
      amplitude: { number, pitch, _ in
        let ratio = pitch / 4200
        return Resonance.response(body, at: pitch, floor: 0.55) / Double(number) / (1 + ratio * ratio * ratio)
      },
      attack: 0.03, lag: 0.006, loop: 0.26, waver: 0.09,
      breath: [(level: 0.03, centre: 2800, quality: 0.6)],
      chiff: (level: 0.25, centre: 2200, quality: 0.7, decay: 0.016), seed: 201)
    let register = builder.addRegister(
      "Fiddle", roots: [44, 52, 58, 64, 69, 74, 80, 88], level: -9.5, tone: bow.tone)
    let vibrato: [Generator] = [
      .time(.delayVibratoLFO, seconds: 0.28), .frequency(.frequencyVibratoLFO, hertz: 5.6),
      Generator(.vibratoLFOToPitch, 11),
    ]
    let held: [Generator] = [.time(.attackVolumeEnvelope, seconds: 0.012)]
    let bite = builder.addStroke(
      "Bow", key: 69, level: -30,
      of: Percussion(
        noises: [Percussion.Noise(centre: 2300, quality: 0.8, amplitude: 1, decay: 0.06, rise: 0.003)],
        length: 0.06,
        seed: 202))
    players[.fiddle] = builder.addInstrument(
      "Fiddle", register,
      layers: BandBuilder.dynamicLayers(
        softAttack: 0.04, softCutoff: 8500, strongAttack: 0.005, strongCutoff: 13_000, stroke: bite),
      settings: vibrato + held + room(220) + [
        .time(.releaseVolumeEnvelope, seconds: 0.22), .frequency(.initialFilterCutoff, hertz: 11_000),
      ],
      modulators: [.velocityToAttenuation(decibels: 60), .velocityToFilter(cents: 2400)])
    players[.cello] = builder.addInstrument(
      "Cello", register,
      settings: vibrato + room(240) + [
        .time(.attackVolumeEnvelope, seconds: 0.05), .time(.releaseVolumeEnvelope, seconds: 0.3),
        .frequency(.initialFilterCutoff, hertz: 3800),
      ])
    players[.strings] = builder.addInstrument(
      "Strings", register,
      layers: [
        BandBuilder.Layer(cents: -7, pan: -350), BandBuilder.Layer(cents: 1),
        BandBuilder.Layer(cents: 8, pan: 350),
      ],
      settings: vibrato + room(350, chorus: 60) + [
        .time(.attackVolumeEnvelope, seconds: 0.14), .time(.releaseVolumeEnvelope, seconds: 0.6),
        .frequency(.initialFilterCutoff, hertz: 5000), Generator(.initialAttenuation, 50),
      ])
  }
}
