import ABCNotation
import Dispatch
import Synchronization

/// Prints findings as a person reads them: place, sentence, code, the line and a caret.
struct DiagnosticPrinter {
  private let source: SourceText
  private let lines: LineTable
  private let style: TerminalStyle
  /// The most bytes of a line that are shown on either side of a fault.
  private static let reach = 150

  init(_ source: SourceText, style: TerminalStyle = .output) {
    self.source = source
    self.style = style
    lines = LineTable(source)
  }

  /// Prints all of them, made on all cores, some thousands at a time.
  func print(_ diagnostics: [Diagnostic], to write: ([UInt8]) -> Void) {
    let length = 256
    for batch in stride(from: 0, to: diagnostics.count, by: 32 * length) {
      let rest = min(diagnostics.count - batch, 32 * length)
      let count = (rest + length - 1) / length
      let texts = Mutex([[UInt8]](repeating: [], count: count))
      DispatchQueue.concurrentPerform(iterations: count) { index in
        var text: [UInt8] = []
        for diagnostic in diagnostics[(batch + index * length)...].prefix(length) {
          append(diagnostic, to: &text)
        }
        texts.withLock { $0[index] = text }
      }
      for text in texts.withLock({ $0 }) { write(text) }
    }
  }

  /// Appends `file:line:column: severity: message [CODE]`, the line, and a caret under the fault.
  func append(_ diagnostic: Diagnostic, to text: inout [UInt8]) {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let colour: TerminalStyle.Colour =
      switch diagnostic.severity {
      case .info: .blue
      case .warning: .yellow
      case .error: .red
      }
    text += style.paint("\(source.name):\(place.line):\(place.column):", .bold).utf8
    text += " \(style.paint(diagnostic.severity.rawValue + ":", colour)) ".utf8
    text += diagnostic.message.utf8
    text += style.paint(" [\(diagnostic.code.rawValue)]", .dim).utf8
    text += "\n  ".utf8
    let lineRange = lines.lineRange(containing: diagnostic.range.lowerBound)
    let start = min(diagnostic.range.lowerBound, lineRange.upperBound)
    // Of a line that no screen holds, what stands around the fault.
    var low = max(lineRange.lowerBound, start - Self.reach)
    var high = min(lineRange.upperBound, start + Self.reach)
    while low > lineRange.lowerBound, source.bytes[low] & 0xC0 == 0x80 { low -= 1 }
    while high < lineRange.upperBound, source.bytes[high] & 0xC0 == 0x80 { high += 1 }
    let end = max(min(diagnostic.range.upperBound, high), start)
    // Tabs stay tabs, so that the caret stands where the fault does.
    let blank = UInt8(ascii: " ")
    let tab = UInt8(ascii: "\t")
    if source.bytes[low..<high].reduce(0, |) < 0x80 {
      text += source.bytes[low..<high]
      text += "\n  ".utf8
      for byte in source.bytes[low..<start] { text.append(byte == tab ? tab : blank) }
      text += style.paint(String(repeating: "^", count: max(end - start, 1)), .green).utf8
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
      let width = source.string(start..<end).reduce(0) { $0 + TerminalStyle.width(of: $1) }
      text += style.paint(String(repeating: "^", count: max(width, 1)), .green).utf8
    }
    text.append(UInt8(ascii: "\n"))
  }

  /// A finding as an object of JSON.
  struct Finding: Encodable {
    let file: String
    let line, column, endLine, endColumn: Int
    let severity, code, message: String
  }

  /// The same for JSON.
  func finding(_ diagnostic: Diagnostic) -> Finding {
    let place = lines.location(of: diagnostic.range.lowerBound)
    let end = lines.location(of: diagnostic.range.upperBound)
    return Finding(
      file: source.name, line: place.line, column: place.column, endLine: end.line, endColumn: end.column,
      severity: diagnostic.severity.rawValue, code: diagnostic.code.rawValue, message: diagnostic.message)
  }
}
