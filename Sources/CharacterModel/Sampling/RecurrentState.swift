/// What a model remembers of the characters it has read, for one or more texts ("lanes") side by side. A
/// value: a copy goes its own way, which lets a caller try a character and go back.
public struct RecurrentState: Sendable {
  /// The number of texts.
  public let lanes: Int
  private var storage: Storage

  private final class Storage: Sendable {
    let hidden: [MatrixRows]
    let cell: [MatrixRows]

    init(layout: ParameterLayout, lanes: Int) {
      func rows() -> MatrixRows {
        MatrixRows(
          buffer: FloatBuffer(count: lanes * layout.width), offset: 0, rows: lanes, stride: layout.width)
      }
      hidden = layout.layers.map { _ in rows() }
      cell = layout.architecture.cell == .lstm ? layout.layers.map { _ in rows() } : []
    }

    init(copying other: Storage) {
      func copy(_ rows: MatrixRows) -> MatrixRows {
        MatrixRows(buffer: rows.buffer.duplicate(), offset: 0, rows: rows.rows, stride: rows.stride)
      }
      hidden = other.hidden.map(copy)
      cell = other.cell.map(copy)
    }

    convenience init(copying other: Storage, lane: Int) {
      self.init(hidden: other.hidden.map(Self.row), cell: other.cell.map(Self.row))
      copy(other, lane: lane, to: 0)
    }

    private init(hidden: [MatrixRows], cell: [MatrixRows]) {
      self.hidden = hidden
      self.cell = cell
    }

    private static func row(of rows: MatrixRows) -> MatrixRows {
      MatrixRows(buffer: FloatBuffer(count: rows.stride), offset: 0, rows: 1, stride: rows.stride)
    }

    func copy(_ other: Storage, lane otherLane: Int, to lane: Int) {
      for (target, source) in zip(hidden + cell, other.hidden + other.cell) {
        let (from, to) = (source.dropFirst(otherLane, taking: 1), target.dropFirst(lane, taking: 1))
        to.buffer.copy(from: from.buffer, at: from.offset, to: to.offset, count: from.stride)
      }
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
    let rows = storage.hidden[layer]
    let start = lane * rows.stride
    return rows.buffer.values(start..<start + model.architecture.hiddenSize)
  }

  /// Forgets what one lane has read.
  public mutating func reset(lane: Int) {
    makeUnique()
    for rows in storage.hidden + storage.cell { rows.dropFirst(lane, taking: 1).fillWithZeros() }
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

  private init(storage: Storage, lanes: Int) {
    self.storage = storage
    self.lanes = lanes
  }

  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
  }

  /// Rows of the first `count` lanes; for writing after `makeUnique`.
  func hidden(layer: Int, lanes count: Int) -> MatrixRows {
    storage.hidden[layer].dropFirst(0, taking: count)
  }

  func cell(layer: Int, lanes count: Int) -> MatrixRows {
    storage.cell[layer].dropFirst(0, taking: count)
  }
}
