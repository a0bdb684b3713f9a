import ABCNotation

extension Score {
  /// The `%%MIDI` directives of the header that concern a voice: those behind its `V:` field, and all that stand
  /// before any.
  func directives(of voice: Voice) -> [Directive] {
    guard !directives.isEmpty else { return [] }
    let fields = header.filter { $0.letter == "V" }
    return directives.filter { directive in
      guard directive.name.hasPrefix("MIDI") else { return false }
      guard let field = fields.last(where: { $0.range.lowerBound < directive.range.lowerBound }) else {
        return true
      }
      let identifier = field.value.prefix { !$0.isWhitespace }
      return identifier == voice.identifier || !voices.contains { $0.identifier == identifier }
    }
  }
}

extension Score.Directive {
  /// The commands of a `%%MIDI` line or an inline `[I:MIDI=…]`, which may hold several, each as its words.
  var commands: [[Substring]] {
    guard name.hasPrefix("MIDI") else { return [] }
    let text = name.dropFirst(4) + Substring(" ") + Substring(value)
    let words = text.split { $0 == " " || $0 == "\t" }
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
