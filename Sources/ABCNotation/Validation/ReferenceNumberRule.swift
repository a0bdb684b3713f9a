/// `ABC112`: no two tunes of a file share a number. Numbers of a usual size take a bit each, so that the memory this
/// needs does not grow with the number of tunes.
public struct ReferenceNumberRule: Sendable {
  private static let limit = 1 << 24
  private var bits: [UInt64] = []
  private var large: Set<Int> = []

  /// Starts with no tune.
  public init() {}

  /// Looks at the next tune.
  mutating func finding(_ number: Int?, _ place: Range<Int>?) -> Diagnostic? {
    guard let number, let place, number >= 0, !insert(number) else { return nil }
    return Diagnostic(
      .duplicateReferenceNumber, place, "another tune of this file has the number \(number) already")
  }

  /// False if the number is there already.
  private mutating func insert(_ number: Int) -> Bool {
    // A handful of outlandish numbers is remembered; a book of them would need a book of memory.
    if number >= Self.limit { return large.count >= Self.limit / 16 || large.insert(number).inserted }
    let word = number / 64
    while bits.count <= word { bits.append(contentsOf: repeatElement(0, count: max(bits.count, 64))) }
    let bit = UInt64(1) << UInt64(number % 64)
    defer { bits[word] |= bit }
    return bits[word] & bit == 0
  }
}
