import ABCNotation

/// A tune that a model wrote, read back by the parser that reads every other tune.
public struct GeneratedTune: Sendable {
  /// The ABC, as the model wrote it.
  public let abc: String
  /// Whether the model ended it; otherwise it was cut off at the maximum length.
  public let hasEnded: Bool
  /// Characters written, the priming text not counted.
  public let characters: Int
  /// Characters drawn under the constraint, and how many of them were the model's first choice: together, over many
  /// tunes, the mean probability that the constraint leaves. 0 for plain sampling.
  public let draws: Int
  /// See `draws`.
  public let acceptedDraws: Int
  /// Whether the constraint brought it to its end: the length ran out, or the model found no way on.
  public let wasCompleted: Bool
  /// What the parser makes of it.
  public let tunebook: Tunebook

  init(
    abc: String, hasEnded: Bool, characters: Int, draws: Int = 0, acceptedDraws: Int = 0,
    wasCompleted: Bool = false
  ) {
    self.abc = abc
    self.hasEnded = hasEnded
    self.characters = characters
    self.draws = draws
    self.acceptedDraws = acceptedDraws
    self.wasCompleted = wasCompleted
    tunebook = Tunebook(parsing: SourceText(name: "generated", text: abc))
  }

  /// The score, if the text holds a tune with music.
  public var score: Score? { tunebook.tunes.first.map(\.score).flatMap { $0.voices.isEmpty ? nil : $0 } }

  /// Findings of a severity.
  public func count(_ severity: Severity) -> Int {
    tunebook.diagnostics.count { $0.severity == severity }
  }

  /// Whether it ended, holds one tune, and the validator finds neither error nor warning.
  public var isClean: Bool {
    hasEnded && tunebook.tunes.count == 1 && score != nil && count(.error) == 0 && count(.warning) == 0
  }

  /// Whether every bar has its length.
  public var hasRightBars: Bool {
    score != nil && !tunebook.diagnostics.contains { $0.code == .shortBar || $0.code == .longBar }
  }
}
