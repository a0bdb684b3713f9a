import ABCNotation

/// A `%%MIDI` command that concerns how a voice is played. The names and meanings are those of abc2midi's guide.
enum VoiceCommand: Hashable, Sendable {
  /// `program [channel] n`, `channel n` (1…16), and what ``ControlCommand`` reads.
  case instrument([InstrumentChange])
  /// `transpose n`, in semitones.
  case transpose(Int)
  /// `rtranspose n`: on top of the transposition in force.
  case transposeFurther(Int)
  /// `c n`: the key number of what is written `C`.
  case middleC(Int)
  /// `beat a b c n`: loudness of the first note of a bar, of every *n*th position, of all others.
  case beat(first: Int, strong: Int, weak: Int, every: Int)
  /// `beatmod n`: louder by so much.
  case louder(Int)
  /// `beatstring fmpmp`.
  case beatString([UInt8])
  /// `beataccents`, `nobeataccents`.
  case beatAccents(Bool)
  /// `deltaloudness n`: what a hairpin begins and ends with.
  case hairpinStep(Int)
  /// `grace a/b`: the share of the next note that grace notes take.
  case graceShare(Fraction)
  /// `gracedivider n`: a grace note lasts an *n*th of what is written.
  case graceDivider(Int)
  /// `ratio n m`: how `>` divides the time of its notes.
  case brokenRatio(Fraction)
  /// `trim x/y`: a gap behind each note, in unit lengths.
  case trim(Fraction)
  /// `expand x/y`: how much longer than written each note sounds, in unit lengths.
  case expand(Fraction)
  /// `chordattack n`: how much later each further note of a chord starts, in ticks.
  case chordAttack(Int)
  /// `fermatafixed`, `fermataproportional`.
  case fermataAddsUnit(Bool)
  /// `drummap note key`.
  case drumMap(pitch: Int, key: Int)
  /// A command that asks for nothing that is done here.
  case nothing

  /// Commands that are about something else: the notation, engines of abc2midi that are not rebuilt here.
  private static let ignored: Set<String> = [
    "nobarlines", "barlines", "temperament", "temperamentlinear", "temperamentnormal", "tuningsystem",
    "randomchordattack", "makechordchannels", "ptstress", "stressmodel", "snt", "bendvelocity", "bendstring",
    "controlstring", "harpmode", "vol", "volinc",
  ]

