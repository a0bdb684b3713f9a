import Synchronization

/// A trained character model: it reads characters and predicts the next. Immutable.
public final class RecurrentModel: Sendable {
  /// The characters the model knows.
  public let vocabulary: Vocabulary
  /// The model's shape.
  public let architecture: ModelArchitecture
  /// Further strings of the model file, such as where it was trained and on what.
  public let metadata: [String: String]

  let layout: ParameterLayout
  let parameters: FloatBuffer
  let kernels: Kernels
  /// The first layer's sums for every character.
  let table: CharacterTable
  let tableRows: CharacterTable.Rows
  private let sparse = Mutex<[SparseMatrix?]?>(nil)

  init(
    vocabulary: Vocabulary, layout: ParameterLayout, parameters: FloatBuffer, metadata: [String: String],
    kernels: Kernels = .best
  ) {
    precondition(parameters.count == layout.count && vocabulary.count == layout.vocabularySize)
    self.vocabulary = vocabulary
    self.architecture = layout.architecture
    self.metadata = metadata
    self.layout = layout
    self.parameters = parameters
    self.kernels = kernels
    table = CharacterTable(layout: layout, kernels: kernels)
    tableRows = CharacterTable.Rows(allOf: vocabulary.count)
    table.compute(tableRows, parameters: parameters, parallel: Parallel(threads: 1))
  }

  /// W_hh of each layer of an LSTM without its zeros, where they are many. Made when somebody asks first: one text alone
  /// never does.
  var sparseHidden: [SparseMatrix?] {
    sparse.withLock { sparse in
      if let sparse { return sparse }
      let made = layout.layers.indices.map { layer -> SparseMatrix? in
        let matrix = layout.hiddenMatrix(layer, in: parameters)
        let weights = layout.architecture.cell.gates * matrix.inputs * matrix.inputs
        let share = Double(parameters.nonzeros(in: matrix.range)) / Double(weights)
        return layout.architecture.cell == .lstm && share <= Self.sparseShare ? SparseMatrix(matrix) : nil
      }
      sparse = made
      return made
    }
  }

  /// Where more of the weights are other than zero, steps with all of them are as fast.
  private static let sparseShare = 0.5

  /// A model with fresh random parameters, drawn as PyTorch's modules draw theirs.
  public convenience init(vocabulary: Vocabulary, architecture: ModelArchitecture, seed: UInt64) {
    let layout = ParameterLayout(architecture: architecture, vocabularySize: vocabulary.count)
    var random = RandomSource(seed: seed)
    self.init(
      vocabulary: vocabulary, layout: layout, parameters: layout.initialParameters(using: &random),
      metadata: [:])
  }

  /// The number of trainable parameters.
  public var parameterCount: Int { layout.tensors.reduce(0) { $0 + $1.elements } }

  /// The same model with other further strings.
  public func with(metadata: [String: String]) -> RecurrentModel {
    RecurrentModel(
      vocabulary: vocabulary, layout: layout, parameters: parameters, metadata: metadata, kernels: kernels)
  }
}
