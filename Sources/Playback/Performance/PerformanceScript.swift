import StandardMIDI

/// What is to be performed and when, and how it is performed now: the messages of a file, against frames of sound that run on
/// whatever happens, while place, tempo and key may change.
///
/// A place in the music is in frames of the file as written; frames of sound count from the beginning of the performance.
struct PerformanceScript {
  private struct Step {
    let place: Int
    let message: MIDIMessage
  }

  /// From a frame of sound on the music goes on from a place at a tempo.
  private struct Anchor {
    let frame: Int
    let place: Int
    let tempoFactor: Double
  }

  private var options: PerformanceOptions
  /// Where the music begins.
  private let start: Int
  private var steps: [Step] = []
  private var next = 0
  private var clicks: [MetronomeClick] = []
  private var nextClick = 0
  private var anchors: [Anchor]
  /// The keys that are down: as written, and as they sound.
  private var keysDown: [(channel: Channel, written: UInt7, sounding: UInt7)] = []
  /// Where the last note is let go of; 0 where there is none.
  private var endPlace = 0
  /// What is played again and again.
  private var loop: Range<Int>?
  private var isMetronomeOn: Bool
  /// Whether it has gone elsewhere, so that nothing is counted in any more.
  private var hasMoved = false
  /// What is due at once.
  private var pending: [MIDIMessage] = []

  /// The script of a file from where the options say.
  init(_ file: MIDIFile, options: PerformanceOptions) {
    precondition(options.tempoFactor > 0 && options.tempoFactor.isFinite, "a tempo must be above zero")
    self.options = options
    start = max(Self.place(options.startSeconds), 0)
    let beginning = start - max(Self.place(options.countInSeconds), 0)
    anchors = [Anchor(frame: 0, place: beginning, tempoFactor: options.tempoFactor)]
    isMetronomeOn = options.isMetronomeOn
    clicks = options.clicks.sorted { $0.seconds < $1.seconds }
    read(file)
    if start > 0 { pending = enter(start, strikingHeldNotes: false) }
    nextClick = clicks.firstIndex { Self.place($0.seconds) >= beginning } ?? clicks.count
  }

  /// Goes on with a longer file that begins as the one so far does.
  mutating func grow(to file: MIDIFile) { read(file) }

  private mutating func read(_ file: MIDIFile) {
    let end = options.endSeconds.map(Self.place) ?? Int.max
    steps.removeAll(keepingCapacity: true)
    if let program = options.program { steps = Self.programSteps(program) }
    endPlace = 0
    var neededSteps = 0
    var hasNotes = false
    for event in MIDISequence(file).events {
      let place = event.time.periods(ofRate: Synthesizer.sampleRate)
      guard place < end else {
        neededSteps = steps.count
        endPlace = end
        break
      }
      let isNote = event.message.beginsNote || event.message.endsNote
      guard event.message.isPerformed else { continue }
      steps.append(Step(place: place, message: event.message))
      if isNote {
        neededSteps = steps.count
        endPlace = place
      }
      if event.message.beginsNote, place >= start { hasNotes = true }
    }
    steps.removeSubrange(neededSteps...)
    if !hasNotes { endPlace = 0 }
  }

  private static func programSteps(_ program: UInt7) -> [Step] {
    Channel.all.filter { $0 != .percussion }
      .map { Step(place: 0, message: .programChange(channel: $0, program: program)) }
  }

  /// Whether there is no note at all.
  var isEmpty: Bool { endPlace == 0 }

  // MARK: Time

  /// Beyond any performance, and exact as a `Double`.
  private static let longest = 0x1p52

  /// The place of a second of the file as written; below 0 before its beginning.
  static func place(_ seconds: Double) -> Int {
    Int(min(max(seconds * Double(Synthesizer.sampleRate), -longest), longest).rounded())
  }

  /// When a place is reached, if nothing else happens; what lies behind is due at once.
  func frame(of place: Int) -> Int {
    let anchor = anchors[anchors.count - 1]
    let scaled = Double(max(place - anchor.place, 0)) / anchor.tempoFactor
    return anchor.frame + Int(min(scaled.rounded(), Self.longest))
  }

  /// The place that is heard with a frame, also one that has passed not long ago.
  func place(at frame: Int) -> Int {
    let anchor = anchors.last { $0.frame <= frame } ?? anchors[0]
    return anchor.place + Int(Double(max(frame - anchor.frame, 0)) * anchor.tempoFactor)
  }

  /// When the last note is let go of; 0 where there is none.
  var endFrame: Int { isEmpty ? 0 : frame(of: endPlace) }

  private mutating func goOn(from place: Int, at frame: Int) {
    anchors.append(Anchor(frame: frame, place: place, tempoFactor: options.tempoFactor))
    // What was heard some seconds ago is asked for no more.
    if anchors.count > 64 { anchors.removeFirst(anchors.count - 32) }
  }

  // MARK: Performing

  /// More than any instrument has voices.
  private static let mostKeysDown = 512

  /// The next frame behind one at which something happens; nil where nothing does.
  func nextFrame(after frame: Int) -> Int? {
    var places = [endPlace]
    if next < steps.count { places.append(steps[next].place) }
    if nextClick < clicks.count { places.append(Self.place(clicks[nextClick].seconds)) }
    if let loop { places.append(loop.upperBound) }
    return places.map(self.frame(of:)).filter { $0 > frame }.min()
  }

  /// Whether at a frame all has been performed.
  func isOver(at frame: Int) -> Bool { next == steps.count && loop == nil && frame >= endFrame }

