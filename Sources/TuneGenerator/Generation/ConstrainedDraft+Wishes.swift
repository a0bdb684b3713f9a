import CharacterModel

/// What is asked for, in the header or before it.
extension ConstrainedDraft {
  /// A prescribed field that the prime has with another value.
  var contradictedWish: Character? {
    HeaderWishes.letters.first { letter in
      guard let line = wishes.line(letter), constraint.fields.contains(letter) else { return false }
      return !("\n" + options.prime + "\n").contains("\n" + line)
    }
  }

  /// Prescribed fields that are not yet written.
  var unwritten: [Character] {
    HeaderWishes.letters.filter { wishes.line($0) != nil && !constraint.fields.contains($0) }
  }

  /// Writes the title behind X: and the style behind it, if they are prescribed.
  mutating func writePrescribedField() -> Bool {
    guard let letter = unwritten.first, letter == "T" || letter == "N",
      constraint.fields.last == (letter == "T" ? "X" : "T"),
      let line = wishes.line(letter)
    else { return false }
    return force(line)
  }

  /// The prescribed field whose turn it is where the model begins a line with a character: that field, or one behind it.
  @inline(__always)
  func lineDue(before character: Unicode.Scalar) -> String? {
    guard constraint.isAtHeaderLine, let letter = unwritten.first,
      let due = HeaderWishes.order.firstIndex(of: letter),
      let drawn = HeaderWishes.order.firstIndex(of: Character(character)), due <= drawn
    else { return nil }
    return wishes.line(letter)
  }

  /// A model that cannot write the line of the header gets the one that is missing.
  mutating func writeMissingLine() {
    guard let start = places.last else { return goHome() }
    goBack(to: start)
    guard let line = wishes.missingLine(constraint.fields), force(line) else {
      outcome = .failure(.impossibleBeginning)
      return
    }
    attemptsAtHaven = attempts
  }

  /// Writes a text, if it may come.
  mutating func force(_ forced: String) -> Bool {
    guard let next = constraint.taking(forced) else { return false }
    constraint = next
    choices.removeAll()
    for scalar in forced.unicodeScalars {
      text.append(scalar)
      // What the model does not know it does not read.
      if let index = vocabulary.index(of: scalar) { queue.append(index) }
    }
    return true
  }
}
