import ABCNotation
import ArgumentParser
import CharacterModel
import FoundationEssentials
import TuneGenerator

/// The tunes that a command asks for: with what each is to be made.
struct GenerationRequest {
  /// The tunes in their order.
  let tunes: [Provenance]
  /// What all of them have in common; nil where each is of its own kind.
  let options: TuneWriter.Options?

  /// What the options of the command say, or the tunes in the file that `--like` names.
  init(_ command: Generate, model: RecurrentModel) throws {
    let hash = model.fingerprint
    if let path = command.like {
      tunes = try Self.read(path, hash: hash)
      options = nil
      return
    }
    let seed = command.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    if command.seed == nil, !command.quiet { Console.note("seed \(seed)") }
    var common = Provenance(
      version: Version.current, model: command.modelOption.name, hash: hash, seed: seed, number: 1,
      temperature: command.temperature)
    (common.topK, common.topP) = (command.topK, command.topP)
    if command.maxLength != TuneWriter.Options.usualMaximumLength { common.maximumLength = command.maxLength }
    common.prime = try command.prime.map(Self.prime)
    (common.title, common.style, common.rhythm) = (command.title, command.style, command.rhythm)
    (common.meter, common.key) = (command.meter, command.key)
    (common.parts, common.bars, common.infill) = (command.parts, command.bars, command.infill)
    if command.noPhrases { common.phrases = false }
    if command.unconstrained { common.unconstrained = true }
    tunes = (0..<command.count).map { index in
      var tune = common
      (tune.seed, tune.number) = (seed &+ UInt64(index), index + 1)
      return tune
    }
    options = common.infill == nil ? common.options : nil
  }

  /// The text, or what is in the file behind an `@`.
  private static func prime(_ text: String) throws -> String {
    guard text.hasPrefix("@") else { return text.replacing("\\n", with: "\n") }
    let all = TextEncoding.decode(try InputFiles.Input.file(String(text.dropFirst())).read())
    // The comment that says how a tune was made is no part of it, nor are a byte order mark and carriage returns.
    return all.replacing("\u{FEFF}", with: "").replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("% hornpipe") }
      .joined(separator: "\n")
  }

  private static func read(_ path: String, hash: String) throws -> [Provenance] {
    let text = TextEncoding.decode(try InputFiles.Input.file(path).read())
    let lines = Provenance.lines(in: text)
    if let wrong = lines.first(where: { $0.provenance == nil }) {
      Console.error(
        "\(path):\(wrong.line): this comment does not say how a tune was made: it has been changed")
      throw ExitCode.impossible
    }
    let tunes = lines.compactMap(\.provenance)
    guard let first = tunes.first else {
      Console.error("\(path) does not say how it was made: no line in it begins with '% hornpipe {'")
      throw ExitCode.impossible
    }
    if let other = tunes.first(where: { $0.hash != hash }) {
      Console.error(
        "\(path) was made by the model \(other.model) (\(other.hash)), and this one is \(hash); give that one with --model"
      )
      throw ExitCode.impossible
    }
    if first.version != Version.current {
      Console.note("\(path) was made by hornpipe \(first.version); this is \(Version.current)")
    }
    return tunes
  }
}
