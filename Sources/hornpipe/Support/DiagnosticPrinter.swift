import ABCNotation

/// Prints findings as a person reads them: place, sentence, code, the line and a caret.
struct DiagnosticPrinter {
  private let source: SourceText
  private let lines: LineTable
  /// The most bytes of a line that are shown on either side of a fault.
  private static let reach = 150

  init(_ source: SourceText) {
    self.source = source
    lines = LineTable(source)
  }

  /// `file:line:column: severity: message [CODE]`, the line, and a caret under the fault.
  func text(_ diagnostic: Diagnostic) -> String {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let lineRange = lines.lineRange(containing: diagnostic.range.lowerBound)
    let start = min(diagnostic.range.lowerBound, lineRange.upperBound)
    let end = min(diagnostic.range.upperBound, lineRange.upperBound)
    // Of a line that no screen holds, what stands around the fault.
    var low = max(lineRange.lowerBound, start - Self.reach)
    var high = min(lineRange.upperBound, start + Self.reach)
    while low > lineRange.lowerBound, source.bytes[low] & 0xC0 == 0x80 { low -= 1 }
    while high < lineRange.upperBound, source.bytes[high] & 0xC0 == 0x80 { high += 1 }
    let excerpt = low..<high
    let line = source.string(excerpt)
    let marked = min(max(end, start), excerpt.upperBound)
    let width = max(source.string(start..<marked).count, 1)
    // Tabs stay tabs, so that the caret stands where the fault does.
    let indent = source.string(excerpt.lowerBound..<start).map { $0 == "\t" ? "\t" : " " }.joined()
    return """
      \(source.name):\(place.line):\(place.column): \(diagnostic.severity.rawValue): \(diagnostic.message) \
      [\(diagnostic.code.rawValue)]
        \(line)
        \(indent)\(String(repeating: "^", count: width))

      """
  }

  /// The same as values for JSON.
  func object(_ diagnostic: Diagnostic) -> [String: Any] {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let end = lines.location(of: diagnostic.range.upperBound)
    return [
      "file": source.name, "line": place.line, "column": place.column, "endLine": end.line,
      "endColumn": end.column,
      "severity": diagnostic.severity.rawValue, "code": diagnostic.code.rawValue,
      "message": diagnostic.message,
    ]
  }
}
