import ABCNotation
import ABCToMIDI
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
    let shown = Mutex<String?>(nil)
    let done = DispatchGroup()
    let (writer, tune) = (writer, tune)
    let (tempo, program, isShown) = (command.tempo, command.sound.melodyProgram, command.isShownLive)
    DispatchQueue.global().async(group: done) {
      var growth = Growth(music: music, tempo: tempo, program: program, isShown: isShown, heading: tune.line)
      let result = Result { () throws(GenerationError) in
        try writer.write(
          tune, shouldStop: { Interruption.isRequested },
          progress: { text in
            if growth.take(text) { shown.withLock { $0 = text } }
          })
      }
      let whole = (try? result.get())?.abc
      growth.finish(whole)
      if let whole { shown.withLock { $0 = whole } }
      written.withLock { $0 = result }
    }
    // The device is opened while the first bars are being written.
    let played = Result { try play(music, shown) }
    done.wait()
    guard let result = written.withLock({ $0 }), !Interruption.isRequested else { throw ExitCode.interrupted }
    let whole = try result.get()
    try deliver(whole)
    guard try played.get() else {
      Console.error("nothing that the model wrote can be played; try another seed or a lower temperature")
      throw ExitCode.impossible
    }
  }

  private func play(_ music: GrowingMusic, _ text: borrowing Mutex<String?>) throws -> Bool {
    let (tempo, program) = (command.tempo, command.sound.melodyProgram)
    let synthesizer = try command.sound.makeSynthesizer()
    let player = Player(synthesizer: synthesizer, output: try ALSAOutput(name: command.sound.device))
    let (performance, isShown) = (command.performance, Console.isInteractive && !command.quiet)
    var line: CursorLine?
    var known: String?
    defer { if isShown { Console.note("") } }
    return try player.play(
      music, options: performance, shouldStop: { Interruption.isRequested },
      progress: { heard, total in
        guard isShown else { return }
        // What has been written since is in it.
        let text = text.withLock { $0 }
        if text != known, let (source, score, midi) = text.flatMap({ Growth.music(in: $0, tempo, program) }) {
          (line, known) = (CursorLine(midi, score, source), text)
        }
        line?.draw(seconds: performance.writtenSeconds(afterPlaying: heard), heard: heard, total: total)
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
  private var takenCount = 0
  private var shownCount = 0
  /// How long the music was when the bar before the latest had ended.
  private var stableSeconds: Double?

  init(music: GrowingMusic, tempo: TempoOption?, program: UInt7, isShown: Bool, heading: String) {
    self.music = music
    self.tempo = tempo
    self.program = program
    self.isShown = isShown
    self.heading = heading
  }

  /// Takes the text so far, after each character; true where there is more music in it.
  mutating func take(_ text: String) -> Bool {
    guard text.utf8.count > takenCount, text.hasSuffix("|") || text.hasSuffix("|\n"),
      let file = file(of: text)
    else { return false }
    takenCount = text.utf8.count
    show(text)
    let seconds = file.seconds
    // The last bar may still go on, by a tie or into a repeat.
    if let stableSeconds, seconds > stableSeconds { music.grow(to: file, stableUntil: stableSeconds) }
    stableSeconds = seconds
    return true
  }

  /// Takes the whole tune; nil where none came of it.
  mutating func finish(_ text: String?) {
    guard let text else { return music.giveUp() }
    show(text)
    if let file = file(of: text) { music.complete(file) } else { music.giveUp() }
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

  private func file(of text: String) -> MIDIFile? { Self.music(in: text, tempo, program)?.2 }

  /// The music of a text; nil where there is none.
  static func music(in text: String, _ tempo: TempoOption?, _ program: UInt7) -> (
    SourceText, Score, MIDIFile
  )? {
    let source = SourceText(name: "tune", text: text)
    guard let score = Tunebook(parsing: source).tunes.first?.score, !score.voices.isEmpty,
      let midi = try? MIDIConverter(program: program).convert(tempo?.applied(to: score) ?? score)
    else { return nil }
    return (source, score, midi)
  }
}

extension MIDIFile {
  /// When its last event comes.
  fileprivate var seconds: Double {
    MIDISequence(self).events.last.map { Double($0.time.periods(ofRate: 44100)) / 44100 } ?? 0
  }
}
