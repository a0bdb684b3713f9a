import CharacterModel

/// How the text of a tune becomes the characters of a model, and back.
///
/// A model either has the markers `<start>` and `<end>` as entries of its own, or, as in the paper, spells them
/// out in ordinary characters.
public struct TuneEncoding: Sendable {
  /// The characters.
  public let vocabulary: Vocabulary
  private let start: Int32?
  private let end: Int32?

  /// The encoding that a vocabulary implies.
  public init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    start = vocabulary.index(of: TrainingText.startMarker)
    end = vocabulary.index(of: TrainingText.endMarker)
  }

  /// Whether the markers are entries of the vocabulary.
  public var hasMarkers: Bool { start != nil && end != nil }

  /// The vocabulary of training tunes, with the markers as entries or spelled out.
  public static func vocabulary(
    of tunes: [String], withMarkers: Bool
  ) throws(CharacterModelError) -> Vocabulary {
    guard withMarkers else { return try Vocabulary(charactersOf: tunes) }
    return try Vocabulary(
      charactersOf: tunes.map(TrainingText.unmarked),
      markers: [TrainingText.startMarker, TrainingText.endMarker])
  }

  /// The indices of a tune that stands between its marker lines.
  public func encode(_ tune: String) throws(CharacterModelError) -> [Int32] {
    guard let start, let end else { return try vocabulary.encode(tune) }
    return try [start] + vocabulary.encode(TrainingText.unmarked(tune)) + [end]
  }

  /// The characters of marked tunes that a loss is counted over: of each all but the first, its marker lines included. The
  /// same for a model that has the markers as entries, so that it compares with one that spells them.
  public static func predictedCharacters(of tunes: [String]) -> Int {
    tunes.reduce(0) { $0 + max($1.unicodeScalars.count - 1, 0) }
  }

  /// What a model reads before it writes: the start of a tune, then the first characters of it.
  func prime(_ text: String) throws(CharacterModelError) -> [Int32] {
    guard let start else {
      // The paper primes with the seven characters alone and lets the model break the line.
      let line = text.isEmpty ? TrainingText.startMarker : TrainingText.startMarker + "\n" + text
      return try vocabulary.encode(line)
    }
    return try [start] + vocabulary.encode(text)
  }

  /// Whether what was written ends the tune.
  func isFinished(_ written: [Int32]) -> Bool {
    guard let end else {
      guard written.count >= TrainingText.endMarker.count else { return false }
      return vocabulary.decode(written.suffix(TrainingText.endMarker.count)) == TrainingText.endMarker
    }
    return written.last == end
  }

  /// The ABC of what was written, without markers.
  func abc(prime: String, written: [Int32]) -> String {
    var text = prime + vocabulary.decode(written)
    if text.hasSuffix(TrainingText.endMarker) { text.removeLast(TrainingText.endMarker.count) }
    while text.hasPrefix("\n") { text.removeFirst() }
    while text.hasSuffix("\n") || text.hasSuffix(" ") { text.removeLast() }
    return text + "\n"
  }
}
