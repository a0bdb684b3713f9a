extension AccompanimentDirective {
  /// Reads a `%%MIDI` command (abc2midi's guide; ABC 2.1, 11). Nil for a command that is not about the
  /// accompaniment.
  ///
  /// - Parameters:
  ///   - command: the word behind `%%MIDI`, in small letters.
  ///   - arguments: the words behind it.
  init?(command: Substring, arguments: [Substring]) throws(DirectiveError) {
    if let control = try ControlCommand(command: command, arguments: arguments) {
      guard let target = control.target else { return nil }
      self = .control(target, control.changes)
      return
    }
    let reader = DirectiveReader(command: command, arguments: arguments.prefix { !$0.hasPrefix("%") })
    switch command {
    case "gchord": self = try reader.chordPattern()
    case "gchordbars": self = .chordPatternBars(try reader.barCount())
    case "chordprog":
      let (program, octave) = try reader.program()
      self = .chordProgram(program, octave: octave)
    case "bassprog":
      let (program, octave) = try reader.program()
      self = .bassProgram(program, octave: octave)
    case "chordvol": self = .chordVelocity(try reader.velocity(75))
    case "bassvol": self = .bassVelocity(try reader.velocity(80))
    case "gchordon": self = .chordsAreOn(true)
    case "gchordoff": self = .chordsAreOn(false)
    case "chordname": self = try reader.chordName()
    case "chordattack", "randomchordattack": self = .chordAttack
    case "drum": self = try reader.drumPattern()
    case "drumbars": self = .drumPatternBars(try reader.barCount())
    case "drumon": self = .drumsAreOn(true)
    case "drumoff": self = .drumsAreOn(false)
    case "drone": self = .drone(try reader.drone())
    case "droneon": self = .droneIsOn(true)
    case "droneoff": self = .droneIsOn(false)
    default: return nil
    }
  }
}

/// Reads what stands behind a command.
private struct DirectiveReader {
  let command: Substring
  let arguments: ArraySlice<Substring>

  private func error(_ expectation: String, example: String) -> DirectiveError {
    let text = ([command] + arguments).joined(separator: " ")
    return DirectiveError(text: text, expectation: expectation, example: "\(command) \(example)")
  }

  func barCount() throws(DirectiveError) -> Int {
    guard arguments.count == 1, let count = Int(arguments.joined()), (1...10).contains(count) else {
      throw error("a number of bars from 1 to 10", example: "2")
    }
    return count
  }

  func velocity(_ usual: Int) throws(DirectiveError) -> Int {
    guard let first = arguments.first, let velocity = Int(first), (0...127).contains(velocity) else {
      throw error("a loudness from 0 to 127", example: "\(usual)")
    }
    return velocity
  }

  /// A program and its octave; other words are descriptions for people.
  func program() throws(DirectiveError) -> (program: Int, octave: Int?) {
    guard let first = arguments.first, let program = Int(first), (0...127).contains(program) else {
      throw error("the number of an instrument from 0 to 127", example: "24")
    }
    guard let word = arguments.first(where: { $0.hasPrefix("octave=") }) else { return (program, nil) }
    guard let octave = Int(word.dropFirst("octave=".count)), (-2...2).contains(octave) else {
      throw error("an octave from -2 to 2", example: "\(program) octave=-1")
    }
    return (program, octave)
  }

  /// A pattern in one word or several; without one, that of the meter.
  func chordPattern() throws(DirectiveError) -> AccompanimentDirective {
    if arguments.isEmpty { return .chordPattern(nil) }
    guard let pattern = StrokePattern(chordLetters: arguments.joined().utf8) else {
      throw error("letters from f, c, b, z, g to k and G to K with lengths from 1 up", example: "fzczfzcz")
    }
    return .chordPattern(pattern)
  }

  func chordName() throws(DirectiveError) -> AccompanimentDirective {
    let intervals = arguments.dropFirst().compactMap { Int($0) }
    guard let name = arguments.first, (1...10).contains(intervals.count),
      intervals.count == arguments.count - 1, intervals.allSatisfy((-127...127).contains)
    else {
      throw error("a name and one to ten intervals in semitones above the root", example: "sus4 0 5 7")
    }
    return .chordName(String(name), intervals: intervals)
  }

  /// A pattern in one word or several, an instrument for each stroke, then a velocity for each.
  func drumPattern() throws(DirectiveError) -> AccompanimentDirective {
    let letters = arguments.prefix { $0.first?.isLetter == true }
    guard var pattern = StrokePattern(drumLetters: letters.joined().utf8) else {
      throw error(
        "a pattern of the letters d and z with lengths from 1 up, then an instrument for each d",
        example: "dzdd 36 38 38")
    }
    let words = arguments.dropFirst(letters.count)
    let numbers = words.compactMap { Int($0) }
    let count = pattern.hitCount
    guard numbers.count == words.count, numbers.count <= 2 * count else {
      throw error(
        "no more than an instrument and a loudness for each d of its pattern", example: "dd 36 38 100 80")
    }
    guard numbers.prefix(count).allSatisfy((0...127).contains) else {
      throw error("instruments from 0 to 127", example: "dd 36 38")
    }
    guard numbers.dropFirst(count).allSatisfy((1...127).contains) else {
      throw error("loudnesses from 1 to 127 behind the instruments", example: "dd 36 38 100 80")
    }
    pattern.assign(
      (0..<count).map { index in
        var hit = DrumHit()
        if index < numbers.count { hit.instrument = numbers[index] }
        if index + count < numbers.count { hit.velocity = numbers[index + count] }
        return hit
      })
    return .drumPattern(pattern)
  }

  func drone() throws(DirectiveError) -> DroneSettings {
    let numbers = arguments.compactMap { Int($0) }
    guard (1...5).contains(numbers.count), numbers.count == arguments.count,
      numbers.prefix(3).allSatisfy((0...127).contains), numbers.dropFirst(3).allSatisfy((1...127).contains)
    else {
      throw error(
        "an instrument, two pitches (0 to 127) and two loudnesses (1 to 127)", example: "70 45 33 80 80")
    }
    return DroneSettings(
      program: numbers[0], pitches: Array(numbers.dropFirst().prefix(2)),
      velocities: Array(numbers.dropFirst(3)))
  }
}
