/// A text of many tunes cut into pieces, which can be read one by one and on many threads at a time: the scores of a
/// book of any size need not be held together.
///
/// What only the whole file shows is not found: two tunes of one number, and what is wrong outside any tune.
public struct TunebookPieces: Sendable {
  /// The text.
  public let source: SourceText
  private let ranges: [Range<Int>]
  /// What the file header says, which every tune starts from.
  private let defaults: TuneState?

  /// Cuts a text.
  public init(_ source: SourceText) {
    self.source = source
    ranges = TextPieces.ranges(of: source.bytes, isCut: true, length: TextPieces.keptLength)
    if ranges.count > 1 {
      // The first piece ends where the first tune begins.
      var header = PieceReader(source, ranges[0], keepsScore: true, defaults: nil)
      header.read()
      defaults = header.interpreter.defaults
    } else {
      defaults = nil
    }
  }

  /// The number of pieces, at least one.
  public var count: Int { ranges.count }

  /// The bytes of a piece.
  public func range(ofPiece index: Int) -> Range<Int> { ranges[index] }

  /// The tunes of a piece, in order. May be called on any thread.
  public func tunes(inPiece index: Int) -> [Tunebook.Tune] {
    var reader = PieceReader(
      source, ranges[index], keepsScore: true, defaults: index == 0 ? nil : defaults)
    reader.read()
    return zip(reader.interpreter.scores, reader.interpreter.results).map {
      Tunebook.Tune(score: $0, diagnostics: $1.diagnostics)
    }
  }
}