  /// Takes what is due at a frame.
  mutating func takeDue(at frame: Int) -> [MIDIMessage] {
    var messages = pending
    pending = []
    while true {
      let end = loop.map { self.frame(of: $0.upperBound) } ?? Int.max
      while next < steps.count, self.frame(of: steps[next].place) <= frame,
        loop.map({ steps[next].place < $0.upperBound }) ?? true
      {
        if let message = performed(steps[next].message) { messages.append(message) }
        next += 1
      }
      while nextClick < clicks.count, self.frame(of: Self.place(clicks[nextClick].seconds)) <= frame,
        loop.map({ Self.place(clicks[nextClick].seconds) < $0.upperBound }) ?? true
      {
        if isHeard(clicks[nextClick]) { messages.append(clicks[nextClick].message) }
        nextClick += 1
      }
      guard let loop, end <= frame else { return messages }
      messages += move(to: loop.lowerBound, at: end, strikingHeldNotes: false)
    }
  }

  /// A count-in is heard once, though the metronome is off; what would click there otherwise is not.
  private func isHeard(_ click: MetronomeClick) -> Bool {
    click.isCountIn ? !hasMoved : isMetronomeOn && (hasMoved || Self.place(click.seconds) >= start)
  }

  /// A message as it is to sound; keeps account of the keys that are down.
  private mutating func performed(_ message: MIDIMessage) -> MIDIMessage? {
    switch message {
    case .noteOn(let channel, let key, let velocity) where velocity > 0:
      guard case .noteOn(_, let sounding, _) = options.applied(to: message) else { return nil }
      // A file that strikes and never lets go is not kept account of for ever.
      if keysDown.count < Self.mostKeysDown { keysDown.append((channel, key, sounding)) }
      return .noteOn(channel: channel, key: sounding, velocity: velocity)
    case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _):
      guard let index = keysDown.firstIndex(where: { $0.channel == channel && $0.written == key }) else {
        return options.applied(to: message)
      }
      // The key that went down comes up, whatever the transposition is by now.
      return .noteOff(channel: channel, key: keysDown.remove(at: index).sounding, velocity: 64)
    default:
      return options.applied(to: message)
    }
  }

  // MARK: Changes on the way

  /// Goes on from another place; what to send for it.
  ///
  /// - Parameter strikingHeldNotes: whether notes that would sound there by now are struck, late.
  mutating func move(to place: Int, at frame: Int, strikingHeldNotes: Bool) -> [MIDIMessage] {
    // A pause while it is counted in keeps its place.
    if place >= start || self.place(at: frame) >= start { hasMoved = true }
    goOn(from: place, at: frame)
    nextClick = clicks.firstIndex { Self.place($0.seconds) >= place } ?? clicks.count
    return releaseAll() + enter(place, strikingHeldNotes: strikingHeldNotes)
  }

  /// Makes the step at a place the next one, and gives what instruments must have been told by then.
  private mutating func enter(_ place: Int, strikingHeldNotes: Bool) -> [MIDIMessage] {
    next = steps.firstIndex { $0.place >= place } ?? steps.count
    var messages: [MIDIMessage] = []
    var held: [MIDIMessage] = []
    for step in steps[..<next] {
      switch step.message {
      case .noteOn, .noteOff:
        guard strikingHeldNotes else { continue }
        if step.message.beginsNote {
          if held.count < Self.mostKeysDown { held.append(step.message) }
        } else if let index = held.firstIndex(where: { $0.isSameKey(as: step.message) }) {
          held.remove(at: index)
        }
      default:
        if let message = performed(step.message) { messages.append(message) }
      }
    }
    // What is let go of at this very place is not struck any more.
    for step in steps[next...].prefix(while: { $0.place == place }) where step.message.endsNote {
      held.removeAll { $0.isSameKey(as: step.message) }
    }
    for note in held { if let message = performed(note) { messages.append(message) } }
    return messages
  }

  /// Lets go of every key.
  mutating func releaseAll() -> [MIDIMessage] {
    defer { keysDown = [] }
    return keysDown.map { .noteOff(channel: $0.channel, key: $0.sounding, velocity: 64) }
  }

  /// Another tempo from a frame on.
  mutating func setTempo(_ factor: Double, at frame: Int) {
    precondition(factor > 0 && factor.isFinite, "a tempo must be above zero")
    let place = place(at: frame)
    options.tempoFactor = factor
    goOn(from: place, at: frame)
  }

  /// Another key for the notes that come; those that sound stay as they are.
  mutating func setTransposition(_ semitones: Int) { options.transposition = semitones }

  /// The metronome from now on.
  mutating func setMetronome(_ isOn: Bool) { isMetronomeOn = isOn }

  /// What is played again and again from now on, in seconds of the file as written; nil for no such thing.
  mutating func setLoop(_ seconds: Range<Double>?) {
    let places = seconds.map { Self.place($0.lowerBound)..<Self.place($0.upperBound) }
    // Shorter than a note's attack it would be a noise, and of no length it would never end.
    loop = places.flatMap { $0.count >= Synthesizer.sampleRate / 20 ? $0 : nil }
  }
}

extension MIDIMessage {
  /// Whether an instrument is to be sent this.
  fileprivate var isPerformed: Bool {
    if case .meta = self { false } else { true }
  }

  fileprivate func isSameKey(as other: MIDIMessage) -> Bool {
    guard let key, let otherKey = other.key else { return false }
    return key == otherKey
  }

  private var key: [UInt8]? {
    switch self {
    case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _):
      [channel.rawValue, key.rawValue]
    default: nil
    }
  }
}