  /// Reads a command.
  ///
  /// - Returns: nil for a command of another name.
  /// - Throws: ``DirectiveError`` where the name is known and the rest is not as it should be.
  init?(command: Substring, arguments: [Substring]) throws(DirectiveError) {
    let numbers = ArgumentReader(command: command, arguments: arguments)
    let name = command.lowercased()
    if let control = try ControlCommand(command: Substring(name), arguments: arguments) {
      guard control.target == nil else { return nil }
      self = .instrument(control.changes)
      return
    }
    switch name {
    case "program":
      if numbers.firstNumber != nil, numbers.secondNumber != nil {
        self = .instrument([
          .program(
            try numbers.number(at: 1, in: 0...127, example: "73"),
            channel: try numbers.number(at: 0, in: 1...16, example: "73") - 1)
        ])
      } else {
        self = .instrument([.program(try numbers.number(at: 0, in: 0...127, example: "73"), channel: nil)])
      }
    case "channel": self = .instrument([.channel(try numbers.number(at: 0, in: 1...16, example: "2") - 1)])
    case "transpose": self = .transpose(try numbers.number(at: 0, in: -127...127, example: "-12"))
    case "rtranspose": self = .transposeFurther(try numbers.number(at: 0, in: -127...127, example: "2"))
    case "c": self = .middleC(try numbers.number(at: 0, in: 0...127, example: "60"))
    case "beat":
      self = .beat(
        first: try numbers.number(at: 0, in: 0...127, example: "105 95 80 1"),
        strong: try numbers.number(at: 1, in: 0...127, example: "105 95 80 1"),
        weak: try numbers.number(at: 2, in: 0...127, example: "105 95 80 1"),
        every: try numbers.number(at: 3, in: 1...128, example: "105 95 80 1"))
    case "beatmod": self = .louder(try numbers.number(at: 0, in: -127...127, example: "10"))
    case "beatstring":
      let letters = Array((arguments.first ?? "").utf8)
      guard !letters.isEmpty, letters.allSatisfy({ Array("fmp".utf8).contains($0) }) else {
        throw numbers.error("a word of the letters f, m and p", example: "fppmpp")
      }
      self = .beatString(letters)
    case "beataccents": self = .beatAccents(true)
    case "nobeataccents": self = .beatAccents(false)
    case "deltaloudness": self = .hairpinStep(try numbers.number(at: 0, in: 0...63, example: "15"))
    case "grace":
      let share = try numbers.fraction(at: 0)
      guard share > .zero, share < Fraction(1) else {
        throw numbers.error("a share of the next note between 0 and 1", example: "1/4")
      }
      self = .graceShare(share)
    case "gracedivider": self = .graceDivider(try numbers.number(at: 0, in: 1...128, example: "4"))
    case "ratio":
      let long = try numbers.number(at: 0, in: 1...100, example: "2 1")
      self = .brokenRatio(Fraction(long, long + (try numbers.number(at: 1, in: 1...100, example: "2 1"))))
    case "trim": self = .trim(try numbers.fraction(at: 0))
    case "expand": self = .expand(try numbers.fraction(at: 0))
    case "chordattack": self = .chordAttack(try numbers.number(at: 0, in: 0...480, example: "10"))
    case "fermatafixed": self = .fermataAddsUnit(true)
    case "fermataproportional": self = .fermataAddsUnit(false)
    case "drummap":
      guard let pitch = arguments.first.flatMap(Self.pitch(of:)) else {
        throw numbers.error("a note of ABC and the key of a drum", example: "_D 36")
      }
      self = .drumMap(pitch: pitch, key: try numbers.number(at: 1, in: 0...127, example: "_D 36"))
    case let name where Self.ignored.contains(name): self = .nothing
    default: return nil
    }
  }

  /// The key number of a note of ABC: `_D`, `^c'`.
  private static func pitch(of note: Substring) -> Int? {
    var alteration = 0
    var rest = note
    while let sign = rest.first, "^_=".contains(sign) {
      alteration += sign == "^" ? 1 : sign == "_" ? -1 : 0
      rest.removeFirst()
    }
    guard let letter = rest.popFirst(), let index = Array("CDEFGABcdefgab").firstIndex(of: letter) else {
      return nil
    }
    var octave = index / 7
    for mark in rest {
      guard "',".contains(mark) else { return nil }
      octave += mark == "'" ? 1 : -1
    }
    return 60 + 12 * octave + [0, 2, 4, 5, 7, 9, 11][index % 7] + alteration
  }
}

/// The arguments of a `%%MIDI` command as numbers.
struct ArgumentReader {
  let command: Substring
  let arguments: [Substring]

  var firstNumber: Int? { arguments.first.flatMap { Int($0) } }
  var secondNumber: Int? { arguments.dropFirst().first.flatMap { Int($0) } }

  func error(_ expectation: String, example: String) -> DirectiveError {
    let text = ([command] + arguments).joined(separator: " ")
    return DirectiveError(text: text, expectation: expectation, example: "\(command) \(example)")
  }

  /// A whole number.
  func number(
    at index: Int, in range: ClosedRange<Int>, example: String
  ) throws(DirectiveError) -> Int {
    guard index < arguments.count, let number = Int(arguments[index]), range.contains(number) else {
      let place = ["first", "second", "third", "fourth"][min(index, 3)]
      throw error(
        "a number from \(range.lowerBound) to \(range.upperBound) as its \(place) argument", example: example)
    }
    return number
  }

  /// A fraction such as `1/4`, at least 0, with both numbers at most 1000; the denominator may be left out.
  func fraction(at index: Int) throws(DirectiveError) -> Fraction {
    let parts = index < arguments.count ? arguments[index].split(separator: "/") : []
    guard (1...2).contains(parts.count), let numerator = Int(parts[0]), (0...1000).contains(numerator),
      let denominator = parts.count == 2 ? Int(parts[1]) : 1, (1...1000).contains(denominator)
    else { throw error("a fraction", example: "1/4") }
    return Fraction(numerator, denominator)
  }
}
