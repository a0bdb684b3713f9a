/// How findings of one kind are mended.
public struct Fix: Sendable {
  /// Whether nothing that sounds changes, and nothing is thrown away that somebody may have meant.
  public let isSafe: Bool
  /// Whether it can be made where the finding is, with no more than the tune around it in sight.
  let isLocal: Bool
  /// What it does, in a sentence.
  public let summary: String
  /// The changes that mend a finding in a text; none where it cannot be told what is meant.
  let edits: @Sendable (Diagnostic, inout FixContext) -> [TextEdit]

  static func safe(
    _ summary: String, isLocal: Bool = true,
    _ edits: @escaping @Sendable (Diagnostic, inout FixContext) -> [TextEdit]
  ) -> Fix {
    Fix(isSafe: true, isLocal: isLocal, summary: summary, edits: edits)
  }

  static func unsafe(
    _ summary: String, isLocal: Bool = true,
    _ edits: @escaping @Sendable (Diagnostic, inout FixContext) -> [TextEdit]
  ) -> Fix {
    Fix(isSafe: false, isLocal: isLocal, summary: summary, edits: edits)
  }

  /// Puts what the finding says should stand there in its place.
  static func replace(_ diagnostic: Diagnostic, _ context: inout FixContext) -> [TextEdit] {
    diagnostic.replacement.map { [TextEdit(diagnostic.range, $0)] } ?? []
  }

  /// Takes what the finding points at away.
  static func remove(_ diagnostic: Diagnostic, _ context: inout FixContext) -> [TextEdit] {
    [TextEdit(diagnostic.range, "")]
  }

  /// Takes the whole line away, with its end.
  static func removeLine(_ diagnostic: Diagnostic, _ context: inout FixContext) -> [TextEdit] {
    [TextEdit(context.line(at: diagnostic.range.lowerBound, withEnd: true), "")]
  }
}

extension Diagnostic {
  /// The changes that mend it in the text that it is about; none where nothing can be done at this one place. Numbers
  /// that no tune of the file has are only known to a ``MendedText``.
  public func edits(in source: SourceText) -> [TextEdit] {
    guard let fix = code.rule.fix, fix.isLocal else { return [] }
    var context = FixContext(source, allowsUnsafe: !fix.isSafe)
    return fix.edits(self, &context)
  }
}

/// A change to a text: other text in the place of some bytes, which may be none.
public struct TextEdit: Equatable, Sendable {
  /// The bytes that go.
  public let range: Range<Int>
  /// What comes in their place.
  public let replacement: String

  /// Creates a change.
  public init(_ range: Range<Int>, _ replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}

/// What fixes may ask of the text that they mend.
struct FixContext {
  let source: SourceText
  /// Whether what sounds may change.
  let allowsUnsafe: Bool
  private var numbers: Set<Int>?

  init(_ source: SourceText, allowsUnsafe: Bool) {
    self.source = source
    self.allowsUnsafe = allowsUnsafe
  }

  /// The line that an offset stands in, with its line end or without.
  func line(at offset: Int, withEnd: Bool = false) -> Range<Int> {
    let bytes = source.bytes
    var start = min(offset, bytes.count)
    // Between the two bytes of a line end the line is still the one before.
    if start > 0, start < bytes.count, bytes[start] == UInt8(ascii: "\n"),
      bytes[start - 1] == UInt8(ascii: "\r")
    {
      start -= 1
    }
    var end = start
    while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    if withEnd, end < bytes.count {
      end +=
        bytes[end] == UInt8(ascii: "\r") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
        ? 2 : 1
    }
    return start..<end
  }

  /// The lines around an offset up to the next empty ones.
  func tune(at offset: Int) -> Range<Int> {
    var start = line(at: offset).lowerBound
    while start > 0 {
      let before = line(at: start - 1)
      if before.isEmpty { break }
      start = before.lowerBound
    }
    var end = line(at: offset, withEnd: true).upperBound
    while end < source.bytes.count {
      let next = line(at: end, withEnd: true)
      if line(at: end).isEmpty { break }
      end = next.upperBound
    }
    return start..<end
  }

  /// The first line of a field in the header of the tune that an offset stands in, with its line end; nil if the
  /// tune has no number or no such field.
  func headerLine(_ letter: Unicode.Scalar, ofTuneAt offset: Int) -> Range<Int>? {
    var line = line(at: offset, withEnd: true)
    while !starts(line, "X") {
      if line.lowerBound == 0 { return nil }
      line = self.line(at: line.lowerBound - 1, withEnd: true)
    }
    while !starts(line, letter) {
      if line.upperBound >= offset, letter != "X" { return nil }
      line = self.line(at: line.upperBound, withEnd: true)
    }
    return line
  }

  private func starts(_ line: Range<Int>, _ letter: Unicode.Scalar) -> Bool {
    line.count > 1 && source.bytes[line.lowerBound] == UInt8(ascii: letter)
      && source.bytes[line.lowerBound + 1] == UInt8(ascii: ":")
  }

  /// The byte at an offset, or nil behind the end.
  func byte(at offset: Int) -> UInt8? {
    source.bytes.indices.contains(offset) ? source.bytes[offset] : nil
  }

  /// A number that no tune of the file has; each is given once.
  mutating func unusedNumber() -> Int {
    var used = numbers ?? referenceNumbers()
    let number = (used.max() ?? 0) + 1
    used.insert(number)
    numbers = used
    return number
  }

  private func referenceNumbers() -> Set<Int> {
    var numbers: Set<Int> = []
    var start = 0
    let bytes = source.bytes
    while start < bytes.count {
      if bytes[start] == UInt8(ascii: "X"), byte(at: start + 1) == UInt8(ascii: ":") {
        var scanner = Scanner(bytes, (start + 2)..<line(at: start).upperBound)
        scanner.skipBlanks()
        if let number = scanner.takeNumber(), number < 1_000_000_000 { numbers.insert(number) }
      }
      start = max(line(at: start, withEnd: true).upperBound, start + 1)
    }
    return numbers
  }
}
