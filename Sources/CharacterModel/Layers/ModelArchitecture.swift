/// The recurrent cell of a model.
public enum CellKind: String, Sendable, CaseIterable {
  /// Hochreiter and Schmidhuber's long short-term memory with a forget gate, as `torch.nn.LSTM`.
  case lstm
  /// Elman's network with tanh, as `torch.nn.RNN`.
  case rnn

  /// Sums computed a unit: input, forget, cell and output gate for the LSTM, one for the RNN.
  var gates: Int { self == .lstm ? 4 : 1 }
}

/// The shape of a model: embedding, recurrent layers, dropout, linear output over the vocabulary.
public struct ModelArchitecture: Sendable, Equatable {
  /// The recurrent cell.
  public var cell: CellKind
  /// Recurrent layers, 1...16.
  public var layers: Int
  /// Numbers an embedded character has, 1...16384.
  public var embeddingSize: Int
  /// Units of each recurrent layer, 1...16384.
  public var hiddenSize: Int
  /// The probability, 0..<1, with which training drops an output of each recurrent layer.
  public var dropout: Float

  /// An architecture; sizes are checked where a model is built from it.
  public init(cell: CellKind, layers: Int = 1, embeddingSize: Int, hiddenSize: Int, dropout: Float = 0) {
    self.cell = cell
    self.layers = layers
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.dropout = dropout
  }

  /// The same shape with another share of outputs dropped in training.
  public func with(dropout: Float) -> ModelArchitecture {
    var architecture = self
    architecture.dropout = dropout
    return architecture
  }

  static let layerLimit = 1...16
  static let sizeLimit = 1...16_384

  /// Whether every value lies in its documented range.
  public var isValid: Bool {
    Self.layerLimit.contains(layers) && Self.sizeLimit.contains(embeddingSize)
      && Self.sizeLimit.contains(hiddenSize) && dropout >= 0 && dropout < 1
  }
}
