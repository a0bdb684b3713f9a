import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

/// Plays pieces one after the other, or writes them to sound files.
struct SoundOutput {
  let sound: SoundOptions
  var performance = PerformanceOptions()
  /// Where in each piece to begin and how, where a person asked for it.
  var beginning = Beginning()
  let quiet: Bool

  struct Beginning {
    /// The bar to begin with; nil is the start.
    var bar: Int?
    var countInBars = 0
    var isLooping = false
    var isMetronomeOn = false
  }

  /// Sends the pieces to the device or MIDI port, or to a sound file: one piece to that file, several to files numbered
  /// behind its name.
  func send(_ pieces: [Piece], file: String?) throws {
    if let file { return try write(pieces, to: file) }
    let stage = try sound.midiPort.map { Stage.port(try SequencerPort(address: $0)) } ?? makeDevice()
    let isShown = Console.isInteractive && !quiet
    let keys = isShown ? TerminalKeys() : nil
    var settings = PlayerControls.Settings(
      tempoFactor: performance.tempoFactor, transposition: performance.transposition,
      isMetronomeOn: beginning.isMetronomeOn)
    var index = 0
    while index < pieces.count {
      let heading =
        pieces.count > 1 ? "\(pieces[index].title)  (\(index + 1) of \(pieces.count))" : pieces[index].title
      let playing = PieceOnStage(
        piece: pieces[index], heading: heading, performance: performance, beginning: beginning,
        isShown: isShown)
      // A bar that is not there is said before anything sounds.
      _ = try playing.options(tempoFactor: settings.tempoFactor)
      if !quiet, !isShown { Console.note("playing \(Console.harmless(heading))") }
      let ending = try playing.play(on: stage, keys: keys, settings: &settings)
      switch ending {
      case .next: index += 1
      case .previous: index = max(index - 1, 0)
      case .quit: return
      }
    }
  }

  private func makeDevice() throws(PlaybackError) -> Stage {
    .device(Player(synthesizer: try sound.makeSynthesizer(), output: try ALSAOutput(name: sound.device)))
  }

  private func write(_ pieces: [Piece], to file: String) throws {
    if pieces.count > 1, FileKind(file) == .special || FileKind(file) == .directory {
      throw OutputError(
        path: file, reason: "several tunes need a name for files; choose one tune with --tune")
    }
    let synthesizer = try sound.makeSynthesizer()
    let format = SoundFileFormat(fileExtension: PathName(file).fileExtension) ?? .wav
    for (index, piece) in pieces.enumerated() {
      let path = pieces.count == 1 ? file : Self.numbered(file, index + 1)
      let place = PieceOnStage(
        piece: piece, heading: piece.title, performance: performance, beginning: beginning, isShown: false)
      let isWhole = try PerformanceRenderer.write(
        piece.midi, to: path, as: format, title: piece.title, synthesizer: synthesizer,
        options: try place.options(tempoFactor: performance.tempoFactor),
        shouldStop: { Interruption.isRequested })
      guard isWhole else { throw ExitCode.interrupted }
      if !quiet { Console.note("\(Console.harmless(piece.title)): \(path)") }
    }
  }

  private static func numbered(_ path: String, _ number: Int) -> String {
    let name = PathName(path)
    let stem = "\(name.withoutExtension)-\(number)"
    return name.fileExtension.isEmpty ? stem : "\(stem).\(name.fileExtension)"
  }
}

/// Where pieces are played.
enum Stage {
  case device(Player)
  case port(SequencerPort)

  func play(
    _ file: MIDIFile, options: PerformanceOptions, commands: () -> PlayerCommand?,
    progress: (PlayerProgress) -> Void
  ) throws(PlaybackError) -> Bool {
    let shouldStop = { Interruption.isRequested }
    switch self {
    case .device(let player):
      return try player.play(
        file, options: options, shouldStop: shouldStop, commands: commands, progress: progress)
    case .port(let port):
      return try MIDIPlayer(output: port).play(
        file, options: options, shouldStop: shouldStop, commands: commands, progress: progress)
    }
  }
}
