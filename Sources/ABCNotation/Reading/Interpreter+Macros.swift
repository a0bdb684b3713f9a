/// Macros: the line is read as if their replacements stood in it; every place is that of the original.
extension Interpreter {
  mutating func expandMacros(_ range: Range<Int>) {
    let line = Array(text.bytes[text.local(range)])
    var bytes: [UInt8] = []
    var origins: [Int] = []
    var index = 0
    // The target that is longest is meant.
    let macros = tune.macros.sorted {
      $0.target.count + ($0.tail?.count ?? 0) > $1.target.count + ($1.tail?.count ?? 0)
    }
    while index < line.count {
      let match = macros.lazy.compactMap { $0.match(line, at: index) }.first
      if let match, match.count > 0 {
        bytes += match.text
        origins += Array(repeating: range.lowerBound + index, count: match.text.count)
        index += match.count
      } else {
        bytes.append(line[index])
        origins.append(range.lowerBound + index)
        index += 1
      }
    }
    expand(bytes, origins: origins + [range.upperBound])
  }

  /// Reads music that stands for other music; `origins` says for each byte, and for the end, where in the text at hand
  /// it comes from. That text may itself stand for another.
  mutating func expand(_ bytes: [UInt8], origins: [Int]) {
    var reader = SyntaxReader.inMusic()
    let kept = (text, latestEnd, isExpanding, self.origins)
    text = TextWindow(bytes: bytes, base: 0, encoding: kept.0.encoding)
    self.origins = isExpanding ? origins.map { kept.3[min($0, kept.3.count - 1)] } : origins
    isExpanding = true
    reader.read(bytes, into: &self)
    reader.finishLine(into: &self)
    (text, latestEnd, isExpanding, self.origins) = kept
  }

  /// Where a range of the text that is read stands in the file.
  @inline(__always)
  func place(_ range: Range<Int>) -> Range<Int> { isExpanding ? Self.origin(of: range, origins) : range }

  private static func origin(of range: Range<Int>, _ origins: [Int]) -> Range<Int> {
    let low = origins[min(range.lowerBound, origins.count - 1)]
    let high = origins[min(max(range.upperBound - 1, range.lowerBound), origins.count - 1)] + 1
    return low..<max(high, low)
  }
}
