import ABCNotation
import TuneGenerator

/// `--max-copied-bars`: what is asked of a tune beside those that the model learnt from.
struct CopyLimit {
  private let index: NoveltyIndex
  private let bars: Int

  /// Nil where nothing is asked.
  init?(_ command: Generate) throws {
    guard let bars = command.maxCopiedBars, let path = command.training else { return nil }
    self.bars = bars
    index = NoveltyIndex(try Self.scores(path))
  }

  /// The training tunes of a file or directory, at least one.
  static func scores(_ path: String) throws(InputError) -> [Score] {
    let scores = try TuneFiles.read(path, report: Console.note).compactMap { tune in
      Tunebook(parsing: SourceText(name: path, text: TrainingText.unmarked(tune))).tunes.first?.score
    }
    guard scores.contains(where: { !$0.voices.isEmpty }) else {
      throw InputError(path, reason: "it holds no tune")
    }
    return scores
  }

  /// Whether a tune has more bars in a row that some training tune has as well.
  func isExceeded(by tune: GeneratedTune) -> Bool {
    tune.score.map { index.copiedBars(in: $0) > bars } ?? false
  }
}
