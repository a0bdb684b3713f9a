import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI

/// A piece while it is played: what is heard of it, what the terminal shows, and what the keys ask for.
struct PieceOnStage {
  private let piece: Piece
  private let heading: String
  private let performance: PerformanceOptions
  private let beginning: SoundOutput.Beginning
  private let isShown: Bool
  private let sequence: MIDISequence
  private let cursor: ScoreCursor?
  private let map: BarMap

  init(
    piece: Piece, heading: String, performance: PerformanceOptions, beginning: SoundOutput.Beginning,
    isShown: Bool
  ) {
    self.piece = piece
    self.heading = heading
    self.performance = performance
    self.beginning = beginning
    self.isShown = isShown
    sequence = MIDISequence(piece.midi)
    cursor = piece.score.flatMap { try? ScoreCursor($0) }
    map = BarMap(piece, sequence, cursor)
  }

  /// The performance of the piece as it was asked for, at a tempo.
  ///
  /// - Throws: `InputError` where there is no such bar.
  func options(tempoFactor: Double) throws -> PerformanceOptions {
    var options = performance
    options.tempoFactor = tempoFactor
    if let bar = beginning.bar {
      guard let start = map.start(ofBar: bar) else {
        let (first, last) = (map.bars.map(\.number).min() ?? 0, map.bars.map(\.number).max() ?? 0)
        throw InputError("\(piece.title) has no bar \(bar); its bars are \(first) to \(last)")
      }
      options.startSeconds = start
    }
    let countIn = map.countIn(bars: beginning.countInBars, to: options.startSeconds)
    options.clicks = countIn.clicks + map.clicks
    options.countInSeconds = countIn.seconds
    options.isMetronomeOn = beginning.isMetronomeOn
    return options
  }

  /// Plays the piece; what the person at the terminal wants next.
  ///
  /// - Parameter settings: tempo, transposition and metronome, which go on from piece to piece.
  func play(
    on stage: Stage, keys: TerminalKeys?, settings: inout PlayerControls.Settings
  ) throws -> PlayerControls.Ending {
    var options = try options(tempoFactor: settings.tempoFactor)
    options.transposition = settings.transposition
    options.isMetronomeOn = settings.isMetronomeOn
    var controls = PlayerControls(map, settings: settings)
    if beginning.isLooping { controls.loopWhole(from: options.startSeconds) }
    var screen =
      isShown ? PlayerScreen(piece, heading: heading, sequence, cursor, map, hasControls: keys != nil) : nil
    var place = 0.0
    defer {
      screen?.finish()
      settings = controls.settings
    }
    let isWhole = try stage.play(
      piece.midi, options: options,
      commands: {
        while let key = keys?.next() { controls.press(key, at: place) }
        return controls.next()
      },
      progress: {
        place = $0.writtenSeconds
        screen?.draw($0, keys == nil ? nil : controls)
      })
    if isWhole { return .next }
    guard let ending = controls.ending, !Interruption.isRequested else { throw ExitCode.interrupted }
    return ending
  }
}
