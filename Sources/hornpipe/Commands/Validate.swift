import ABCNotation
import ArgumentParser

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say what is wrong in ABC files, and where.",
    discussion: """
      Exit status 0: nothing wrong; 1: errors (with --strict, also warnings; with --max-warnings, too many of them); \
      2: a file cannot be read. CODES are codes, their beginnings, or names, with commas between: \
      ABC301,ABC5,unclosed-chord.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(help: "How to print findings: text, a JSON object a line, or SARIF 2.1.0.")
  var format = Format.text

  @Option(
    help: ArgumentHelp("Look for these alone, also for what is only worth knowing.", valueName: "codes"))
  var select: RuleSelection?

  @Option(help: ArgumentHelp("Leave these out.", valueName: "codes"))
  var ignore: RuleSelection?

  @Flag(help: "Warnings count as errors for the exit status.")
  var strict = false

  @Option(help: "More warnings than this count as an error for the exit status.")
  var maxWarnings: Int?

  @Flag(help: "Mend in place what can be mended without a change in what sounds; print what is left.")
  var fix = false

  @Flag(help: "With --fix: also mend what takes a guess, or changes what sounds.")
  var unsafeFixes = false

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "End with the number of tunes, of clean tunes, and of findings a code.")
  var summary = false

  @Option(help: ArgumentHelp("Print the manual of a rule, and check nothing.", valueName: "codes"))
  var explain: RuleSelection?

  func validate() throws {
    if let maxWarnings, maxWarnings < 0 { throw ValidationError("--max-warnings is a number from 0 on") }
    if unsafeFixes, !fix { throw ValidationError("--unsafe-fixes goes with --fix") }
    if fix, paths.contains("-"), paths.count > 1 {
      throw ValidationError("--fix mends either files or the standard input, which goes to standard output.")
    }
  }

  /// Whether the text comes from standard input alone.
  var isStandardInput: Bool { paths.isEmpty || paths == ["-"] }

  func run() throws {
    if let explain {
      return Console.write(explain.rules.map(\.manual).joined(separator: "\n"))
    }
    var job = ValidationJob(command: self)
    try job.run(InputFiles.expand(paths))
  }
}
