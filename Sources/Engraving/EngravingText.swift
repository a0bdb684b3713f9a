import ABCNotation

/// The text of one tune as it is given to `abcm2ps`: in house layout, with the fields that stand before the first tune of its
/// file, and without whatever could make the program read other files or run PostScript.
///
/// `abcm2ps -S`, its secure mode, still reads the file that a `%%format` names.
struct EngravingText {
  let text: String
  let title: String

  /// The tune of a score that was read from a text.
  init(_ score: Score, in source: SourceText) {
    title = score.title ?? "the tune"
    let whole =
      Self.fields(Self.fileHeader(source.bytes[..<score.range.lowerBound])) + source.string(score.range)
    let formatted = Formatter().format(
      SourceText(name: "tune", text: whole + (whole.hasSuffix("\n") ? "" : "\n")))
    text = Self.joiningPickups(Self.harmless(formatted))
  }

  /// What stands before the first tune: the lines before the first `X:`.
  private static func fileHeader(_ bytes: ArraySlice<UInt8>) -> String {
    let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    return lines.prefix { !$0.starts(with: [UInt8(ascii: "X"), UInt8(ascii: ":")]) }
      .map { TextEncoding.decode($0) + "\n" }.joined()
  }

  /// Of what stands before the first tune the fields; free text is none.
  private static func fields(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).filter { line in
      line.count > 1 && line.first?.isLetter == true && line.dropFirst().first == ":"
    }.map { $0 + "\n" }.joined()
  }

  /// The directives that only say how the tune is laid out.
  private static let directives: Set<Substring> = [
    "score", "staves", "scale", "staffsep", "sysstaffsep", "vskip", "text", "center", "barnumbers",
    "measurenb",
    "stretchlast", "stretchstaff", "titlecaps", "writefields", "graceslurs", "keywarn", "timewarn",
    "linewarn",
    "staffbreak", "composerspace", "pos", "voicecombine", "stemheight", "straightflags",
    "landscape",
  ]

  private static func harmless(_ text: String) -> String {
    var lines: [String] = []
    /// What ends the block of lines that is left out.
    var blockEnd: String?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let isDirective = line.hasPrefix("%%") || line.hasPrefix("I:")
      let name =
        isDirective
        ? line.dropFirst(2).drop { $0 == " " || $0 == "\t" }.prefix { $0.isLetter || $0 == "-" } : ""
      if let end = blockEnd {
        if name == end { blockEnd = nil }
      } else if name.hasPrefix("begin") {
        blockEnd = "end" + name.dropFirst("begin".count)
      } else if !isDirective || directives.contains(name) {
        lines.append(withoutInlineInstructions(String(line)))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A pickup on a line of its own would be drawn as wide as the page: the line behind it goes on beside it.
  private static func joiningPickups(_ text: String) -> String {
    guard let voice = Tunebook(parsing: text).tunes.first?.score.voices.first else { return text }
    let bytes = Array(text.utf8)
    var joints: [Int] = []
    for (index, measure) in voice.measures.enumerated().dropLast() {
      let end = bytes[measure.range.upperBound...].firstIndex(of: 0x0A) ?? bytes.count
      let start = (bytes[..<measure.range.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
      let isAlone =
        start == measure.range.lowerBound && voice.measures[index + 1].range.lowerBound > end
        && bytes[measure.range.upperBound..<end].allSatisfy { $0 == 0x20 || $0 == 0x7C || $0 == 0x3A }
      if isAlone, let full = measure.expectedLength, measure.length < full { joints.append(end) }
    }
    var joined = bytes
    for joint in joints.reversed() { joined.insert(UInt8(ascii: "\\"), at: joint) }
    return String(decoding: joined, as: UTF8.self)
  }

  /// `[I:…]` can say what a `%%` line says.
  private static func withoutInlineInstructions(_ line: String) -> String {
    var line = line
    while let start = line.firstRange(of: "[I:"),
      let end = line[start.upperBound...].firstIndex(of: "]")
    {
      line.removeSubrange(start.lowerBound...end)
    }
    return line.replacing("[I:", with: "[ I:")
  }
}
