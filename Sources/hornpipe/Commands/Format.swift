import ABCNotation
import ArgumentParser

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lay out ABC files in one style; what sounds stays as it is.",
    discussion: """
      Prints the result, unless --in-place or --check says otherwise. Comments and whatever is not understood are \
      kept. Exit status 0: done; 1: with --check, a file would change; 2: a file cannot be read or written.
      """)

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Flag(help: "Write nothing; print the names of the files that would change.")
  var check = false

  @Flag(help: "Rewrite the files that change.")
  var inPlace = false

  func validate() throws {
    if check, inPlace { throw ValidationError("--check and --in-place exclude each other.") }
    if inPlace, paths.isEmpty || paths.contains("-") {
      throw ValidationError("--in-place needs files; the standard input cannot be rewritten.")
    }
  }

  func run() throws {
    var wouldChange = false
    var failed = false
    for input in InputFiles.expand(paths) {
      do {
        let source = try input.readSource()
        let result = layOut(source)
        if check {
          guard result != source.bytes else { continue }
          wouldChange = true
          Console.write("\(source.name)\n")
        } else if inPlace {
          if result != source.bytes { try OutputFile.write(result, to: source.name) }
        } else {
          Console.write(String(decoding: result, as: UTF8.self))
        }
      } catch let error where error is InputError || error is OutputError {
        Console.error("\(error)")
        failed = true
      }
    }
    if failed { throw ExitCode.impossible }
    if wouldChange { throw ExitCode.someFailed }
  }

  /// The text as it is to be.
  private func layOut(_ source: SourceText) -> [UInt8] {
    Formatter().format(SyntaxTree(parsing: source))
  }
}
