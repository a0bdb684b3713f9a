import Playback

/// What the keys at the terminal ask of the player.
struct PlayerControls {
  /// What becomes of the piece.
  enum Ending { case next, previous, quit }

  private let map: BarMap
  private let pieceRange: Range<Double>
  private var queue: [PlayerCommand] = []
  /// Set where a key ends the piece.
  private(set) var ending: Ending?
  private(set) var isPaused = false
  private(set) var isLooping = false
  /// What goes on from piece to piece.
  var settings: Settings

  struct Settings: Equatable {
    var tempoFactor = 1.0
    var transposition = 0
    var isMetronomeOn = false

    /// The steps in which `+` and `-` go, and how far.
    static let tempoStep = 0.05
    static let tempoRange = 0.1...4.0
  }

  init(_ map: BarMap, settings: Settings) {
    self.map = map
    self.settings = settings
    let end = map.bars.last?.seconds.upperBound ?? 0
    pieceRange = 0..<max(end, 0.1)
  }

  /// Plays the whole piece again and again from the start.
  mutating func loopWhole(from seconds: Double) {
    isLooping = true
    queue.append(.loop(min(seconds, pieceRange.upperBound - 0.1)..<pieceRange.upperBound))
  }

  /// What each key does, for the line at the bottom.
  static let help =
    "space pause · q quit · ←→ bar · ↑↓ part · +- tempo · tT key · l loop · m metronome · np tune"

  /// Takes a key; `seconds` is the place that is heard, of the file as written.
  mutating func press(_ key: TerminalKeys.Key, at seconds: Double) {
    switch key {
    case .left: moveBar(-1, seconds)
    case .right: moveBar(1, seconds)
    case .up: if let index = map.index(atSeconds: seconds) { move(to: map.previousPart(before: index)) }
    case .down:
      if let next = map.index(atSeconds: seconds).flatMap({ map.nextPart(after: $0) }) { move(to: next) }
    case .character(let character): press(character, at: seconds)
    }
  }

  private mutating func press(_ character: Character, at seconds: Double) {
    switch character {
    case " ":
      isPaused.toggle()
      queue.append(isPaused ? .pause : .resume)
    case "+", "=": setTempo(settings.tempoFactor + Settings.tempoStep)
    case "-", "_": setTempo(settings.tempoFactor - Settings.tempoStep)
    case "t": transpose(settings.transposition + 1)
    case "T": transpose(settings.transposition - 1)
    case "l":
      isLooping.toggle()
      let part = map.index(atSeconds: seconds).map { map.part(around: $0) }
      queue.append(.loop(isLooping ? part ?? pieceRange : nil))
    case "m":
      settings.isMetronomeOn.toggle()
      queue.append(.metronome(settings.isMetronomeOn))
    case "n": end(.next)
    case "p": end(.previous)
    case "q": end(.quit)
    default: break
    }
  }

  private mutating func end(_ ending: Ending) {
    self.ending = ending
    queue.append(.stop)
  }

  private mutating func setTempo(_ factor: Double) {
    let steps = (factor / Settings.tempoStep).rounded()
    let rounded = steps * Settings.tempoStep
    guard Settings.tempoRange.contains(rounded) else { return }
    settings.tempoFactor = rounded
    queue.append(.tempo(rounded))
  }

  private mutating func transpose(_ semitones: Int) {
    guard (-36...36).contains(semitones) else { return }
    settings.transposition = semitones
    queue.append(.transposition(semitones))
  }

  /// To the bar that is so many on; backwards to the start of this one where it has begun a while ago.
  private mutating func moveBar(_ count: Int, _ seconds: Double) {
    guard let index = map.index(atSeconds: seconds) else { return }
    let isWellBegun = seconds - map.bars[index].seconds.lowerBound > 0.6
    let target = index + (count < 0 && isWellBegun ? 0 : count)
    guard target < map.bars.count else { return }
    move(to: map.bars[max(target, 0)].seconds.lowerBound)
  }

  private mutating func move(to seconds: Double) {
    if isLooping {
      isLooping = false
      queue.append(.loop(nil))
    }
    queue.append(.move(seconds: seconds))
  }

  /// The next command for the player.
  mutating func next() -> PlayerCommand? { queue.isEmpty ? nil : queue.removeFirst() }
}
