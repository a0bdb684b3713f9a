import XCTest

@testable import CharacterModel

/// The kernels of each instruction set against plain loops in double precision.
final class KernelTests: XCTestCase {
  /// (rows, inputs, gates, units): odd sizes around the edges of tiles and panels.
  private let shapes = [
    (1, 1, 1, 1), (1, 17, 1, 33), (1, 150, 4, 150), (2, 3, 1, 95), (3, 5, 4, 7), (7, 31, 1, 64),
    (12, 16, 4, 32), (13, 47, 1, 31), (16, 33, 4, 40), (29, 20, 1, 93), (64, 9, 1, 65), (300, 14, 1, 35),
    // Beyond the blocks that the products work in.
    (100, 130, 1, 33), (5, 400, 2, 20), (140, 390, 1, 5),
  ]

  private struct Product {
    var a: [[Float]]
    var weights: [[Float]]
    var left: MatrixRows
    var matrix: PackedMatrix
    /// Columns of the product in use: the padded ones of each gate are not.
    var columns: [Int]
  }

  private func product(_ shape: (Int, Int, Int, Int), _ random: inout RandomSource) -> Product {
    let (rows, inputs, gates, units) = shape
    let a = (0..<rows).map { _ in random.floats(inputs) }
    let weights = (0..<gates * units).map { _ in random.floats(inputs) }
    let width = paddedWidth(units)
    let matrix = PackedMatrix(
      buffer: FloatBuffer(count: inputs * gates * width), offset: 0, inputs: inputs, outputs: gates * width)
    matrix.buffer.pack(weights.flatMap { $0 }, into: matrix, gates: gates, size: units)
    XCTAssertEqual(matrix.buffer.unpack(matrix, gates: gates, size: units), weights.flatMap { $0 })
    return Product(
      a: a, weights: weights, left: matrixRows(a, stride: paddedWidth(inputs)), matrix: matrix,
      columns: (0..<gates * units).map { $0 / units * width + $0 % units })
  }

  private func matrixRows(_ values: [[Float]], stride: Int) -> MatrixRows {
    let buffer = FloatBuffer(count: values.count * stride)
    for (row, line) in values.enumerated() { buffer.replace(at: row * stride, with: line[...]) }
    return MatrixRows(buffer: buffer, offset: 0, rows: values.count, stride: stride)
  }

