import ABCNotation
import ArgumentParser
import Dispatch
import Playback
import StandardMIDI
import Synchronization
import TuneGenerator

/// A tune that sounds while the rest of it is still being written.
struct LivePerformance {
  let command: Generate
  let writer: TuneWriter
  let tune: Provenance

  /// Writes the tune on another thread and plays what there is; what is written appears on standard output.
  ///
  /// - Parameter deliver: is handed the whole tune, on this thread, as soon as it has been heard or can not be.
  func run(deliver: (GeneratedTune) throws -> Void) throws {
    let music = GrowingMusic()
    let written = Mutex<Result<GeneratedTune, GenerationError>?>(nil)
    let latest = Mutex<(number: Int, piece: Piece)?>(nil)
    let done = DispatchGroup()
    let (writer, tune) = (writer, tune)
    let (tempo, program, isShown) = (command.tempo, command.sound.melodyProgram, command.isShownLive)
    DispatchQueue.global().async(group: done) {
      var growth = Growth(music: music, tempo: tempo, program: program, isShown: isShown, heading: tune.line)
      func publish(_ piece: Piece?) {
        guard let piece else { return }
        latest.withLock { $0 = (($0?.number ?? 0) + 1, piece) }
      }
      let result = Result { () throws(GenerationError) in
        try writer.write(
          tune, shouldStop: { Interruption.isRequested }, progress: { publish(growth.take($0)) })
      }
      publish(growth.finish((try? result.get())?.abc))
      written.withLock { $0 = result }
    }
    // The device is opened while the first bars are being written.
    let played = Result { try play(music, latest) }
    done.wait()
    guard let result = written.withLock({ $0 }), !Interruption.isRequested else { throw ExitCode.interrupted }
    let whole = try result.get()
    try deliver(whole)
    guard try played.get() else {
      Console.error("nothing that the model wrote can be played; try another seed or a lower temperature")
      throw ExitCode.impossible
    }
  }

  private func play(
    _ music: GrowingMusic, _ latest: borrowing Mutex<(number: Int, piece: Piece)?>
  ) throws -> Bool {
    let synthesizer = try command.sound.makeSynthesizer()
    let player = Player(synthesizer: synthesizer, output: try ALSAOutput(name: command.sound.device))
    let (performance, isShown) = (command.performance, Console.isInteractive && !command.quiet)
    var line: CursorLine?
    var known = 0
    defer { if isShown { Console.note("") } }
    return try player.play(
      music, options: performance, shouldStop: { Interruption.isRequested },
      progress: { place in
        guard isShown else { return }
        // What has been written since is in it.
        if let (number, piece) = latest.withLock({ $0 }), number != known {
          (line, known) = (CursorLine(piece), number)
        }
        line?.draw(place)
      })
  }
}

/// What has been written of a tune, as music and on the terminal.
private struct Growth {
  let music: GrowingMusic
  let tempo: TempoOption?
  let program: UInt7
  let isShown: Bool
  /// The comment that goes before the tune.
  let heading: String
  fileprivate var takenCount = 0
  fileprivate var shownCount = 0
  /// How long the music was when the bar before the latest had ended.
  fileprivate var stableSeconds: Double?

  /// Takes the text so far, after each character; what it sounds like, where there is more music in it.
  mutating func take(_ text: String) -> Piece? {
    guard text.utf8.count > takenCount, text.hasSuffix("|") || text.hasSuffix("|\n"),
      let piece = self.piece(of: text)
    else { return nil }
    takenCount = text.utf8.count
    show(text)
    let seconds = piece.midi.seconds
    // The last bar may still go on, by a tie or into a repeat.
    if let stableSeconds, seconds > stableSeconds { music.grow(to: piece.midi, stableUntil: stableSeconds) }
    stableSeconds = seconds
    return piece
  }

  /// Takes the whole tune, nil where none came of it; what it sounds like.
  mutating func finish(_ text: String?) -> Piece? {
    if let text { show(text) }
    let piece = text.flatMap { self.piece(of: $0) }
    if let piece { music.complete(piece.midi) } else { music.giveUp() }
    return piece
  }

  /// Whole lines appear.
  private mutating func show(_ text: String) {
    guard isShown, let end = text.lastIndex(of: "\n") else { return }
    let lines = text[...end]
    let count = lines.unicodeScalars.count
    guard count > shownCount else { return }
    // The line that follows the sound makes room.
    if Console.isInteractive { Console.draw("\r\u{1B}[K") }
    if shownCount == 0 { Console.write(heading) }
    Console.write(String(String.UnicodeScalarView(lines.unicodeScalars.dropFirst(shownCount))))
    shownCount = count
  }

  /// The music of a text; nil where there is none.
  private func piece(of text: String) -> Piece? {
    let source = SourceText(name: "tune", text: text)
    guard let score = Tunebook(parsing: source).tunes.first?.score, !score.voices.isEmpty else { return nil }
    return try? Piece(score, in: source, tempo: tempo, program: program)
  }
}

extension MIDIFile {
  /// When its last event comes.
  fileprivate var seconds: Double {
    MIDISequence(self).events.last.map { Double($0.time.periods(ofRate: 44100)) / 44100 } ?? 0
  }
}
