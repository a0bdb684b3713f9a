import ABCNotation
import FoundationEssentials
import Glibc
import SystemFiles

/// Draws tunes as sheet music, through the programs `abcm2ps` and, for PDF and PNG, `rsvg-convert`.
///
/// Each tune goes to a process of its own, which may take so many seconds and no more: what one tune does to the program
/// is no matter to the next.
public struct SheetEngraver: Sendable {
  /// What a sheet is written as.
  public enum Format: String, CaseIterable, Sendable {
    /// A picture in XML, a file for each page.
    case svg
    /// Pages for a printer.
    case pdf
    /// A picture of dots on white.
    case png
  }

  /// A tune to draw: its score and the text that it was read from.
  public struct Tune: Sendable {
    let score: Score
    let source: SourceText

    /// A tune of a text.
    public init(_ score: Score, in source: SourceText) { (self.score, self.source) = (score, source) }
  }

  private static let secondsAtMost = 20

  /// Finds the program; whoever only draws SVG needs no other.
  ///
  /// - Throws: ``EngravingError/missingProgram(_:package:)``.
  public init() throws(EngravingError) {
    try Self.find("abcm2ps", package: "abcm2ps", asking: "-V")
  }

  private static func find(_ program: String, package: String, asking option: String) throws(EngravingError) {
    let end = try? ChildProcess.run(program, [option], output: "/dev/null", errors: "/dev/null")
    if end != .status(0) { throw .missingProgram(program, package: package) }
  }

  /// The tune as SVG, one picture as high as it needs to be.
  public func svg(of tune: Tune) throws(EngravingError) -> String {
    try pages(of: tune, ["-g"]).joined()
  }

  /// The same with a transparent rectangle over each note and rest, which says in `data-note` which of the tune's it is.
  ///
  /// They are numbered by their place in the text, those of all voices together, from 0: see ``NoteNumbers``.
  public func markedSVG(of tune: Tune) throws(EngravingError) -> String {
    let text = EngravingText(tune.score, in: tune.source)
    let drawn = try pages(of: text, ["-g", "-A"]).joined()
    return NoteMarks(text.text).marked(drawn)
  }

  /// Writes the sheet music of some tunes to a file: whole or not at all.
  ///
  /// - Parameters:
  ///   - shouldStop: asked before each tune.
  ///   - progress: told before each tune how many are done.
  /// - Returns: the files that were written: one, or for SVG and PNG of several tunes one for each, numbered; nil where it
  ///   was stopped.
  public func write(
    _ tunes: [Tune], to path: String, as format: Format, shouldStop: () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws(EngravingError) -> [String]? {
    if format != .svg { try Self.find("rsvg-convert", package: "librsvg2-bin", asking: "--version") }
    if format == .pdf {
      var pages: [String] = []
      for (index, tune) in tunes.enumerated() {
        if shouldStop() { return nil }
        progress(index)
        pages += try self.pages(of: tune, ["-v"])
      }
      try convert(pages, ["-f", "pdf"], to: path, title: "the sheets")
      return [path]
    }
    var written: [String] = []
    for (index, tune) in tunes.enumerated() {
      if shouldStop() { return nil }
      progress(index)
      let target = tunes.count == 1 ? path : Self.numbered(path, index + 1)
      let picture = try svg(of: tune)
      if format == .svg {
        try Self.save(Array(picture.utf8), to: target)
      } else {
        let title = tune.score.title ?? "the tune"
        try convert([picture], ["-f", "png", "--zoom", "2", "-b", "white"], to: target, title: title)
      }
      written.append(target)
    }
    return written
  }

  private static func numbered(_ path: String, _ number: Int) -> String {
    let name = PathName(path)
    return "\(name.withoutExtension)-\(number).\(name.fileExtension)"
  }

  private func pages(of tune: Tune, _ options: [String]) throws(EngravingError) -> [String] {
    try pages(of: EngravingText(tune.score, in: tune.source), options)
  }

  /// Runs `abcm2ps` in a folder of its own.
  private func pages(of text: EngravingText, _ options: [String]) throws(EngravingError) -> [String] {
    let folder = try WorkFolder()
    try Self.save(Array(text.text.utf8), to: folder.path("tune.abc"))
    let arguments =
      ["-q", "-S"] + options + ["-O", folder.path("page.svg"), folder.path("tune.abc")]
    // Its status says that something displeased it, not that nothing was drawn.
    try run("abcm2ps", arguments, title: text.title)
    let pages = folder.names.filter { $0.hasPrefix("page") }.sorted()
    guard !pages.isEmpty else { throw .programFailed("abcm2ps", title: text.title) }
    return try pages.map { name throws(EngravingError) in
      guard let bytes = try? [UInt8](contentsOfFile: folder.path(name)) else {
        throw .programFailed("abcm2ps", title: text.title)
      }
      return Self.withoutDates(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The same tune gives the same file: what says when and where it was drawn goes.
  private static func withoutDates(_ svg: String) -> String {
    svg.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("<!-- CreationDate:") && !$0.hasPrefix("<!-- CommandLine:") && !$0.hasPrefix("<title>/")
    }.joined(separator: "\n")
  }

  private func convert(
    _ pages: [String], _ options: [String], to path: String, title: String
  ) throws(EngravingError) {
    let folder = try WorkFolder()
    var names: [String] = []
    for (index, page) in pages.enumerated() {
      names.append(folder.path("\(index).svg"))
      try Self.save(Array(page.utf8), to: names[index])
    }
    // What a PDF says of the time when it was made would change with every run.
    let result = folder.path("result")
    try run(
      "rsvg-convert", options + ["-o", result] + names, title: title, environment: ["SOURCE_DATE_EPOCH": "0"])
    guard let bytes = try? [UInt8](contentsOfFile: result), !bytes.isEmpty else {
      throw .programFailed("rsvg-convert", title: title)
    }
    try Self.save(bytes, to: path)
  }

  private func run(
    _ program: String, _ arguments: [String], title: String, environment: [String: String] = [:]
  ) throws(EngravingError) {
    let settings = environment.map { "\($0.key)=\($0.value)" }
    let words = ["\(Self.secondsAtMost)", "env"] + settings + [program] + arguments
    let end: ChildProcess.End
    do {
      end = try ChildProcess.run("timeout", words, output: "/dev/null", errors: "/dev/null")
    } catch {
      throw .fileFailed(path: program, reason: error.description)
    }
    if end == .status(124) { throw .tooSlow(program, title: title, seconds: Self.secondsAtMost) }
  }

  private static func save(_ bytes: [UInt8], to path: String) throws(EngravingError) {
    do {
      try bytes.write(toFile: path)
    } catch {
      throw .fileFailed(path: path, reason: error.description)
    }
  }
}

/// A folder for the files between two programs, which goes when the work is done.
private final class WorkFolder {
  private let folder: String

  init() throws(EngravingError) {
    let base = FileManager.default.temporaryDirectory.path
    var template = Array("\(base)/hornpipe-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw .fileFailed(path: base, reason: SystemError.last.description)
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
}
