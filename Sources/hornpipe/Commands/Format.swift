import ABCNotation
import ArgumentParser

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format",
    abstract: "Lay out ABC files in one style, or transpose them.",
    discussion: """
      What sounds stays as it is, or moves as a whole. Prints the result, unless --in-place or --check says \
      otherwise. Comments and whatever is not understood are kept. With --transpose, nothing but notes, keys and \
      chord symbols changes. Exit status 0: done; 1: with --check, a file would change; 2: a file cannot be read or written.
      """)

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Flag(help: "Write nothing; print the names of the files that would change.")
  var check = false

  @Flag(help: "Rewrite the files that change.")
  var inPlace = false

  @Option(
    parsing: .unconditional,
    help: "Move every tune by so many semitones (+2, -3), or to a key (D, Gm).",
    transform: Self.target)
  var transpose: Transposer.Target?

  /// `+2`, `-3`, `0`: semitones; anything else is the name of a key.
  private static func target(_ text: String) throws -> Transposer.Target {
    if let semitones = Int(text) {
      guard (-60...60).contains(semitones) else {
        throw ValidationError("'\(text)' semitones leave every instrument; at most 60 up or down.")
      }
      return .semitones(semitones)
    }
    guard Key(parsing: text)?.tonic != nil else {
      throw ValidationError("'\(text)' is neither a number of semitones nor a key such as D or Gm.")
    }
    return .key(text)
  }

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
        let result = try layOut(source)
        if check {
          guard result != source.bytes else { continue }
          wouldChange = true
          Console.write("\(source.name)\n")
        } else if inPlace {
          if result != source.bytes { try OutputFile.write(result, to: source.name) }
        } else {
          Console.write(result)
        }
      } catch let error where error is InputError || error is OutputError {
        Console.error("\(error)")
        failed = true
      } catch let error as TranspositionError {
        Console.error("\(input.name): \(error)")
        failed = true
      }
    }
    if failed { throw ExitCode.impossible }
    if wouldChange { throw ExitCode.someFailed }
  }

  /// The text as it is to be.
  private func layOut(_ source: SourceText) throws(TranspositionError) -> [UInt8] {
    if let transpose { return try Transposer(transpose).transpose(source) }
    return Formatter().format(SyntaxTree(parsing: source))
  }
}
