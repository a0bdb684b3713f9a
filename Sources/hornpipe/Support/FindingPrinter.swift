import ABCNotation
import Synchronization

/// Prints findings about one text in one of the forms.
final class FindingPrinter: Sendable {
  private let source: SourceText
  private let format: Validate.Format
  // Most texts have nothing to be found; then nobody asks for their lines.
  private let printer = Mutex<DiagnosticPrinter?>(nil)

  init(_ source: SourceText, _ format: Validate.Format) {
    self.source = source
    self.format = format
  }

  /// Appends a finding as it is printed.
  func append(_ diagnostic: Diagnostic, to text: inout [UInt8]) {
    let printer = self.printer.withLock { kept in
      let printer = kept ?? DiagnosticPrinter(source)
      kept = printer
      return printer
    }
    switch format {
    case .text: printer.append(diagnostic, to: &text)
    case .json: text += JSONLine.bytes(printer.finding(diagnostic))
    case .sarif: text += JSONLine.bytes(SARIFLog.result(printer.finding(diagnostic), diagnostic))
    }
  }
}
