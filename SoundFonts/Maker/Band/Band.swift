/// The folk band of this font: who plays, and what each General MIDI program calls for.
enum Band {
  /// The instruments, in the order they are built.
  enum Player: CaseIterable {
    case piano, pubPiano, electricPiano, dulcimer
    case nylonGuitar, steelGuitar, mutedGuitar, banjo, harp, pizzicato
    case acousticBass, electricBass
    case fiddle, cello, strings
    case accordion, concertina, harmonica, organ
    case bagpipe, clarinet, brass, choir
    case whistle, flute, ocarina
    case bell, marimba, vibraphone
    case timpani, woodblock, cymbal
  }

  /// The whole bank: 128 programs in bank 0 and the drum kit in bank 128.
  static func soundFont() -> SoundFont {
    var builder = BandBuilder(
      font: SoundFont(
        name: "Hornpipe", copyright: "Public domain (CC0 1.0)",
        comment: "A folk band synthesised from first principles by soundfont-maker."))
    var players: [Player: Int] = [:]
    addStrings(to: &builder, players: &players)
    addBowedStrings(to: &builder, players: &players)
    addReeds(to: &builder, players: &players)
    addPipes(to: &builder, players: &players)
    addBars(to: &builder, players: &players)
    addPercussion(to: &builder, players: &players)
    for (program, entry) in generalMIDI.enumerated() {
      guard let instrument = players[entry.player] else {
        preconditionFailure("\(entry.player) is not built")
      }
      builder.addPreset(entry.name, bank: 0, program: program, instrument: instrument)
    }
    return builder.font
  }
}
