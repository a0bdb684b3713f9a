/// Words that are nearly others.
enum Spelling {
  /// Whether two words differ by one letter too many, too few or wrong, or by two that have changed places.
  static func isOneSlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard abs(a.count - b.count) <= 1 else { return false }
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    let longer = max(a.count, b.count)
    if head + tail >= longer - 1 { return true }
    // Two neighbours changed places.
    return a.count == b.count && head + tail == a.count - 2 && a[head] == b[head + 1]
      && a[head + 1] == b[head]
  }
}
