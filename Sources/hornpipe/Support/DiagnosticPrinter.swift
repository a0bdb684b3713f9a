import ABCNotation

/// Prints findings as a person reads them: place, sentence, code, the line and a caret.
struct DiagnosticPrinter {
  private let source: SourceText
  private let lines: LineTable

  init(_ source: SourceText) {
    self.source = source
    lines = LineTable(source)
  }

  /// `file:line:column: severity: message [CODE]`, the line, and a caret under the fault.
  func text(_ diagnostic: Diagnostic) -> String {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let lineRange = lines.lineRange(containing: diagnostic.range.lowerBound)
    let line = source.string(lineRange)
    let end = min(diagnostic.range.upperBound, lineRange.upperBound)
    let width = max(
      source.string(diagnostic.range.lowerBound..<max(end, diagnostic.range.lowerBound)).count, 1)
    // Tabs stay tabs, so that the caret stands where the fault does.
    let indent = line.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
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
