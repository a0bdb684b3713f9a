/// A bar or repeat sign (ABC 2.1, 4.8).
public struct BarLine: Equatable, Sendable {
  /// How often what precedes is repeated: the number of colons on the left.
  public private(set) var repeatsBefore: Int
  /// The number of colons on the right: a repeat starts here.
  public private(set) var repeatsAfter: Int
  /// A double bar of any kind: `||`, `|]`, `[|`. Sections end here.
  public private(set) var isDouble: Bool

  /// Reads any run of `|`, `[`, `]` and `:`.
  init(parsing bytes: some Collection<UInt8>) {
    let colon = UInt8(ascii: ":")
    let left = bytes.prefix { $0 == colon }.count
    if left == bytes.count {
      // `::` is `:|:`; a third colon goes to the left.
      repeatsBefore = (left + 1) / 2
      repeatsAfter = left / 2
      isDouble = false
      return
    }
    repeatsBefore = left
    repeatsAfter = bytes.reversed().prefix { $0 == colon }.count
    isDouble = bytes.count - left - repeatsAfter > 1
  }

  /// Two signs with nothing between them (a line's last and the next line's first) act as one.
  mutating func merge(_ next: BarLine) {
    repeatsBefore = max(repeatsBefore, next.repeatsBefore)
    repeatsAfter = max(repeatsAfter, next.repeatsAfter)
    isDouble = isDouble || next.isDouble
  }

  /// Whether a section of the tune ends or begins here.
  public var isSectionEnd: Bool { isDouble || repeatsBefore > 0 || repeatsAfter > 0 }
}
