import CKernels

/// An owned block of floats, 64-byte aligned and zero at first.
///
/// Sendable without a lock: during parallel work every task writes only to its own range, which the code
/// that divides the work (`Parallel.forEach`) arranges.
@safe
final class FloatBuffer: @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Float>

  convenience init(count: Int) {
    self.init(uninitialized: count)
    fillWithZeros(0..<count)
  }

  /// A block that is filled before it is read.
  init(uninitialized count: Int) {
    precondition(count >= 0)
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(count, 1))
  }

  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    replace(at: 0, with: values[...])
  }

  deinit {
    unsafe UnsafeMutableRawPointer(base).deallocate()
  }

  subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  /// The address of `range`, checked to lie inside the buffer.
  func pointer(to range: Range<Int>) -> UnsafeMutablePointer<Float> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside a buffer")
    return unsafe base + range.lowerBound
  }

  func values(_ range: Range<Int>) -> [Float] {
    unsafe Array(UnsafeBufferPointer(start: pointer(to: range), count: range.count))
  }

  func replace(at offset: Int, with values: ArraySlice<Float>) {
    let target = unsafe pointer(to: offset..<offset + values.count)
    unsafe values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe target.update(from: start, count: source.count) }
    }
  }

  /// Copies `count` floats within this buffer or from another; the ranges do not overlap.
  func copy(from source: FloatBuffer, at sourceOffset: Int, to offset: Int, count: Int) {
    let target = unsafe pointer(to: offset..<offset + count)
    unsafe target.update(from: source.pointer(to: sourceOffset..<sourceOffset + count), count: count)
  }

  func fillWithZeros(_ range: Range<Int>) {
    unsafe pointer(to: range).update(repeating: 0, count: range.count)
  }

  /// How many of `range` are other than 0.
  func nonzeros(in range: Range<Int>) -> Int {
    unsafe UnsafeBufferPointer(start: pointer(to: range), count: range.count).count { $0 != 0 }
  }

  /// Becomes 1 where as many numbers of another buffer, from `offset` on, are other than 0, and 0 elsewhere.
  func mark(nonzerosOf other: FloatBuffer, at offset: Int) {
    let (target, source) = unsafe (pointer(to: 0..<count), other.pointer(to: offset..<offset + count))
    for index in 0..<count { unsafe target[index] = source[index] == 0 ? 0 : 1 }
  }

  /// Multiplies its numbers from `offset` on by all of another buffer.
  func multiply(at offset: Int, by other: FloatBuffer) {
    let (target, source) = unsafe (
      pointer(to: offset..<offset + other.count), other.pointer(to: 0..<other.count)
    )
    for index in 0..<other.count { unsafe target[index] *= source[index] }
  }

  func duplicate() -> FloatBuffer {
    let copy = FloatBuffer(uninitialized: count)
    copy.copy(from: self, at: 0, to: 0, count: count)
    return copy
  }
}

/// Rows of floats inside a buffer, `stride` apart.
struct MatrixRows {
  let buffer: FloatBuffer
  let offset: Int
  let rows: Int
  let stride: Int

  var range: Range<Int> { offset..<offset + rows * stride }

  func dropFirst(_ count: Int, taking rows: Int) -> MatrixRows {
    precondition(count >= 0 && count + rows <= self.rows)
    return MatrixRows(buffer: buffer, offset: offset + count * stride, rows: rows, stride: stride)
  }

  func fillWithZeros() { buffer.fillWithZeros(range) }
}

/// A weight matrix of `inputs` rows and `outputs` columns, packed in panels as `CKernels.h` describes.
struct PackedMatrix {
  let buffer: FloatBuffer
  let offset: Int
  let inputs: Int
  let outputs: Int

  var range: Range<Int> { offset..<offset + inputs * outputs }

  /// Where the weight from an input to an output lies, counted from `offset`.
  func index(input: Int, output: Int) -> Int {
    let panel = paddedWidth(1)
    return (output / panel * inputs + input) * panel + output % panel
  }
}

/// `count` rounded up to whole panels.
func paddedWidth(_ count: Int) -> Int {
  let panel = Int(CK_PANEL)
  return (count + panel - 1) / panel * panel
}

extension MatrixRows {
  /// Copies the first row to all others.
  func repeatFirstRow() {
    for row in 1..<max(rows, 1) {
      buffer.copy(from: buffer, at: offset, to: offset + row * stride, count: stride)
    }
  }
}
