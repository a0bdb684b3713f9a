import CKernels

/// Which compiled form of the numeric kernels runs.
package enum InstructionSet: Int, CaseIterable, Sendable {
  /// 128-bit vectors: SSE2 on x86-64, NEON on arm64.
  case baseline = 0
  case avx2 = 1
  case avx512 = 2
}

/// The numeric kernels of one instruction set. Every call checks its ranges before it hands out pointers.
@safe
package struct Kernels: @unchecked Sendable {
  /// Immutable and static in C.
  let table: UnsafePointer<ck_kernels>
  package let instructionSet: InstructionSet

  /// The fastest kernels this processor runs.
  package static let best: Kernels = {
    let level = InstructionSet(rawValue: Int(ck_best_level().rawValue)) ?? .baseline
    guard let kernels = Kernels(level) else { preconditionFailure("the best level has no kernels") }
    return kernels
  }()

  /// Nil where this processor lacks the instruction set.
  package init?(_ instructionSet: InstructionSet) {
    let level = ck_level(rawValue: UInt32(instructionSet.rawValue))
    guard let table = unsafe ck_kernels_at(level) else { return nil }
    unsafe self.table = table
    self.instructionSet = instructionSet
  }

  // MARK: Products

  /// To divide fewer multiplications than this over threads that sleep, and over a team that stands by, takes longer
  /// than to do them.
  private static let worthWaking = 500_000
  private static let worthSharing = 10_000

  /// How many tasks some multiplications are divided into.
  private func tasks(_ multiplications: Int, atMost limit: Int, _ parallel: Parallel) -> Int {
    let worth = parallel.isStandingBy ? Self.worthSharing : Self.worthWaking
    return multiplications < worth ? 1 : min(parallel.threads, limit)
  }

  /// The columns, in whole panels, of one of some tasks.
  private static func columns(of task: Int, of tasks: Int, panels: Int) -> (first: Int, count: Int) {
    let first = panels * task / tasks * paddedWidth(1)
    return (first, panels * (task + 1) / tasks * paddedWidth(1) - first)
  }

  /// `c += a · weights`; `a` has `weights.inputs` used columns, `c` has `weights.outputs`.
  ///
  /// - Parameter parallel: threads that divide the panels, where there is enough to do.
  func multiply(
    _ a: MatrixRows, by weights: PackedMatrix, addingTo c: MatrixRows, parallel: Parallel = .none
  ) {
    precondition(a.rows == c.rows && a.stride >= weights.inputs && c.stride >= weights.outputs)
    guard a.rows > 0 else { return }
    let panels = weights.outputs / paddedWidth(1)
    let tasks = tasks(a.rows * weights.range.count, atMost: panels, parallel)
    parallel.forEach(tasks) { [self] task in
      let (first, count) = Self.columns(of: task, of: tasks, panels: panels)
      let source = weights.offset + first * weights.inputs
      unsafe table.pointee.multiply(
        c.buffer.pointer(to: c.offset + first..<c.range.upperBound), c.stride,
        a.buffer.pointer(to: a.range), a.stride,
        weights.buffer.pointer(to: source..<source + count * weights.inputs), a.rows, weights.inputs, count)
    }
  }

  /// `c += d · transposed weights`; `d` has `weights.outputs` columns, `c` gets `weights.inputs`.
  ///
  /// - Parameter parallel: threads that divide the columns of `c`, where there is enough to do.
  func multiply(
    _ d: MatrixRows, byTransposed weights: PackedMatrix, addingTo c: MatrixRows, parallel: Parallel = .none
  ) {
    precondition(d.rows == c.rows && c.stride >= weights.inputs && d.stride >= weights.outputs)
    guard d.rows > 0 else { return }
    // Pieces of several columns: those that a kernel takes in one go.
    let pieces = (weights.inputs + 15) / 16
    let tasks = tasks(d.rows * weights.range.count, atMost: pieces, parallel)
    parallel.forEach(tasks) { [self] task in
      unsafe table.pointee.multiply_transposed(
        c.buffer.pointer(to: c.range), c.stride, d.buffer.pointer(to: d.range), d.stride,
        weights.buffer.pointer(to: weights.range), d.rows, weights.inputs, weights.outputs,
        pieces * task / tasks * 16, min(pieces * (task + 1) / tasks * 16, weights.inputs))
    }
  }

  /// Makes some panels of `target` the transpose of `weights`: `target` has `weights.outputs` rows, and columns
  /// for `weights.inputs`, rounded up to whole panels with zeros.
  func transpose(_ weights: PackedMatrix, into target: PackedMatrix, panels: Range<Int>) {
    precondition(target.inputs == weights.outputs && target.outputs == paddedWidth(weights.inputs))
    precondition(panels.lowerBound >= 0 && panels.upperBound <= target.outputs / paddedWidth(1))
    unsafe table.pointee.transpose(
      target.buffer.pointer(to: target.range), weights.buffer.pointer(to: weights.range), weights.inputs,
      weights.outputs, panels.lowerBound, panels.count)
  }

  /// `gradient += transposed a · d`, the gradient of weights that took `a` to sums with gradient `d`.
  ///
  /// - Parameter parallel: threads that divide the panels, where there is enough to do.
  func accumulateProduct(
    ofTransposed a: MatrixRows, and d: MatrixRows, into gradient: PackedMatrix,
    parallel: Parallel = .none
  ) {
    precondition(a.rows == d.rows && a.stride >= gradient.inputs && d.stride >= gradient.outputs)
    guard a.rows > 0 else { return }
    let panels = gradient.outputs / paddedWidth(1)
    let tasks = tasks(a.rows * gradient.range.count, atMost: panels, parallel)
    parallel.forEach(tasks) { [self] task in
      let (first, count) = Self.columns(of: task, of: tasks, panels: panels)
      let target = gradient.offset + first * gradient.inputs
      unsafe table.pointee.accumulate_outer(
        gradient.buffer.pointer(to: target..<target + count * gradient.inputs),
        a.buffer.pointer(to: a.range), a.stride,
        d.buffer.pointer(to: d.offset + first..<d.range.upperBound), d.stride, a.rows, gradient.inputs, count)
    }
  }

  /// Adds the sum of the rows of `d` to `sums[offset...]`.
  func addRows(of d: MatrixRows, to sums: FloatBuffer, at offset: Int) {
    guard d.rows > 0 else { return }
    unsafe table.pointee.sum_rows(
      sums.pointer(to: offset..<offset + d.stride), d.buffer.pointer(to: d.range), d.stride, d.rows, d.stride)
  }

  // MARK: Cells

  /// One LSTM step for the lanes of `gates`, see `lstm_forward` in `CKernels.h`.
  func stepLSTM(
    gates: MatrixRows, previousCell: MatrixRows, cell: MatrixRows, cellTanh: MatrixRows, hidden: MatrixRows
  ) {
    let width = hidden.stride
    precondition(gates.stride == 4 * width && gates.rows == hidden.rows)
    precondition(previousCell.range.count == hidden.range.count && cell.range.count == hidden.range.count)
    precondition(cellTanh.range.count == hidden.range.count)
    unsafe table.pointee.lstm_forward(
      gates.buffer.pointer(to: gates.range), previousCell.buffer.pointer(to: previousCell.range),
      cell.buffer.pointer(to: cell.range), cellTanh.buffer.pointer(to: cellTanh.range),
      hidden.buffer.pointer(to: hidden.range), hidden.rows, width)
  }

  /// The gradient of `stepLSTM`: activated `gates` become the gradient of their sums.
  func stepLSTMBackward(
    gates: MatrixRows, previousCell: MatrixRows, cellTanh: MatrixRows, hiddenGradient: MatrixRows,
    cellGradient: MatrixRows
  ) {
    let width = hiddenGradient.stride
    precondition(gates.stride == 4 * width && gates.rows == hiddenGradient.rows)
    precondition(previousCell.range.count == hiddenGradient.range.count)
    precondition(cellTanh.range.count == hiddenGradient.range.count)
    precondition(cellGradient.range.count == hiddenGradient.range.count)
    unsafe table.pointee.lstm_backward(
      gates.buffer.pointer(to: gates.range), previousCell.buffer.pointer(to: previousCell.range),
      cellTanh.buffer.pointer(to: cellTanh.range), hiddenGradient.buffer.pointer(to: hiddenGradient.range),
      cellGradient.buffer.pointer(to: cellGradient.range), gates.rows, width)
  }

  func stepRNN(gates: MatrixRows, hidden: MatrixRows) {
    precondition(gates.range.count == hidden.range.count)
    unsafe table.pointee.rnn_forward(
      gates.buffer.pointer(to: gates.range), hidden.buffer.pointer(to: hidden.range), gates.range.count)
  }

  func stepRNNBackward(gates: MatrixRows, hiddenGradient: MatrixRows) {
    precondition(gates.range.count == hiddenGradient.range.count)
    unsafe table.pointee.rnn_backward(
      gates.buffer.pointer(to: gates.range), hiddenGradient.buffer.pointer(to: hiddenGradient.range),
      gates.range.count)
  }

  // MARK: Loss and optimiser

  /// Softmax cross-entropy in nats of each row into `losses`; with `gradientScale` other than 0 the logits
  /// become their gradient times it. A target below 0 is skipped.
  func crossEntropy(
    logits: MatrixRows, classes: Int, targets: ArraySlice<Int32>, losses: FloatBuffer, at offset: Int = 0,
    gradientScale: Float
  ) {
    precondition(targets.count == logits.rows && classes <= logits.stride)
    precondition(targets.allSatisfy { $0 < classes })
    unsafe targets.withUnsafeBufferPointer { targets in
      guard let first = targets.baseAddress else { return }
      unsafe table.pointee.cross_entropy(
        logits.buffer.pointer(to: logits.range), logits.stride, first,
        losses.pointer(to: offset..<offset + logits.rows), logits.rows, classes, gradientScale)
    }
  }

  /// One Adam step on `range` of all buffers; the gradients become 0.
  func adam(
    parameters: FloatBuffer, gradients: FloatBuffer, firstMoments: FloatBuffer, secondMoments: FloatBuffer,
    average: FloatBuffer?, range: Range<Int>, step: AdamStep
  ) {
    var coefficients = step.coefficients
    unsafe table.pointee.adam(
      parameters.pointer(to: range), gradients.pointer(to: range), firstMoments.pointer(to: range),
      secondMoments.pointer(to: range), average?.pointer(to: range), range.count, &coefficients)
  }

  func sumOfSquares(_ buffer: FloatBuffer, range: Range<Int>) -> Double {
    unsafe table.pointee.sum_of_squares(buffer.pointer(to: range), range.count)
  }

  // MARK: Elementwise

  /// `target += source; source = 0` over `range` of both.
  func moveSum(to target: FloatBuffer, from source: FloatBuffer, range: Range<Int>) {
    unsafe table.pointee.move_sum(target.pointer(to: range), source.pointer(to: range), range.count)
  }

  /// `target[targetOffset...] += source[sourceOffset...]`.
  func add(_ source: FloatBuffer, at sourceOffset: Int, to target: FloatBuffer, at offset: Int, count: Int) {
    unsafe table.pointee.add(
      target.pointer(to: offset..<offset + count),
      source.pointer(to: sourceOffset..<sourceOffset + count), count)
  }

  /// Dropout whose mask is a function of the key and the element's index alone, so that the backward pass
  /// draws the same mask again and the way lanes are divided over threads does not matter.
  func dropout(_ source: MatrixRows, into target: MatrixRows, firstIndex: Int, mask: DropoutMask) {
    precondition(source.range.count == target.range.count)
    unsafe table.pointee.dropout(
      target.buffer.pointer(to: target.range), source.buffer.pointer(to: source.range), source.range.count,
      UInt32(truncatingIfNeeded: firstIndex), mask.key, mask.threshold, mask.scale)
  }

  /// Dropout of the weights in `range`, counted from the start of both matrices, which may be one.
  func dropout(_ source: PackedMatrix, into target: PackedMatrix, range: Range<Int>, mask: DropoutMask) {
    precondition(range.lowerBound >= 0 && range.upperBound <= min(source.range.count, target.range.count))
    let (from, to) = (source.offset + range.lowerBound, target.offset + range.lowerBound)
    unsafe table.pointee.dropout(
      target.buffer.pointer(to: to..<to + range.count), source.buffer.pointer(to: from..<from + range.count),
      range.count, UInt32(truncatingIfNeeded: range.lowerBound), mask.key, mask.threshold, mask.scale)
  }

  /// Billions of single-precision operations a second that one core reaches in registers, a multiplication and an
  /// addition counted as two: the best of a few short runs.
  package func peakGigaflops() -> Double {
    let rounds = 2_000_000
    let times = (0..<5).map { _ in
      ContinuousClock().measure { precondition(unsafe table.pointee.multiply_add(rounds) != 0) } / .seconds(1)
    }
    return Double(rounds) * 192 * 2 / 1e9 / (times.min() ?? .infinity)
  }

  /// e to the power of each.
  func exponential(_ values: inout [Float]) {
    unsafe values.withUnsafeMutableBufferPointer { values in
      if let start = values.baseAddress { unsafe table.pointee.exponential(start, values.count) }
    }
  }

  func exponential(_ buffer: FloatBuffer) {
    unsafe table.pointee.exponential(buffer.pointer(to: 0..<buffer.count), buffer.count)
  }

  func sigmoid(_ buffer: FloatBuffer) {
    unsafe table.pointee.sigmoid(buffer.pointer(to: 0..<buffer.count), buffer.count)
  }

  func hyperbolicTangent(_ buffer: FloatBuffer) {
    unsafe table.pointee.hyperbolic_tangent(buffer.pointer(to: 0..<buffer.count), buffer.count)
  }
}

/// The inverted dropout of one tensor in one update: kept elements are divided by the probability of keeping.
struct DropoutMask: Sendable {
  let key: UInt64
  let threshold: UInt32
  let scale: Float

  /// `probability`: of dropping, 0..<1.
  init(key: UInt64, probability: Float) {
    precondition(probability >= 0 && probability < 1)
    self.key = key
    threshold = UInt32(Double(probability) * 4_294_967_296)
    scale = 1 / (1 - probability)
  }
}

/// The coefficients of one Adam step; `AdamOptimizer` computes them.
struct AdamStep: Sendable {
  var beta1: Float
  var beta2: Float
  var epsilon: Float
  var stepSize: Float
  var secondMomentScale: Float
  var parameterScale: Float
  var gradientScale: Float
  var averageRate: Float

  fileprivate var coefficients: ck_adam_step {
    ck_adam_step(
      beta1: beta1, beta2: beta2, epsilon: epsilon, step_size: stepSize,
      second_moment_scale: secondMomentScale, parameter_scale: parameterScale,
      gradient_scale: gradientScale, average_rate: averageRate)
  }
}
