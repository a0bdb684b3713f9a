import CKernels

/// IEEE 754 half precision as stored in model files.
enum HalfPrecision {
  static func floats(from halves: [UInt16]) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: halves.count) { buffer, count in
      if let target = buffer.baseAddress {
        unsafe halves.withUnsafeBufferPointer { source in
          if let start = source.baseAddress { unsafe ck_half_to_float(target, start, halves.count) }
        }
      }
      count = halves.count
    }
  }

  /// Rounds to the nearest even; values beyond ±65504 become infinite.
  static func halves(from floats: [Float]) -> [UInt16] {
    unsafe [UInt16](unsafeUninitializedCapacity: floats.count) { buffer, count in
      if let target = buffer.baseAddress {
        unsafe floats.withUnsafeBufferPointer { source in
          if let start = source.baseAddress { unsafe ck_float_to_half(target, start, floats.count) }
        }
      }
      count = floats.count
    }
  }
}
