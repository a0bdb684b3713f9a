/// Headers that an empty line has torn in two.
extension Interpreter {
  /// `ABC124`: a header that goes on behind an empty line, which ended its tune, in place of all that the two halves lack.
  mutating func noticeTornHeader() {
    let isHeaderAlone = tune.headerKeyField == nil && tune.voices.allSatisfy { $0.measureCount == 0 }
    defer { latestIsHeader = isHeaderAlone && tune.xField != nil }
    let index = results.count - 1
    guard latestIsHeader, index > 0, tune.xField == nil, tune.headerKeyField != nil,
      let gap = emptyLine(from: results[index - 1].range.upperBound, to: results[index].range.lowerBound)
    else { return }
    results[index - 1].diagnostics.removeAll { $0.code == .missingKey || $0.code == .emptyTune }
    results[index].diagnostics.removeAll { $0.code == .missingReferenceNumber || $0.code == .missingTitle }
    guard !tune.ignored.contains(.emptyLineInHeader) else { return }
    results[index - 1].diagnostics.append(
      Diagnostic(
        .emptyLineInHeader, gap..<gap, "this empty line ends the tune within its header; take it away"))
  }

  /// Where the first empty line between two places begins; nil if they are far apart.
  private func emptyLine(from start: Int, to end: Int) -> Int? {
    guard end - start < 2000 else { return nil }
    var found: Int?
    var lineStart = start
    // Up to where the header's last line ends.
    while lineStart > 0, lineStart < end, !text[lineStart - 1].isLineEnd { lineStart += 1 }
    while lineStart < end {
      var lineEnd = lineStart
      while lineEnd < end, !text[lineEnd].isLineEnd { lineEnd += 1 }
      if text[lineStart] == UInt8(ascii: "\n"), lineStart > 0, text[lineStart - 1] == UInt8(ascii: "\r") {
        // The second byte of a line end.
      } else if (lineStart..<lineEnd).allSatisfy({ text[$0].isBlank }) {
        found = found ?? lineStart
      }
      lineStart = lineEnd + 1
    }
    return found
  }
}
