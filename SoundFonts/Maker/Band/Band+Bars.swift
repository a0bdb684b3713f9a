extension Band {
  /// Bells, the marimba and the vibraphone.
  static func addBars(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let bell = StruckBar(
      rate: 24_000, modes: [(1, 1, 0), (2.76, 0.5, 6), (5.4, 0.3, 14), (8.93, 0.12, 30)], ringing: 0.22,
      loop: 0.05,
      click: (level: 0.08, centre: 4500), seed: 501)
    players[.bell] = builder.addInstrument(
      "Bells", builder.addRegister("Bell", roots: [67, 79, 91], level: -12, slope: -2, tone: bell.tone),
      layers: course(3, cents: 3, spread: 100),
      settings: ring(3, halving: 2, release: 1.2) + room(300))
    let wood = StruckBar(
      rate: 20_000, modes: [(1, 1, 0), (3.93, 0.35, 18), (9.24, 0.15, 45)], ringing: 0.18, loop: 0.06,
      click: (level: 0.14, centre: 1500), seed: 502)
    let layers = [BandBuilder.Layer(pan: -100), BandBuilder.Layer(pan: 100)]
    players[.marimba] = builder.addInstrument(
      "Marimba", builder.addRegister("Marimba", roots: [50, 64, 78], level: -9.5, tone: wood.tone),
      layers: layers, settings: ring(0.9, halving: 1, release: 0.5) + room(240))
    let metal = StruckBar(
      rate: 20_000, modes: [(1, 1, 0), (4, 0.22, 4), (10.1, 0.08, 16)], ringing: 0.22, loop: 0.06,
      click: (level: 0.05, centre: 2200), seed: 503)
    players[.vibraphone] = builder.addInstrument(
      "Vibraphone", builder.addRegister("Vibraphone", roots: [57, 72], level: -14.5, tone: metal.tone),
      layers: layers,
      settings: ring(4.5, halving: 2, release: 0.8) + room(280) + [
        .frequency(.frequencyModulationLFO, hertz: 4.2), Generator(.modulationLFOToVolume, 18),
      ])
  }
}
