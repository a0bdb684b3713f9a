/// What a model is trained on and measured on, as indices into its vocabulary.
public struct TrainingCorpus: Sendable, Equatable {
  /// The training tunes.
  public var tunes: [[Int32]]
  /// Other forms of each tune, such as the same in other keys: an array for each of `tunes`, or none at all.
  public var otherForms: [[[Int32]]]
  /// Tunes to measure the model on; may be empty.
  public var validation: [[Int32]]
  /// The characters that losses on `validation` are counted over; nil for those that are predicted. Those of the text, where
  /// the vocabulary has markers of several characters.
  public var validationCharacters: Int?

  /// A corpus; `otherForms` is empty or has as many elements as `tunes`.
  public init(
    tunes: [[Int32]], otherForms: [[[Int32]]] = [], validation: [[Int32]] = [],
    validationCharacters: Int? = nil
  ) {
    precondition(otherForms.isEmpty || otherForms.count == tunes.count)
    self.tunes = tunes
    self.otherForms = otherForms
    self.validation = validation
    self.validationCharacters = validationCharacters
  }

  /// An evaluation of `validation`, over the characters that its losses are counted over.
  package func counted(_ evaluation: Evaluation) -> Evaluation {
    validationCharacters.map { evaluation.counting(characters: $0) } ?? evaluation
  }

  /// One long text, such as a book, cut into pieces that lanes read side by side.
  ///
  /// - Parameters:
  ///   - text: indices into the vocabulary.
  ///   - pieceLength: characters of a piece, at least 2; the last may have fewer.
  ///   - validationShare: the part of the pieces, 0..<1, that the model is measured on instead, evenly spread.
  public init(text: [Int32], pieceLength: Int = 1000, validationShare: Double = 0.05) {
    precondition(pieceLength >= 2 && validationShare >= 0 && validationShare < 1)
    let starts = stride(from: 0, to: text.count, by: pieceLength)
    let pieces = starts.map { Array(text[$0..<min($0 + pieceLength, text.count)]) }
    // Piece k is measured on where k times the share passes a whole number.
    var isMeasured = pieces.indices.map { index in
      (Double(index + 1) * validationShare).rounded(.down) > (Double(index) * validationShare).rounded(.down)
    }
    // A text of a few pieces has one to be measured on, too.
    if validationShare > 0, pieces.count > 1, !isMeasured.contains(true) {
      isMeasured[pieces.count - 1] = true
    }
    self.init(
      tunes: zip(pieces, isMeasured).filter { !$1 }.map { $0.0 },
      validation: zip(pieces, isMeasured).filter { $1 }.map { $0.0 })
  }

  /// All texts in training: the tunes, and behind them their other forms, tune by tune.
  var texts: [[Int32]] { tunes + otherForms.flatMap { $0 } }

  /// For each tune where its other forms stand in `texts`; empty where there are none.
  var formRanges: [Range<Int>] {
    var next = tunes.count
    return otherForms.map { forms in
      defer { next += forms.count }
      return next..<next + forms.count
    }
  }
}
