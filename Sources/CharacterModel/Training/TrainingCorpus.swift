/// What a model is trained on and measured on, as indices into its vocabulary.
public struct TrainingCorpus: Sendable, Equatable {
  /// The training tunes.
  public var tunes: [[Int32]]
  /// Other forms of each tune, such as the same in other keys: an array for each of `tunes`, or none at all.
  public var otherForms: [[[Int32]]]
  /// Tunes to measure the model on; may be empty.
  public var validation: [[Int32]]

  /// A corpus; `otherForms` is empty or has as many elements as `tunes`.
  public init(tunes: [[Int32]], otherForms: [[[Int32]]] = [], validation: [[Int32]] = []) {
    precondition(otherForms.isEmpty || otherForms.count == tunes.count)
    self.tunes = tunes
    self.otherForms = otherForms
    self.validation = validation
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
