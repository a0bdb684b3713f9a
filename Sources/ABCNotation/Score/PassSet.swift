/// The passes on which a variant ending is played: `1`, `1,3`, `2-4` (ABC 2.1, 4.9 and 4.10).
public struct PassSet: Hashable, Sendable {
  /// The highest pass that can be told.
  public static let limit = 63

  /// Bit *n* stands for pass *n*.
  private var bits: UInt64

  /// No pass.
  public init() { bits = 0 }

  /// The given passes; those outside 1…``limit`` are left out.
  public init(_ passes: some Sequence<Int>) {
    bits = 0
    for pass in passes where (1...Self.limit).contains(pass) { bits |= 1 << UInt64(pass) }
  }

  /// Reads a list of numbers and ranges, with or without a `[` before it. What is no number of a pass is passed
  /// over; nothing at all counts as the first pass.
  init(parsing bytes: some Collection<UInt8>) {
    var bits: UInt64 = 0
    var low: Int?
    var number: Int?
    func take() {
      guard let last = number, (1...Self.limit).contains(last) else { return }
      let first = low.map { $0 >= 1 && $0 <= last ? $0 : last } ?? last
      for pass in first...last { bits |= 1 << UInt64(pass) }
    }
    for byte in bytes {
      if byte.isDigit {
        number = Swift.min((number ?? 0) * 10 + Int(byte & 0x0F), 1_000_000)
      } else if byte == UInt8(ascii: "-") {
        low = number
        number = nil
      } else {
        take()
        low = nil
        number = nil
      }
    }
    take()
    self.bits = bits == 0 ? 2 : bits
  }

  /// Whether there is none.
  public var isEmpty: Bool { bits == 0 }

  /// The first of them.
  public var min: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }

  /// The last of them.
  public var max: Int? { bits == 0 ? nil : 63 - bits.leadingZeroBitCount }

  /// Whether a pass is among them.
  public func contains(_ pass: Int) -> Bool {
    (1...Self.limit).contains(pass) && bits >> UInt64(pass) & 1 == 1
  }

  /// Whether no pass is in both.
  public func isDisjoint(with other: PassSet) -> Bool { bits & other.bits == 0 }

  /// Adds the passes of another set.
  public mutating func formUnion(_ other: PassSet) { bits |= other.bits }

  /// The passes in order.
  public var passes: [Int] { (1...Self.limit).filter(contains) }
}

extension PassSet: CustomStringConvertible {
  /// `1,3`.
  public var description: String { passes.map(String.init).joined(separator: ",") }
}
