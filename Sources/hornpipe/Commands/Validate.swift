import ABCNotation
import ArgumentParser

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say what is wrong in ABC files, and where.",
    discussion:
      "Exit status 0: nothing wrong; 1: errors (with --strict, also warnings); 2: a file cannot be read.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(help: "How to print findings: text, or a JSON object a line.")
  var format = Format.text

  @Flag(help: "Warnings count as errors for the exit status.")
  var strict = false

  @Flag(help: "End with the number of tunes, of clean tunes, and of findings a code.")
  var summary = false

  func run() throws {
    var counts: [DiagnosticCode: Int] = [:]
    var tunes = 0
    var clean = 0
    var worst = Severity.info
    var unreadable = false
    for input in InputFiles.expand(paths) {
      do {
        let source = try input.readSource()
        let report = ValidationReport(checking: source)
        let printer = DiagnosticPrinter(source)
        let diagnostics = report.diagnostics.filter { $0.severity > .info }
        for diagnostic in diagnostics {
          counts[diagnostic.code, default: 0] += 1
          worst = max(worst, diagnostic.severity)
        }
        switch format {
        case .text: printer.print(diagnostics) { Console.write($0) }
        case .json: for diagnostic in diagnostics { try Console.writeJSON(printer.finding(diagnostic)) }
        }
        tunes += report.tunes.count
        clean += report.tunes.count(where: \.isClean)
      } catch let error as InputError {
        Console.error(error.description)
        unreadable = true
      }
    }
    if summary { printSummary(tunes: tunes, clean: clean, counts: counts) }
    if unreadable { throw ExitCode.impossible }
    if worst == .error || (strict && worst == .warning) { throw ExitCode.someFailed }
  }

  private func printSummary(tunes: Int, clean: Int, counts: [DiagnosticCode: Int]) {
    Console.write("\(tunes) tunes, \(clean) of them clean\n")
    for (code, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      Console.write("  \(code.rawValue) \(code): \(count)\n")
    }
  }
}
