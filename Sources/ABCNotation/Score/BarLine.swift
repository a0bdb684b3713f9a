/// A bar or repeat sign (ABC 2.1, 4.8).
public struct BarLine: Equatable, Sendable {
  private var colonsBefore: UInt8
  private var colonsAfter: UInt8
  /// A double bar of any kind: `||`, `|]`, `[|`. Sections end here.
  public private(set) var isDouble: Bool
  /// `[|]`: a bar that is not to be seen.
  public private(set) var isInvisible: Bool
  /// `.|`: a dotted bar, as editors add them to long bars.
  public internal(set) var isDotted = false

  /// How often what precedes is repeated: the number of colons on the left.
  @inline(__always)
  public var repeatsBefore: Int { Int(colonsBefore) }
  /// The number of colons on the right: a repeat starts here.
  @inline(__always)
  public var repeatsAfter: Int { Int(colonsAfter) }

  /// The plain bar sign.
  static let plain = BarLine(repeatsBefore: 0, repeatsAfter: 0, isDouble: false, isInvisible: false)

  private init(repeatsBefore: Int, repeatsAfter: Int, isDouble: Bool, isInvisible: Bool) {
    colonsBefore = UInt8(clamping: repeatsBefore)
    colonsAfter = UInt8(clamping: repeatsAfter)
    self.isDouble = isDouble
    self.isInvisible = isInvisible
  }

  /// Reads any run of `|`, `[`, `]` and `:`.
  init(parsing bytes: some RandomAccessCollection<UInt8>) {
    let colon = UInt8(ascii: ":")
    let count = bytes.count
    var left = 0
    for byte in bytes {
      guard byte == colon else { break }
      left += 1
    }
    if left == count {
      // `::` is `:|:`; a third colon goes to the left.
      self.init(repeatsBefore: (left + 1) / 2, repeatsAfter: left / 2, isDouble: false, isInvisible: false)
      return
    }
    var right = 0
    for byte in bytes.reversed() {
      guard byte == colon else { break }
      right += 1
    }
    let inner = count - left - right
    let isInvisible = inner == 3 && bytes.first == UInt8(ascii: "[") && bytes.last == UInt8(ascii: "]")
    self.init(
      repeatsBefore: left, repeatsAfter: right,
      isDouble: inner > 1 && !isInvisible && !(left > 0 && right > 0),
      isInvisible: isInvisible)
  }

  /// Two signs with nothing between them (a line's last and the next line's first) act as one.
  mutating func merge(_ next: BarLine) {
    colonsBefore = max(colonsBefore, next.colonsBefore)
    colonsAfter = max(colonsAfter, next.colonsAfter)
    isDouble = isDouble || next.isDouble
    isInvisible = isInvisible && next.isInvisible
    isDotted = isDotted && next.isDotted
  }

  /// Whether a section of the tune ends or begins here.
  public var isSectionEnd: Bool { isDouble || repeatsBefore > 0 || repeatsAfter > 0 }
}
