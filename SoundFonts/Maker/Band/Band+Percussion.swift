extension Band {
  /// The drum kit in bank 128, and the few drums that melodic programs call for.
  static func addPercussion(to builder: inout BandBuilder, players: inout [Player: Int]) {
    let kit = DrumKit(builder: &builder)
    let strokes = kit.strokes
    func melodic(_ name: String, _ stroke: DrumKit.Stroke, release: Double) -> Int {
      guard let sample = strokes[stroke] else { preconditionFailure("\(stroke) is not recorded") }
      return builder.addInstrument(
        name, [(keys: 0...127, sample: sample)],
        settings: room(260) + [.time(.releaseVolumeEnvelope, seconds: release)])
    }
    players[.timpani] = melodic("Timpani", .tom, release: 1.5)
    players[.woodblock] = melodic("Woodblock", .woodblock, release: 0.5)
    players[.cymbal] = melodic("Cymbal", .crash, release: 1)
    let instrument = builder.addInstrument(kit.instrument())
    builder.addPreset("Folk Kit", bank: 128, program: 0, instrument: instrument)
  }
}
