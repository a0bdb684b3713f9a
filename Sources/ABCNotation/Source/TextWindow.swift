/// The part of a text that is at hand while it is read: the whole of it, or, where characters come one by one,
/// the line under way. Offsets are those of the whole text.
struct TextWindow: Sendable {
  var bytes: [UInt8] = []
  /// The offset of the first byte.
  var base = 0
  var encoding = TextEncoding.utf8

  @inline(__always)
  subscript(offset: Int) -> UInt8 { bytes[offset - base] }

  /// A reader of a range.
  func scanner(_ range: Range<Int>) -> Scanner { Scanner(bytes, local(range)) }

  /// A range without the blanks at either end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let inner = bytes.trimmed(local(range))
    return (inner.lowerBound + base)..<(inner.upperBound + base)
  }

  /// The characters of a range as they are written.
  func string(_ range: Range<Int>) -> String {
    let slice = bytes[local(range)]
    return encoding == .utf8 ? String(decoding: slice, as: UTF8.self) : TextEncoding.decodeLatin1(slice)
  }

  func local(_ range: Range<Int>) -> Range<Int> { (range.lowerBound - base)..<(range.upperBound - base) }
}