  func testProductAddsToItsTarget() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 1)
      for shape in shapes {
        let product = product(shape, &random)
        let start = random.floats(shape.0 * product.matrix.outputs)
        let target = MatrixRows(
          buffer: FloatBuffer(start), offset: 0, rows: shape.0, stride: product.matrix.outputs)
        kernels.multiply(product.left, by: product.matrix, addingTo: target)
        for row in 0..<shape.0 {
          let actual = product.columns.map { target.buffer[row * target.stride + $0] }
          let expected = zip(product.columns, product.weights).map { column, weights in
            zip(product.a[row], weights).reduce(Double(start[row * target.stride + column])) {
              $0 + Double($1.0) * Double($1.1)
            }
          }
          assertClose(
            actual, expected, relative: 1e-5, absolute: 1e-5, "\(kernels.instructionSet) \(shape)")
        }
      }
    }
  }

  func testTransposedProductAddsToItsTarget() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 2)
      for shape in shapes {
        let product = product(shape, &random)
        let (rows, inputs, _, _) = shape
        let d = (0..<rows).map { _ in random.floats(product.matrix.outputs) }
        let start = random.floats(rows * paddedWidth(inputs))
        let target = MatrixRows(
          buffer: FloatBuffer(start), offset: 0, rows: rows, stride: paddedWidth(inputs))
        kernels.multiply(
          matrixRows(d, stride: product.matrix.outputs), byTransposed: product.matrix, addingTo: target)
        for row in 0..<rows {
          let expected = (0..<target.stride).map { input in
            let first = Double(start[row * target.stride + input])
            guard input < inputs else { return first }
            return zip(product.columns, product.weights).reduce(first) {
              $0 + Double(d[row][$1.0]) * Double($1.1[input])
            }
          }
          assertClose(
            target.buffer.values(row * target.stride..<(row + 1) * target.stride), expected, relative: 1e-5,
            absolute: 2e-5, "\(kernels.instructionSet) \(shape)")
        }
      }
    }
  }

  func testTransposedMatrixGivesTheTransposedProduct() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 8)
      for shape in shapes {
        let product = product(shape, &random)
        let width = paddedWidth(shape.1)
        let size = product.matrix.outputs * width
        let target = PackedMatrix(
          buffer: FloatBuffer(random.floats(size)), offset: 0, inputs: product.matrix.outputs, outputs: width)
        for panel in (0..<width / paddedWidth(1)).reversed() {
          kernels.transpose(product.matrix, into: target, panels: panel..<panel + 1)
        }
        let rows = target.buffer.unpack(target, gates: 1, size: width)
        for input in 0..<width {
          let row = rows[input * target.inputs..<(input + 1) * target.inputs]
          let actual = product.columns.map { row[row.startIndex + $0] }
          XCTAssertEqual(
            actual, product.weights.map { input < shape.1 ? $0[input] : 0 },
            "\(kernels.instructionSet) \(shape)")
        }
      }
    }
  }

  func testThreadsDivideAWeightGradientWithoutChangingIt() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 9)
      let product = product((60, 100, 4, 50), &random)
      let d = matrixRows(
        (0..<60).map { _ in random.floats(product.matrix.outputs) }, stride: product.matrix.outputs)
      let results = [1, 2, 3].map { threads in
        let target = PackedMatrix(
          buffer: product.matrix.buffer.duplicate(), offset: 0, inputs: 100, outputs: product.matrix.outputs)
        kernels.accumulateProduct(
          ofTransposed: product.left, and: d, into: target, parallel: Parallel(threads: threads))
        return target.buffer.values(target.range)
      }
      XCTAssertNotEqual(results[0], product.matrix.buffer.values(product.matrix.range))
      XCTAssertEqual(results[1], results[0])
      XCTAssertEqual(results[2], results[0])
    }
  }

  func testWeightGradientAddsOverRows() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 3)
      for shape in shapes {
        let product = product(shape, &random)
        let (rows, inputs, gates, units) = shape
        let d = (0..<rows).map { _ in random.floats(product.matrix.outputs) }
        kernels.accumulateProduct(
          ofTransposed: product.left, and: matrixRows(d, stride: product.matrix.outputs), into: product.matrix
        )
        let actual = product.matrix.buffer.unpack(product.matrix, gates: gates, size: units)
        let expected = zip(product.columns, product.weights).flatMap { column, weights in
          (0..<inputs).map { input in
            (0..<rows).reduce(Double(weights[input])) {
              $0 + Double(product.a[$1][input]) * Double(d[$1][column])
            }
          }
        }
        assertClose(actual, expected, relative: 1e-5, absolute: 1e-4, "\(kernels.instructionSet) \(shape)")
      }
    }
  }

  func testRowsAreSummed() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 4)
      let d = (0..<37).map { _ in random.floats(96) }
      let sums = FloatBuffer(random.floats(100))
      let expected = sums.values(0..<100).enumerated().map { index, value in
        index < 4 ? Double(value) : d.reduce(Double(value)) { $0 + Double($1[index - 4]) }
      }
      kernels.addRows(of: matrixRows(d, stride: 96), to: sums, at: 4)
      assertClose(sums.values(0..<100), expected, relative: 1e-5, absolute: 1e-5)
    }
  }

  func testALanesResultDoesNotDependOnItsNeighbours() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 5)
      let product = product((23, 50, 4, 30), &random)
      func result(_ rows: Range<Int>) -> [Float] {
        let target = MatrixRows(
          buffer: FloatBuffer(count: rows.count * product.matrix.outputs), offset: 0, rows: rows.count,
          stride: product.matrix.outputs)
        kernels.multiply(
          product.left.dropFirst(rows.lowerBound, taking: rows.count), by: product.matrix, addingTo: target)
        let back = MatrixRows(
          buffer: FloatBuffer(count: rows.count * 64), offset: 0, rows: rows.count, stride: 64)
        kernels.multiply(target, byTransposed: product.matrix, addingTo: back)
        return target.buffer.values(0..<target.buffer.count) + back.buffer.values(0..<back.buffer.count)
      }
      let alone = result(22..<23)
      let together = result(0..<23)
      let width = product.matrix.outputs
      XCTAssertEqual(Array(alone[..<width]), Array(together[22 * width..<23 * width]))
      XCTAssertEqual(Array(alone[width...]), Array(together.suffix(64)))
    }
  }

  func testAStepWithoutTheZerosIsThatWithThemBitForBit() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 12)
      for (lanes, units) in [
        (1, 5), (2, 33), (7, 64), (8, 150), (31, 70), (63, 32), (64, 200), (65, 96), (130, 40),
      ] {
        for share in [0, 0.2, 0.25, 1] {
          let width = paddedWidth(units)
          let matrix = PackedMatrix(
            buffer: FloatBuffer(count: units * 4 * width), offset: 0, inputs: units, outputs: 4 * width)
          let weights = random.floats(4 * units * units).map { random.nextUnit() < share ? $0 : 0 }
          matrix.buffer.pack(weights, into: matrix, gates: 4, size: units)
          func rows(_ count: Int, _ stride: Int, used: Int) -> MatrixRows {
            let values = (0..<count).map { _ in
              random.floats(used) + [Float](repeating: 0, count: stride - used)
            }
            return matrixRows(values, stride: stride)
          }
          func copy(_ rows: MatrixRows) -> MatrixRows {
            MatrixRows(buffer: rows.buffer.duplicate(), offset: 0, rows: rows.rows, stride: rows.stride)
          }
          // The sums start from rows of a table, in any order.
          let table = rows(9, 4 * width, used: 4 * width)
          let chosen = (0..<lanes).map { _ in random.nextIndex(below: 9) }
          let (hidden, cell) = (rows(lanes, width, used: units), rows(lanes, width, used: units))
          let (expectedHidden, expectedCell) = (copy(hidden), copy(cell))
          let sums = rows(lanes, 4 * width, used: 0)
          for (lane, row) in chosen.enumerated() {
            sums.buffer.copy(from: table.buffer, at: row * 4 * width, to: lane * 4 * width, count: 4 * width)
          }
          kernels.multiply(expectedHidden, by: matrix, addingTo: sums)
          kernels.stepLSTM(
            gates: sums, previousCell: expectedCell, cell: expectedCell, cellTanh: copy(hidden),
            hidden: expectedHidden)
          let sparse = SparseMatrix(matrix)
          XCTAssertEqual(sparse.weights.count, weights.count { $0 != 0 })
          kernels.stepLSTM(
            from: table.buffer, rows: chosen.map { $0 * 4 * width }, by: sparse, cell: cell, hidden: hidden,
            scratch: FloatBuffer(count: sparse.scratchSize))
          let message = "\(kernels.instructionSet), \(lanes) lanes, \(units) units, \(share)"
          for (actual, expected) in [(hidden, expectedHidden), (cell, expectedCell)] {
            XCTAssertEqual(
              actual.buffer.values(actual.range), expected.buffer.values(expected.range), message)
          }
        }
      }
    }
  }

  func testExponentialSigmoidAndTanhAreAccurate() {
    // Many sizes, both signs, the switch of tanh's formulas at 0.625, and the ends.
    let inputs: [Float] =
      stride(from: Float(-86), through: 86, by: 0.0371).map { $0 }
      + stride(from: Float(-20), through: 4, by: 0.05).flatMap { [exp2($0), -exp2($0)] }
      + [0, 0.625, -0.625, 0.62499994]
    for kernels in availableKernels {
      func check(_ name: String, _ apply: (FloatBuffer) -> Void, _ exact: (Double) -> Double) {
        let buffer = FloatBuffer(inputs)
        apply(buffer)
        assertClose(
          buffer.values(0..<inputs.count), inputs.map { exact(Double($0)) }, relative: 5e-7,
          absolute: 1e-37, "\(kernels.instructionSet) \(name)")
      }
      check("exp", kernels.exponential) { exp($0) }
      check("sigmoid", kernels.sigmoid) { 1 / (1 + exp(-$0)) }
      check("tanh", kernels.hyperbolicTangent) { tanh($0) }
    }
  }

  func testNotANumberAndInfinityPassThroughActivations() {
    let inputs: [Float] = [.nan, -.nan, Float(nan: 0x1234, signaling: false), .infinity, -.infinity]
    for kernels in availableKernels {
      for (apply, high, low) in [
        (kernels.sigmoid, Float(1), Float(0)), (kernels.hyperbolicTangent, 1, -1),
      ] {
        let buffer = FloatBuffer(inputs)
        apply(buffer)
        for index in 0..<3 { XCTAssertTrue(buffer[index].isNaN, "\(kernels.instructionSet)") }
        XCTAssertEqual(buffer[3], high, accuracy: 1e-6)
        XCTAssertEqual(buffer[4], low, accuracy: 1e-6)
      }
    }
  }

  func testCrossEntropyAndItsGradient() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 6)
      for classes in [1, 2, 15, 32, 33, 93] {
        // Far from 0 as well, where exponentials of the logits themselves would overflow or vanish.
        let rows = [Float(0), 0, 0, 300, -300].map { center in
          random.floats(classes, in: center - 9...center + 9)
        }
        var targets = random.characters(5, below: classes)
        targets[2] = -1
        let logits = matrixRows(rows, stride: paddedWidth(classes))
        // Padding may hold anything, even huge numbers.
        for row in 0..<5 {
          for column in classes..<logits.stride { logits.buffer[row * logits.stride + column] = 1e30 }
        }
        let losses = FloatBuffer(count: 5)
        kernels.crossEntropy(
          logits: logits, classes: classes, targets: targets[...], losses: losses, gradientScale: 0.5)
        for (row, target) in targets.enumerated() {
          let values = rows[row].map(Double.init)
          let top = values.max() ?? 0
          let total = values.reduce(0) { $0 + exp($1 - top) }
          let gradient = values.enumerated().map { index, value in
            target < 0 ? 0 : 0.5 * (exp(value - top) / total - (index == Int(target) ? 1 : 0))
          }
          let expected = target < 0 ? 0 : ReferenceModel.crossEntropy(values, target: Int(target))
          XCTAssertEqual(Double(losses[row]), expected, accuracy: 1e-4)
          assertClose(
            logits.buffer.values(row * logits.stride..<(row + 1) * logits.stride),
            gradient + [Double](repeating: 0, count: logits.stride - classes), relative: 2e-6, absolute: 1e-7)
        }
      }
    }
  }

  func testCrossEntropyOfNotANumberIsNotANumber() {
    for kernels in availableKernels {
      for position in [0, 1, 17, 92] {
        var row = [Float](repeating: 0, count: 93)
        row[position] = .nan
        let losses = FloatBuffer(count: 1)
        kernels.crossEntropy(
          logits: matrixRows([row], stride: 96), classes: 93, targets: [5], losses: losses, gradientScale: 0)
        XCTAssertTrue(losses[0].isNaN, "\(kernels.instructionSet) \(position)")
      }
    }
  }

  func testDropoutKeepsTheStatedShareAndScalesIt() {
    for kernels in availableKernels {
      let ones = MatrixRows(
        buffer: FloatBuffer([Float](repeating: 1, count: 100_000)), offset: 0, rows: 100, stride: 1_000)
      for probability in [Float(0.1), 0.5, 0.9] {
        let target = MatrixRows(buffer: FloatBuffer(count: 100_000), offset: 0, rows: 100, stride: 1_000)
        let mask = DropoutMask(key: 77, probability: probability)
        kernels.dropout(ones, into: target, firstIndex: 12, mask: mask)
        let values = target.buffer.values(0..<100_000)
        XCTAssertEqual(Set(values), [0, 1 / (1 - probability)])
        let kept = Double(values.count { $0 > 0 })
        let expected = 100_000 * (1 - Double(probability))
        // Five standard deviations of a binomial count.
        XCTAssertEqual(kept, expected, accuracy: 5 * (expected * Double(probability)).squareRoot())
        // Neighbours are independent: both kept as often as the square says.
        let pairs = Double(zip(values, values.dropFirst()).count { $0 > 0 && $1 > 0 })
        let expectedPairs = 100_000 * (1 - Double(probability)) * (1 - Double(probability))
        XCTAssertEqual(pairs, expectedPairs, accuracy: 8 * expectedPairs.squareRoot())
      }
    }
  }

  func testDropoutMaskIsAFunctionOfKeyAndIndexOnEveryPath() {
    func mask(_ kernels: Kernels, key: UInt64, first: Int, count: Int) -> [Float] {
      let ones = MatrixRows(
        buffer: FloatBuffer([Float](repeating: 1, count: count)), offset: 0, rows: 1, stride: count)
      let target = MatrixRows(buffer: FloatBuffer(count: count), offset: 0, rows: 1, stride: count)
      kernels.dropout(
        ones, into: target, firstIndex: first, mask: DropoutMask(key: key, probability: 0.4))
      return target.buffer.values(0..<count)
    }
    let whole = mask(availableKernels[0], key: 5 << 40, first: 0, count: 500)
    for kernels in availableKernels {
      XCTAssertEqual(mask(kernels, key: 5 << 40, first: 0, count: 500), whole)
      XCTAssertEqual(mask(kernels, key: 5 << 40, first: 37, count: 101), Array(whole[37..<138]))
      XCTAssertNotEqual(mask(kernels, key: 6 << 40, first: 0, count: 500), whole)
      XCTAssertNotEqual(mask(kernels, key: 5 << 40 + 1, first: 0, count: 500), whole)
    }
  }

  func testSquaresAreSummedOverAnyLength() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 8)
      for count in [1, 5, 16, 4_097, 10_001] {
        let values = random.floats(count)
        let expected = values.reduce(0) { $0 + Double($1) * Double($1) }
        XCTAssertEqual(
          kernels.sumOfSquares(FloatBuffer(values), range: 0..<count), expected, accuracy: 1e-5 * expected)
      }
    }
  }

  func testHalfPrecisionReadsEveryPatternAndRoundsToEven() {
    let patterns = (0...UInt16.max).map { $0 }
    let floats = HalfPrecision.floats(from: patterns)
    for (pattern, value) in zip(patterns, floats) {
      let sign: Double = pattern & 0x8000 == 0 ? 1 : -1
      let exponent = Int(pattern >> 10 & 31)
      let fraction = Double(pattern & 1023)
      switch exponent {
      case 31: XCTAssertTrue(fraction == 0 ? Double(value) == sign * .infinity : value.isNaN)
      case 0: XCTAssertEqual(Double(value), sign * fraction * exp2(-24))
      default: XCTAssertEqual(Double(value), sign * (1 + fraction / 1024) * exp2(Double(exponent - 15)))
      }
    }
    let finite = patterns.filter { $0 & 0x7C00 != 0x7C00 }
    XCTAssertEqual(HalfPrecision.halves(from: HalfPrecision.floats(from: finite)), finite)
    // Between neighbours: to the nearer, and half way to the even one.
    for pattern in stride(from: UInt16(0), to: 0x7BFF, by: 1) {
      let low = floats[Int(pattern)]
      let high = floats[Int(pattern) + 1]
      let middle = (low + high) / 2
      let even = pattern & 1 == 0 ? pattern : pattern + 1
      XCTAssertEqual(
        HalfPrecision.halves(from: [middle.nextDown, middle, middle.nextUp, -middle]),
        [pattern, even, pattern + 1, even | 0x8000])
    }
    XCTAssertEqual(
      HalfPrecision.halves(from: [65_519, 65_520, 1e30, .infinity]), [0x7BFF, 0x7C00, 0x7C00, 0x7C00])
  }
}
