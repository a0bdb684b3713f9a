extension Band {
  /// Settings of a string that rings for `ringing` seconds (to -60 dB) at middle C, half as long every
  /// `halving` octaves up, and stops within `release` seconds.
  static func ring(_ ringing: Double, halving: Double, release: Double) -> [Generator] {
    [
      // The envelope's time is for 100 dB (SoundFont 2.04, section 8.1.2, generator 36).
      .time(.decayVolumeEnvelope, seconds: ringing * 100 / 60),
      Generator(.keyToVolumeEnvelopeDecay, Int((100 / halving).rounded())),
      Generator(.sustainVolumeEnvelope, 1000),
      .time(.releaseVolumeEnvelope, seconds: release),
    ]
  }

  /// Two strings of a course, or two planes of one string's swing: the second a little out of tune with the first and
  /// sooner done, so that a note starts full, then thins out without ever beating down to nothing.
  static func course(_ ringing: Double, cents: Int, spread: Int) -> [BandBuilder.Layer] {
    [
      BandBuilder.Layer(pan: -spread),
      BandBuilder.Layer(
        cents: cents, pan: spread,
        generators: [
          .time(.decayVolumeEnvelope, seconds: ringing * 0.5 * 100 / 60), Generator(.initialAttenuation, 30),
        ]),
    ]
  }

  /// Reverberation and chorus in tenths of a percent.
  static func room(_ reverb: Int, chorus: Int = 0) -> [Generator] {
    [Generator(.reverbSend, reverb), Generator(.chorusSend, chorus)]
  }

  /// Plucked and struck strings.
  static func addStrings(to builder: inout BandBuilder, players: inout [Player: Int]) {
    addKeyboards(to: &builder, players: &players)
    addGuitars(to: &builder, players: &players)
    addBasses(to: &builder, players: &players)
  }

  private static func addKeyboards(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let struck = PluckedString(
      highestRate: 22_050, position: 0.24, rolloff: 0.75, softness: 2000, inharmonicity: 0.000_35,
      damping: 3.2,
      attack: 0.002, ringing: 0.42, loop: 0.12,
      body: [
        Resonance(frequency: 180, width: 120, gain: 0.6), Resonance(frequency: 900, width: 500, gain: 0.4),
      ],
      touch: (level: 0.1, centre: 500, decay: 0.018), seed: 101)
    let register = builder.addRegister(
      "Piano", roots: [34, 43, 50, 56, 62, 68, 74, 81, 90], level: -11.5, tone: struck.tone)
    let keyboard = ring(5.5, halving: 1.5, release: 0.45) + room(180)
    players[.piano] = builder.addInstrument(
      "Piano", register, layers: course(5.5, cents: 2, spread: 120),
      settings: keyboard + [.frequency(.initialFilterCutoff, hertz: 9000)],
      modulators: [.velocityToFilter(cents: 4200)])
    players[.pubPiano] = builder.addInstrument(
      "Pub Piano", register,
      layers: course(5.5, cents: 14, spread: 250),
      settings: keyboard)
    players[.electricPiano] = builder.addInstrument(
      "Electric Piano", register, layers: course(4, cents: 2, spread: 120),
      settings: ring(4, halving: 1.5, release: 0.4) + room(150, chorus: 80) + [
        .frequency(.initialFilterCutoff, hertz: 2200)
      ])
  }

  private static func addGuitars(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let box = [
      Resonance(frequency: 105, width: 30, gain: 0.8), Resonance(frequency: 205, width: 50, gain: 0.9),
      Resonance(frequency: 410, width: 90, gain: 0.5), Resonance(frequency: 2300, width: 900, gain: 0.4),
    ]
    let nylon = PluckedString(
      highestRate: 22_050, position: 0.21, rolloff: 1.05, softness: 2200, damping: 5, attack: 0.0015,
      ringing: 0.36, loop: 0.1,
      body: box, touch: (level: 0.12, centre: 700, decay: 0.012), seed: 111)
    let nylonRegister = builder.addRegister(
      "Nylon", roots: [43, 50, 57, 63, 70, 78], level: -11.5, tone: nylon.tone)
    players[.nylonGuitar] = builder.addInstrument(
      "Nylon Guitar", nylonRegister, layers: course(3.2, cents: 2, spread: 120),
      settings: ring(3.2, halving: 1.6, release: 0.35) + room(180))
    players[.pizzicato] = builder.addInstrument(
      "Pizzicato", nylonRegister, layers: course(1.1, cents: 2, spread: 120),
      settings: ring(1.1, halving: 2, release: 0.25) + room(300))
    let steel = PluckedString(
      highestRate: 24_000, position: 0.16, rolloff: 0.75, softness: 3800, inharmonicity: 0.000_03,
      damping: 2.6,
      attack: 0.001, ringing: 0.36, loop: 0.09, body: box, touch: (level: 0.14, centre: 2600, decay: 0.007),
      seed: 112)
    let steelRegister = builder.addRegister(
      "Steel", roots: [43, 50, 57, 64, 71, 79], level: -11.5, tone: steel.tone)
    players[.steelGuitar] = builder.addInstrument(
      "Steel Guitar", steelRegister, layers: course(4.2, cents: 2, spread: 120),
      settings: ring(4.2, halving: 1.6, release: 0.3) + room(180))
    players[.dulcimer] = builder.addInstrument(
      "Hammered Dulcimer", steelRegister,
      layers: course(3.2, cents: 6, spread: 200),
      settings: ring(3.2, halving: 1.6, release: 1.6) + room(240))
    players[.mutedGuitar] = builder.addInstrument(
      "Muted Guitar", steelRegister, layers: course(0.35, cents: 2, spread: 120),
      settings: ring(0.35, halving: 3, release: 0.12) + room(120) + [
        .frequency(.initialFilterCutoff, hertz: 1800)
      ])
    let banjo = PluckedString(
      highestRate: 24_000, position: 0.09, rolloff: 0.55, softness: 4200, damping: 6, attack: 0.0006,
      ringing: 0.24,
      loop: 0.07,
      body: [
        Resonance(frequency: 320, width: 120, gain: 0.7), Resonance(frequency: 750, width: 250, gain: 1.2),
        Resonance(frequency: 3000, width: 900, gain: 0.5),
      ], touch: (level: 0.22, centre: 1400, decay: 0.006), seed: 113)
    players[.banjo] = builder.addInstrument(
      "Banjo", builder.addRegister("Banjo", roots: [50, 57, 64, 71, 79], level: -11.5, tone: banjo.tone),
      layers: course(1.4, cents: 2, spread: 120), settings: ring(1.4, halving: 2, release: 0.2) + room(120))
    let harp = PluckedString(
      highestRate: 22_050, position: 0.42, rolloff: 1.25, softness: 1800, damping: 2.4, attack: 0.002,
      ringing: 0.34,
      loop: 0.1, body: [Resonance(frequency: 240, width: 120, gain: 0.5)],
      touch: (level: 0.06, centre: 900, decay: 0.01), seed: 114)
    players[.harp] = builder.addInstrument(
      "Harp", builder.addRegister("Harp", roots: [38, 47, 56, 65, 74, 84], level: -11.5, tone: harp.tone),
      layers: course(5, cents: 2, spread: 120), settings: ring(5, halving: 1.5, release: 1.4) + room(280))
  }

  private static func addBasses(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let bass = PluckedString(
      highestRate: 16_000, position: 0.19, rolloff: 1, softness: 900, damping: 9, dampingFrequency: 1500,
      attack: 0.004,
      ringing: 0.26, loop: 0.1,
      body: [
        Resonance(frequency: 100, width: 60, gain: 0.9), Resonance(frequency: 700, width: 400, gain: 0.5),
      ],
      touch: (level: 0.1, centre: 500, decay: 0.015), seed: 121)
    let register = builder.addRegister(
      "Bass", roots: [30, 37, 44, 52], level: -11.5, slope: 0, tone: bass.tone)
    players[.acousticBass] = builder.addInstrument(
      "Acoustic Bass", register, layers: course(1.3, cents: 2, spread: 0),
      settings: ring(1.3, halving: 2, release: 0.2) + room(60))
    players[.electricBass] = builder.addInstrument(
      "Electric Bass", register, layers: course(3, cents: 2, spread: 0),
      settings: ring(3, halving: 2, release: 0.15) + room(30))
  }
}
