import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

/// Plays pieces one after the other, or writes them to WAV files.
struct SoundOutput {
  let sound: SoundOptions
  var performance = PerformanceOptions()
  let quiet: Bool

  /// Sends the pieces to the device, or with `wav` to a file: one piece to that file, several to files numbered
  /// behind its name.
  func send(_ pieces: [Piece], wav: String?) throws {
    let synthesizer = try sound.makeSynthesizer()
    if let wav {
      for (index, piece) in pieces.enumerated() {
        let path = pieces.count == 1 ? wav : Self.numbered(wav, index + 1)
        try write(piece, to: path, synthesizer)
      }
    } else {
      let player = Player(synthesizer: synthesizer, output: try ALSAOutput(name: sound.device))
      for piece in pieces { try play(piece, player) }
    }
  }

  private func write(_ piece: Piece, to path: String, _ synthesizer: Synthesizer) throws {
    let isWhole = try PerformanceRenderer.writeWAV(
      piece.midi, to: path, synthesizer: synthesizer, options: performance,
      shouldStop: { Interruption.isRequested })
    guard isWhole else { throw ExitCode.interrupted }
    if !quiet { Console.note("\(piece.title): \(path)") }
  }

  private func play(_ piece: Piece, _ player: Player) throws {
    if !quiet { Console.note("playing \(piece.title)") }
    var line = Console.isInteractive && !quiet ? CursorLine(piece) : nil
    let isWhole = try player.play(
      piece.midi, options: performance, shouldStop: { Interruption.isRequested },
      progress: { line?.draw(seconds: performance.writtenSeconds(afterPlaying: $0), heard: $0, total: $1) })
    if Console.isInteractive, !quiet { Console.note("") }
    guard isWhole else { throw ExitCode.interrupted }
  }

  private static func numbered(_ path: String, _ number: Int) -> String {
    let name = PathName(path)
    let stem = "\(name.withoutExtension)-\(number)"
    return name.fileExtension.isEmpty ? stem : "\(stem).\(name.fileExtension)"
  }
}
