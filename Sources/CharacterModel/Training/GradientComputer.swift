/// The loss of a window and its gradient: the batch's lanes are divided over shards, whose gradients are
/// summed in order, so that results do not depend on the number of threads.
final class GradientComputer: Sendable {
  private let layout: ParameterLayout
  private let kernels: Kernels
  private let parallel: Parallel
  private let table: CharacterTable
  private let shards: [WindowPass]
  private let weights: WorkingWeights

  /// Lanes a shard has at most: enough rows to keep the arithmetic ahead of the memory.
  private static let shardLanes = 32

  init(
    layout: ParameterLayout, configuration: TrainingConfiguration, kernels: Kernels, parallel: Parallel? = nil
  ) {
    self.layout = layout
    self.kernels = kernels
    let parallel = parallel ?? Parallel(threads: configuration.threads)
    self.parallel = parallel
    table = CharacterTable(layout: layout, kernels: kernels)
    let lanes = configuration.batchSize
    let count = lanes < 4 ? 1 : max(2, (lanes + Self.shardLanes - 1) / Self.shardLanes)
    weights = WorkingWeights(
      layout: layout, lanes: lanes / count, usesTable: configuration.inputDropout == 0,
      dropsWeights: configuration.recurrentDropout > 0, kernels: kernels)
    shards = (0..<count).map { shard in
      WindowPass(
        layout: layout, steps: configuration.windowSteps,
        laneRange: lanes * shard / count..<lanes * (shard + 1) / count, totalLanes: lanes,
        usesTable: configuration.inputDropout == 0, kernels: kernels,
        parallel: count == 1 ? parallel : .none)
    }
  }

  /// Gradients of the last `run`, which the optimiser consumes.
  var gradients: FloatBuffer { shards[0].gradients }

  /// The loss of each position of the last `run`, of the first shard's lanes.
  var losses: [Float] { shards[0].positionLosses }

  /// The recurrent state of all lanes, shard after shard; see `WindowPass.state`.
  var laneStates: [Float] {
    get { shards.flatMap(\.state) }
    set {
      var rest = newValue[...]
      for shard in shards {
        let size = shard.state.count
        shard.state = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
    }
  }

  /// Runs a window forward and backward.
  ///
  /// - Returns: the sum of its predictions' losses in nats, before `gradientScale`.
  func run(
    _ window: LaneWindow, parameters: FloatBuffer, dropout: WindowPass.Dropout, gradientScale: Float
  ) -> Double {
    let rows = CharacterTable.Rows(window: window, vocabularySize: layout.vocabularySize)
    let usesTable = shards[0].tableGradients.count > 0
    if usesTable { table.compute(rows, parameters: parameters, parallel: parallel) }
    weights.prepare(parameters, masks: dropout.weights, parallel: parallel)
    parallel.forEach(shards.count) { [shards, table, weights] index in
      let shard = shards[index]
      shard.run(
        window.lanes(shard.laneRange), parameters: parameters, weights: weights, table: table, rows: rows,
        dropout: dropout, gradientScale: gradientScale)
    }
    if shards.count > 1 {
      sum(\.gradients, count: layout.count)
      sum(\.tableGradients, count: usesTable ? rows.characters.count * layout.sums : 0)
    }
    if gradientScale != 0 { weights.backward(gradients, masks: dropout.weights, parallel: parallel) }
    if usesTable {
      table.backward(
        rows, tableGradients: shards[0].tableGradients, parameters: parameters, gradients: gradients,
        parallel: parallel)
    }
    return shards.reduce(0) { $0 + $1.lossSum }
  }

  /// Adds a buffer of the other shards to that of the first, and clears it.
  private func sum(_ buffer: KeyPath<WindowPass, FloatBuffer> & Sendable, count: Int) {
    parallel.forEachBlock(of: 0..<count, blockSize: 65_536) { [shards, kernels] block in
      for shard in shards.dropFirst() {
        kernels.moveSum(to: shards[0][keyPath: buffer], from: shard[keyPath: buffer], range: block)
      }
    }
  }
}
