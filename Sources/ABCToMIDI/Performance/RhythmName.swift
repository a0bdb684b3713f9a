extension String {
  /// Whether a rhythm such as `Hornpipe (slow)` names a kind, which is given in small letters.
  func names(_ kind: [UInt8]) -> Bool {
    guard let first = kind.first else { return true }
    var rest = utf8[...]
    while let start = rest.firstIndex(where: { $0 | 0x20 == first }) {
      rest = rest[start...]
      guard rest.count >= kind.count else { return false }
      if zip(rest, kind).allSatisfy({ $0 | 0x20 == $1 }) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
