import ABCNotation

extension Score {
  /// The `%%MIDI` directives of the header that concern a voice: those that stand before any `V:` field and so
  /// concern all voices, and those behind its own.
  func directives(of voice: Voice) -> (shared: [Directive], own: [Directive]) {
    guard !directives.isEmpty else { return ([], []) }
    let fields = header.filter { $0.letter == "V" }
    var shared: [Directive] = []
    var own: [Directive] = []
    for directive in directives where directive.name.hasPrefix("MIDI") {
      if let field = fields.last(where: { $0.range.lowerBound < directive.range.lowerBound }) {
        let identifier = field.value.prefix { !$0.isWhitespace }
        if identifier == voice.identifier { own.append(directive) }
      } else {
        shared.append(directive)
      }
    }
    return (shared, own)
  }
}

extension Score.Directive {
  /// The commands of a `%%MIDI` line or an inline `[I:MIDI=…]`, which may hold several, each as its words.
  var commands: [[Substring]] {
    guard name.hasPrefix("MIDI") else { return [] }
    let words = (name.dropFirst(4) + " " + value).split { $0 == " " || $0 == "\t" }
    var commands: [[Substring]] = [[]]
    for word in words {
      var word = word
      if word.hasPrefix("MIDI") {
        word = word.dropFirst(4)
        commands.append([])
      }
      if word.hasPrefix("=") { word = word.dropFirst() }
      if !word.isEmpty { commands[commands.count - 1].append(word) }
    }
    return commands.filter { !$0.isEmpty }
  }
}

extension AccompanimentDirective {
  /// Whether it starts or shapes drums or a drone, which a tune has once and not once a voice.
  var isOfCompanions: Bool {
    switch self {
    case .drumPattern, .drumPatternBars, .drumsAreOn, .drone, .droneIsOn: true
    default: false
    }
  }
}
