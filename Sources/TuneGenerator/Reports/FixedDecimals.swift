import Glibc

extension Double {
  /// A share, 0…1, in per cent with one digit behind the point.
  package var percent: String { (100 * self).text(decimals: 1) }

  /// The number with so many digits behind the point, rounded as C's `printf` does.
  package func text(decimals: Int) -> String {
    let arguments: [any CVarArg] = [Int32(decimals), self]
    // A sign, the 309 digits of the largest number, the point, the decimals, and the zero that ends it in C.
    let capacity = 311 + decimals + 1
    return unsafe withVaList(arguments) { list in
      unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
          Int(unsafe vsnprintf(characters.baseAddress, capacity, "%.*f", list))
        }
      }
    }
  }
}
