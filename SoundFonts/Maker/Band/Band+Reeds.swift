extension Band {
  /// Free reeds, double reeds, the clarinet, brass, voices and the organ.
  static func addReeds(to builder: inout BandBuilder, players: inout [Player: Int]) {
    addFreeReeds(to: &builder, players: &players)
    addWinds(to: &builder, players: &players)
    addChoir(to: &builder, players: &players)
  }

  private static func addFreeReeds(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let box = [
      Resonance(frequency: 700, width: 350, gain: 0.5), Resonance(frequency: 1900, width: 600, gain: 0.9),
      Resonance(frequency: 3600, width: 700, gain: 0.4),
    ]
    let reed = SustainedTone(
      rate: 24_000,
      amplitude: { number, pitch, _ in
        let ratio = pitch / 5200
        let uneven = number.isMultiple(of: 2) ? 0.75 : 1
        return uneven * PortableMath.power(Double(number), -0.85) * Resonance.response(box, at: pitch)
          / (1 + ratio * ratio * ratio)
      },
      attack: 0.022, lag: 0.003, loop: 0.09, waver: 0.012,
      breath: [(level: 0.006, centre: 3000, quality: 0.5)],
      chiff: (level: 0.06, centre: 1400, quality: 0.8, decay: 0.01), seed: 301)
    let register = builder.addRegister(
      "Reed", roots: [38, 46, 53, 60, 66, 72, 79, 88], level: -10.5, tone: reed.tone)
    let response: [Modulator] = [.velocityToAttenuation(decibels: 56), .velocityToFilter(cents: 1800)]
    let bellows: [Generator] = [
      .time(.attackVolumeEnvelope, seconds: 0.01), .time(.releaseVolumeEnvelope, seconds: 0.12),
    ]
    // Two reeds together may not drown the single reed of the concertina.
    let quieter = [Generator(.initialAttenuation, 40)]
    players[.accordion] = builder.addInstrument(
      "Accordion", register,
      layers: [
        BandBuilder.Layer(cents: -5, pan: -200, generators: quieter),
        BandBuilder.Layer(cents: 6, pan: 200, generators: quieter),
      ],
      settings: bellows + room(160) + [.frequency(.initialFilterCutoff, hertz: 8500)], modulators: response)
    players[.concertina] = builder.addInstrument(
      "Concertina", register,
      settings: bellows + room(140) + [.frequency(.initialFilterCutoff, hertz: 10_000)],
      modulators: response)
    players[.harmonica] = builder.addInstrument(
      "Harmonica", register,
      settings: bellows + room(200) + [
        .time(.delayVibratoLFO, seconds: 0.25), .frequency(.frequencyVibratoLFO, hertz: 5),
        Generator(.vibratoLFOToPitch, 8), .frequency(.initialFilterCutoff, hertz: 5500),
        Generator(.modulationLFOToVolume, 12), .frequency(.frequencyModulationLFO, hertz: 5),
        .time(.delayModulationLFO, seconds: 0.2),
      ], modulators: response)
  }

  private static func addWinds(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let nose = [
      Resonance(frequency: 1150, width: 300, gain: 2.4), Resonance(frequency: 2900, width: 600, gain: 1.6),
    ]
    let chanter = SustainedTone(
      rate: 24_000,
      amplitude: { number, pitch, _ in
        let ratio = pitch / 5500
        return PortableMath.power(Double(number), -0.6) * Resonance.response(nose, at: pitch, floor: 0.5)
          / (1 + ratio * ratio * ratio)
      },
      attack: 0.014, lag: 0.001, loop: 0.09, waver: 0.02,
      breath: [(level: 0.008, centre: 3500, quality: 0.5)],
      chiff: (level: 0.1, centre: 1600, quality: 0.8, decay: 0.008), seed: 311)
    players[.bagpipe] = builder.addInstrument(
      "Bagpipe",
      builder.addRegister("Chanter", roots: [50, 60, 67, 73, 80], level: -14, tone: chanter.tone),
      layers: [
        BandBuilder.Layer(pan: -60),
        BandBuilder.Layer(cents: 5, pan: 60, generators: [Generator(.initialAttenuation, 80)]),
      ],
      settings: room(180) + [.time(.releaseVolumeEnvelope, seconds: 0.08)],
      modulators: [.velocityToAttenuation(decibels: 30)])

    let clarinet = SustainedTone(
      rate: 22_050,
      amplitude: { number, pitch, _ in
        let ratio = pitch / 2600
        let even = 0.12 + 0.5 * Envelope.rise(pitch / 3000)
        return (number.isMultiple(of: 2) ? even : 1) / Double(number) / (1 + ratio * ratio)
      },
      attack: 0.04, lag: 0.004, loop: 0.1, waver: 0.015, breath: [(level: 0.012, centre: 2400, quality: 0.6)],
      chiff: (level: 0.06, centre: 1800, quality: 0.8, decay: 0.012), seed: 312)
    players[.clarinet] = builder.addInstrument(
      "Clarinet",
      builder.addRegister("Clarinet", roots: [50, 60, 69, 79], level: -10.5, tone: clarinet.tone),
      settings: room(220) + [
        .time(.releaseVolumeEnvelope, seconds: 0.15), .frequency(.initialFilterCutoff, hertz: 7000),
      ],
      modulators: [.velocityToAttenuation(decibels: 60), .velocityToFilter(cents: 2400)])

    let horn = SustainedTone(
      rate: 22_050,
      amplitude: { number, pitch, fundamental in
        let edge = 1100 + 1.1 * fundamental
        let ratio = pitch / edge
        return PortableMath.power(Double(number), -0.35) / (1 + ratio * ratio * ratio)
      },
      attack: 0.03, lag: 0.012, loop: 0.08, waver: 0.02,
      chiff: (level: 0.08, centre: 900, quality: 0.8, decay: 0.014), seed: 313)
    players[.brass] = builder.addInstrument(
      "Brass", builder.addRegister("Brass", roots: [43, 54, 64, 74], level: -10, tone: horn.tone),
      settings: room(260) + [
        .time(.releaseVolumeEnvelope, seconds: 0.2), .frequency(.initialFilterCutoff, hertz: 7000),
      ],
      modulators: [.velocityToAttenuation(decibels: 60), .velocityToFilter(cents: 3600)])
  }

  private static func addChoir(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let mouth = [
      Resonance(frequency: 730, width: 110, gain: 3), Resonance(frequency: 1150, width: 130, gain: 2),
      Resonance(frequency: 2700, width: 250, gain: 0.8),
    ]
    // Formants of a sung "ah".
    let voices = SustainedTone(
      rate: 22_050,
      amplitude: { number, pitch, _ in
        PortableMath.power(Double(number), -1.3) * Resonance.response(mouth, at: pitch, floor: 0.35)
      },
      attack: 0.12, loop: 0.26, waver: 0.2, breath: [(level: 0.03, centre: 2600, quality: 0.5)], seed: 321)
    let register = builder.addRegister("Choir", roots: [50, 60, 69, 78], level: -13, tone: voices.tone)
    players[.choir] = builder.addInstrument(
      "Choir", register,
      layers: [BandBuilder.Layer(cents: -5, pan: -250), BandBuilder.Layer(cents: 6, pan: 250)],
      settings: room(350, chorus: 60) + [
        .time(.attackVolumeEnvelope, seconds: 0.06), .time(.releaseVolumeEnvelope, seconds: 0.45),
      ])
    let pipes = SustainedTone(
      rate: 22_050,
      amplitude: { number, _, _ in
        let stops: [Int: Double] = [
          1: 1, 2: 0.8, 3: 0.35, 4: 0.4, 5: 0.06, 6: 0.14, 8: 0.16, 12: 0.03, 16: 0.03,
        ]
        return stops[number] ?? 0
      },
      attack: 0.03, loop: 0.08, waver: 0.008, breath: [(level: 0.01, centre: 2500, quality: 0.6)],
      chiff: (level: 0.08, centre: 1800, quality: 1, decay: 0.01), seed: 322)
    players[.organ] = builder.addInstrument(
      "Organ", builder.addRegister("Organ", roots: [43, 54, 65, 76], level: -12, tone: pipes.tone),
      settings: room(300) + [.time(.releaseVolumeEnvelope, seconds: 0.2)],
      modulators: [.velocityToAttenuation(decibels: 30)])
  }
}
