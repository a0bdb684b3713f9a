/// What a model remembers of the characters it has read, for one or more texts ("lanes") side by side. A
/// value: a copy goes its own way, which lets a caller try a character and go back.
public struct RecurrentState: Sendable {
  /// The number of texts.
  public let lanes: Int
  private var storage: Storage

  /// The numbers of all layers and lanes in one buffer: hidden states layer by layer, then the cells of an LSTM.
  private final class Storage: Sendable {
    let buffer: FloatBuffer
    private let layers: Int
    /// Rows for each lane: one a layer, or two.
    private let rowsOfLane: Int
    private let lanes: Int
    private let width: Int

    init(layout: ParameterLayout, lanes: Int) {
      layers = layout.layers.count
      rowsOfLane = layout.architecture.cell == .lstm ? 2 * layers : layers
      (self.lanes, width) = (lanes, layout.width)
      buffer = FloatBuffer(count: rowsOfLane * lanes * width)
    }

    init(copying other: Storage) {
      (layers, rowsOfLane, lanes, width) = (other.layers, other.rowsOfLane, other.lanes, other.width)
      buffer = other.buffer.duplicate()
    }

    init(copying other: Storage, lane: Int) {
      (layers, rowsOfLane, lanes, width) = (other.layers, other.rowsOfLane, 1, other.width)
      buffer = FloatBuffer(uninitialized: rowsOfLane * width)
      copy(other, lane: lane, to: 0)
    }

    private func rows(_ index: Int) -> MatrixRows {
      MatrixRows(buffer: buffer, offset: index * lanes * width, rows: lanes, stride: width)
    }

    func hidden(_ layer: Int) -> MatrixRows { rows(layer) }

    func cell(_ layer: Int) -> MatrixRows { rows(layers + layer) }

    func copy(_ other: Storage, lane otherLane: Int, to lane: Int) {
      precondition(width == other.width && rowsOfLane == other.rowsOfLane)
      for row in 0..<rowsOfLane {
        buffer.copy(
          from: other.buffer, at: (row * other.lanes + otherLane) * width, to: (row * lanes + lane) * width,
          count: width)
      }
    }

    func clear(lane: Int) {
      for row in 0..<rowsOfLane { rows(row).dropFirst(lane, taking: 1).fillWithZeros() }
    }
  }

  /// The state before the first character: all zero.
  public init(of model: RecurrentModel, lanes: Int = 1) {
    precondition(lanes >= 1)
    self.lanes = lanes
    storage = Storage(layout: model.layout, lanes: lanes)
  }

  init(layout: ParameterLayout, lanes: Int) {
    self.lanes = lanes
    storage = Storage(layout: layout, lanes: lanes)
  }

  /// The activations of a layer's units, -1...1, after the last character of a lane.
  public func activations(layer: Int, lane: Int = 0, of model: RecurrentModel) -> [Float] {
    precondition(lane >= 0 && lane < lanes)
    let rows = storage.hidden(layer)
    let start = rows.offset + lane * rows.stride
    return rows.buffer.values(start..<start + model.architecture.hiddenSize)
  }

  /// Forgets what one lane has read.
  public mutating func reset(lane: Int) {
    makeUnique()
    storage.clear(lane: lane)
  }

  /// What the model remembers of one lane's text, as a state of one lane.
  public func lane(_ lane: Int) -> RecurrentState {
    precondition(lane >= 0 && lane < lanes)
    return RecurrentState(storage: Storage(copying: storage, lane: lane), lanes: 1)
  }

  /// Makes one lane remember what another state's lane does.
  public mutating func set(lane: Int, to other: RecurrentState, lane otherLane: Int = 0) {
    precondition(lane >= 0 && lane < lanes && otherLane >= 0 && otherLane < other.lanes)
    makeUnique()
    storage.copy(other.storage, lane: otherLane, to: lane)
  }

  /// Makes one lane remember what another does.
  public mutating func copy(lane: Int, to target: Int) {
    precondition(lane >= 0 && lane < lanes && target >= 0 && target < lanes)
    guard lane != target else { return }
    makeUnique()
    storage.copy(storage, lane: lane, to: target)
  }

  private init(storage: Storage, lanes: Int) {
    self.storage = storage
    self.lanes = lanes
  }

  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
  }

  /// Rows of the first `count` lanes; for writing after `makeUnique`.
  func hidden(layer: Int, lanes count: Int) -> MatrixRows {
    storage.hidden(layer).dropFirst(0, taking: count)
  }

  func cell(layer: Int, lanes count: Int) -> MatrixRows {
    storage.cell(layer).dropFirst(0, taking: count)
  }
}
