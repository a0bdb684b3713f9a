import ABCNotation

/// Prints findings as a person reads them: place, sentence, code, the line and a caret.
struct DiagnosticPrinter: Sendable {
  private let source: SourceText
  private let lines: LineTable
  private let style: TerminalStyle
  /// The name of the file with a colon.
  private let name: [UInt8]
  /// The most bytes of a line that are shown on either side of a fault.
  private static let reach = 150

  init(_ source: SourceText, style: TerminalStyle = .output) {
    self.source = source
    self.style = style
    name = Array("\(source.name):".utf8)
    lines = LineTable(source)
  }

  /// Appends `file:line:column: severity: message [CODE]`, the line, and a caret under the fault.
  func append(_ diagnostic: Diagnostic, to text: inout [UInt8]) {
    let place = lines.location(of: diagnostic.range.lowerBound)
    paint(.bold, &text) { text in
      text += name
      text.append(decimal: place.line)
      text.append(UInt8(ascii: ":"))
      text.append(decimal: place.column)
      text.append(UInt8(ascii: ":"))
    }
    text.append(UInt8(ascii: " "))
    let colour: TerminalStyle.Colour =
      switch diagnostic.severity {
      case .info: .blue
      case .warning: .yellow
      case .error: .red
      }
    paint(colour, &text) { text in
      text += diagnostic.severity.rawValue.utf8
      text.append(UInt8(ascii: ":"))
    }
    text.append(UInt8(ascii: " "))
    text += diagnostic.message.utf8
    paint(.dim, &text) { text in
      text += " [".utf8
      text += diagnostic.code.rawValue.utf8
      text.append(UInt8(ascii: "]"))
    }
    text += "\n  ".utf8
    appendLine(diagnostic.range, &text)
    text.append(UInt8(ascii: "\n"))
  }

  /// The line, or of a line that no screen holds what stands around the fault, and the caret.
  private func appendLine(_ range: Range<Int>, _ text: inout [UInt8]) {
    let lineRange = lines.lineRange(containing: range.lowerBound)
    let start = min(range.lowerBound, lineRange.upperBound)
    var low = max(lineRange.lowerBound, start - Self.reach)
    var high = min(lineRange.upperBound, start + Self.reach)
    while low > lineRange.lowerBound, source.bytes[low] & 0xC0 == 0x80 { low -= 1 }
    while high < lineRange.upperBound, source.bytes[high] & 0xC0 == 0x80 { high += 1 }
    let end = max(min(range.upperBound, high), start)
    // Tabs stay tabs, so that the caret stands where the fault does.
    let blank = UInt8(ascii: " ")
    let tab = UInt8(ascii: "\t")
    let width: Int
    if source.bytes[low..<high].reduce(0, |) < 0x80 {
      text += source.bytes[low..<high]
      text += "\n  ".utf8
      for byte in source.bytes[low..<start] { text.append(byte == tab ? tab : blank) }
      width = end - start
    } else {
      text += source.string(low..<high).utf8
      text += "\n  ".utf8
      for character in source.string(low..<start) {
        if character == "\t" {
          text.append(tab)
        } else {
          text += repeatElement(blank, count: TerminalStyle.width(of: character))
        }
      }
      width = source.string(start..<end).reduce(0) { $0 + TerminalStyle.width(of: $1) }
    }
    paint(.green, &text) { $0 += repeatElement(UInt8(ascii: "^"), count: max(width, 1)) }
  }

  private func paint(
    _ colour: TerminalStyle.Colour, _ text: inout [UInt8], _ body: (inout [UInt8]) -> Void
  ) {
    if style.isColoured { text += "\u{1B}[\(colour.rawValue)m".utf8 }
    body(&text)
    if style.isColoured { text += "\u{1B}[0m".utf8 }
  }

  /// A finding as an object of JSON.
  struct Finding: Encodable {
    let file: String
    let line, column, endLine, endColumn: Int
    let severity, code, message: String
    /// How it can be mended, if it can.
    let fix: Mending?
  }

  /// Changes that mend a finding.
  struct Mending: Encodable {
    let safe: Bool
    let description: String
    let edits: [Edit]
  }

  struct Edit: Encodable {
    let line, column, endLine, endColumn: Int
    let text: String
  }

  /// The same for JSON.
  func finding(_ diagnostic: Diagnostic) -> Finding {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let end = lines.location(of: diagnostic.range.upperBound)
    return Finding(
      file: source.name, line: place.line, column: place.column, endLine: end.line, endColumn: end.column,
      severity: diagnostic.severity.rawValue, code: diagnostic.code.rawValue, message: diagnostic.message,
      fix: mending(diagnostic))
  }

  private func mending(_ diagnostic: Diagnostic) -> Mending? {
    guard let fix = diagnostic.code.rule.fix else { return nil }
    let edits = diagnostic.edits(in: source).map { edit in
      let place = lines.location(of: edit.range.lowerBound)
      let end = lines.location(of: edit.range.upperBound)
      return Edit(
        line: place.line, column: place.column, endLine: end.line, endColumn: end.column,
        text: edit.replacement)
    }
    return edits.isEmpty ? nil : Mending(safe: fix.isSafe, description: fix.summary, edits: edits)
  }
}

extension [UInt8] {
  /// A number from 0 on in digits.
  fileprivate mutating func append(decimal number: Int) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
