extension Band {
  /// The tin whistle, the wooden flute and a soft ocarina.
  static func addPipes(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let tin = SustainedTone(
      rate: 24_000,
      amplitude: { number, pitch, _ in
        let strengths = [1, 0.3, 0.16, 0.06, 0.035, 0.015, 0.008]
        guard number <= strengths.count else { return 0 }
        // The lower octave of a whistle is richer, the upper nearly pure.
        return strengths[number - 1] * (number == 1 ? 1 : 1 / (1 + pitch / 5000))
      },
      attack: 0.02, lag: 0.003, loop: 0.26, waver: 0.03,
      breath: [(level: 0.035, centre: 3200, quality: 0.6)],
      chiff: (level: 0.35, centre: 2600, quality: 1.1, decay: 0.014), seed: 401)
    let response: [Modulator] = [.velocityToAttenuation(decibels: 56), .velocityToFilter(cents: 1800)]
    let tongue = builder.addStroke(
      "Tongue", key: 76, level: -31,
      of: Percussion(
        noises: [Percussion.Noise(centre: 2000, quality: 1, amplitude: 1, decay: 0.05, rise: 0.002)],
        length: 0.05,
        seed: 403))
    players[.whistle] = builder.addInstrument(
      "Tin Whistle",
      builder.addRegister("Whistle", roots: [62, 70, 76, 82, 88, 95], level: -10.5, tone: tin.tone),
      layers: BandBuilder.dynamicLayers(
        softAttack: 0.03, softCutoff: 9000, strongAttack: 0.001, strongCutoff: 14_000, stroke: tongue),
      settings: room(240) + [
        .time(.delayVibratoLFO, seconds: 0.32), .frequency(.frequencyVibratoLFO, hertz: 5.2),
        Generator(.vibratoLFOToPitch, 7), .time(.releaseVolumeEnvelope, seconds: 0.12),
        .frequency(.initialFilterCutoff, hertz: 12_000),
      ], modulators: response)

    let wood = SustainedTone(
      rate: 22_050,
      amplitude: { number, pitch, fundamental in
        let strengths = [1, 0.62, 0.34, 0.2, 0.09, 0.06, 0.03, 0.02]
        guard number <= strengths.count else { return 0 }
        // A flute loses its overtones as it climbs.
        let ratio = (pitch - fundamental) / 2200
        return strengths[number - 1] / (1 + ratio * ratio)
      },
      attack: 0.035, lag: 0.006, loop: 0.22, waver: 0.04,
      breath: [(level: 0.05, centre: 1900, quality: 0.6)],
      chiff: (level: 0.4, centre: 1500, quality: 1, decay: 0.02), seed: 402)
    let register = builder.addRegister(
      "Flute", roots: [55, 62, 69, 76, 83, 91], level: -10.5, tone: wood.tone)
    let vibrato: [Generator] = [
      .time(.delayVibratoLFO, seconds: 0.25), .frequency(.frequencyVibratoLFO, hertz: 5),
      Generator(.vibratoLFOToPitch, 6), .time(.delayModulationLFO, seconds: 0.25),
      .frequency(.frequencyModulationLFO, hertz: 5), Generator(.modulationLFOToVolume, 10),
      .time(.releaseVolumeEnvelope, seconds: 0.16),
    ]
    players[.flute] = builder.addInstrument(
      "Flute", register,
      layers: BandBuilder.dynamicLayers(
        softAttack: 0.04, softCutoff: 6500, strongAttack: 0.002, strongCutoff: 11_000, stroke: tongue),
      settings: room(260) + vibrato + [.frequency(.initialFilterCutoff, hertz: 9000)],
      modulators: response)
    players[.ocarina] = builder.addInstrument(
      "Ocarina", register, settings: room(260) + vibrato + [.frequency(.initialFilterCutoff, hertz: 1800)],
      modulators: response)
  }
}
