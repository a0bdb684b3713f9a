import ABCNotation
import ArgumentParser

/// The work of `validate`: checks files one by one, prints what is found, and keeps count.
struct ValidationJob {
  private let command: Validate
  private var counts: [DiagnosticCode: Int] = [:]
  private var tunes = 0
  private var cleanTunes = 0
  private var errors = 0
  private var warnings = 0
  private var log = SARIFLog()

  init(command: Validate) { self.command = command }

  /// Checks all inputs; what cannot be read is reported, and the rest goes on.
  mutating func run(_ inputs: [InputFiles.Input]) throws {
    var unreadable = false
    if command.format == .sarif { Console.write(try log.head()) }
    for input in inputs {
      do {
        try check(input.readSource())
      } catch let error as InputError {
        Console.error(error.description)
        unreadable = true
      }
    }
    if command.format == .sarif { Console.write(log.tail()) }
    if command.summary { printSummary() }
    if unreadable { throw ExitCode.impossible }
    let isTooMuch = command.maxWarnings.map { warnings > $0 } ?? false
    if errors > 0 || isTooMuch || command.strict && warnings > 0 { throw ExitCode.someFailed }
  }

  private mutating func check(_ source: SourceText) throws {
    let report = ValidationReport(checking: source, style: command.select?.style ?? [])
    let printer = DiagnosticPrinter(source)
    let diagnostics = report.diagnostics.filter(isWanted)
    for diagnostic in diagnostics {
      counts[diagnostic.code, default: 0] += 1
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .info: break
      }
    }
    switch command.format {
    case .text: printer.print(diagnostics) { Console.write($0) }
    case .json: for diagnostic in diagnostics { try Console.writeJSON(printer.finding(diagnostic)) }
    case .sarif:
      for diagnostic in diagnostics {
        Console.write(try log.result(printer.finding(diagnostic), diagnostic))
      }
    }
    tunes += report.tunes.count
    cleanTunes += report.tunes.count { tune in
      tune.diagnostics.allSatisfy { $0.severity == .info || !isWanted($0) }
    }
  }

  /// What is only worth knowing is shown to those who ask for it.
  private func isWanted(_ diagnostic: Diagnostic) -> Bool {
    if command.ignore?.contains(diagnostic.code) == true { return false }
    return command.select?.contains(diagnostic.code) ?? (diagnostic.severity > .info)
  }

  private func printSummary() {
    var text = "\(tunes) tunes, \(cleanTunes) of them clean"
    if tunes > 0 { text += " (\((1000 * cleanTunes / tunes + 5) / 10) %)" }
    text += "\n"
    for (code, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      text += "  \(code.rawValue) \(code.name): \(count)\n"
    }
    // In the other forms standard output holds nothing but findings.
    if command.format == .text { Console.write(text) } else { Console.note(text) }
  }
}
