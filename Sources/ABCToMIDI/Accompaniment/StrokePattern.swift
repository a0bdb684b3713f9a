/// A rhythm that is fitted into one or more bars, as `%%MIDI gchord` and `%%MIDI drum` write it: letters, each
/// with an optional length.
struct StrokePattern<Sound: Hashable & Sendable>: Hashable, Sendable {
  /// A letter of the pattern.
  struct Element: Hashable, Sendable {
    /// What is struck; nil for a rest.
    var sound: Sound?
    /// Its share of the ``StrokePattern/total``, at least 1.
    let length: Int
  }

  /// The letters in their order, at least one.
  private(set) var elements: [Element]
  /// The sum of all lengths.
  let total: Int

  /// The most letters and the greatest sum of lengths that a pattern may have.
  static var limits: (letters: Int, total: Int) { (64, 1024) }

  /// Reads letters with lengths behind them: `fzc2`. Nil where a letter has no meaning, a length is 0, or the
  /// pattern is empty or past the ``limits``.
  ///
  /// - Parameter meaning: what a letter stands for: the outer nil for no letter of a pattern, the inner nil for
  ///   a rest.
  init?(_ letters: some Sequence<UInt8>, meaning: (UInt8) -> Sound??) {
    var elements: [Element] = []
    var pending: Sound?
    var length: Int?
    var hasLetter = false
    var total = 0
    func close() -> Bool {
      guard hasLetter else { return true }
      guard length != 0, elements.count < Self.limits.letters else { return false }
      elements.append(Element(sound: pending, length: length ?? 1))
      total += length ?? 1
      return total <= Self.limits.total
    }
    for letter in letters {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letter) {
        guard hasLetter else { return nil }
        length = (length ?? 0) * 10 + Int(letter - UInt8(ascii: "0"))
        guard length.map({ $0 <= Self.limits.total }) == true else { return nil }
      } else {
        guard let sound = meaning(letter), close() else { return nil }
        pending = sound
        length = nil
        hasLetter = true
      }
    }
    guard hasLetter, close() else { return nil }
    self.elements = elements
    self.total = total
  }

  /// Gives the strokes, rests left out, other sounds in their order.
  mutating func assign(_ sounds: some Sequence<Sound>) {
    var sounds = sounds.makeIterator()
    for index in elements.indices where elements[index].sound != nil {
      guard let sound = sounds.next() else { return }
      elements[index].sound = sound
    }
  }
}
