import ABCNotation
import ABCToMIDI
import StandardMIDI

/// Turns one tune into what is to be written. May work on any thread.
struct TuneExporter: Sendable {
  /// What becomes of a tune.
  enum Form: Sendable {
    /// The bytes of a MIDI file, its text dump, or the file itself for what has still to be made of it.
    case bytes, dump, file
  }

  let converter: MIDIConverter
  let form: Form
  /// Whether anybody wants to know how many notes the tunes have and how long they last.
  let measuresTime: Bool

  /// A tune that has been converted, or has not.
  struct Product: Sendable {
    enum Content: Sendable {
      case bytes([UInt8])
      case dump(String)
      case file(MIDIFile)
      /// Why there is nothing, in a sentence.
      case failure(String)
    }

    var entry: ManifestEntry
    /// The title as a file name has it.
    let safeTitle: String
    let content: Content
    /// What the tune asks for and does not get, each with its line.
    let problems: [(line: Int, message: String)]
  }

  /// Converts a tune.
  func product(_ tune: Tunebook.Tune, _ source: SourceText, _ lines: LineTable) -> Product {
    var entry = ManifestEntry(
      source: source.name, line: lines.location(of: tune.range.lowerBound).line,
      x: tune.score.referenceNumber,
      title: tune.score.title ?? "", notes: measuresTime ? tune.score.noteCount : 0,
      errors: tune.diagnostics.count { $0.severity == .error },
      warnings: tune.diagnostics.count { $0.severity == .warning })
    var problems: [(line: Int, message: String)] = []
    var content = Product.Content.failure("has no music")
    if !tune.score.voices.isEmpty {
      do {
        let report = { (problem: ConversionProblem) in
          problems.append((lines.location(of: problem.range.lowerBound).line, problem.message))
        }
        if form == .bytes, !measuresTime {
          content = .bytes(try converter.encode(tune.score, report: report))
        } else {
          let file = try converter.convert(tune.score, report: report)
          entry.seconds = (MIDISequence(file).duration.seconds * 1000).rounded() / 1000
          content =
            switch form {
            case .bytes: .bytes(file.encoded())
            case .dump: .dump(file.dump)
            case .file: .file(file)
            }
        }
      } catch {
        content = .failure("\(error)")
      }
    }
    entry.warnings += problems.count
    return Product(
      entry: entry, safeTitle: FileNames.safe(tune.score.title ?? ""), content: content, problems: problems)
  }
}
