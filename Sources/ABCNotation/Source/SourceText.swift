/// The bytes of one ABC file (or of one tune handed over in memory) with the means to say where in it
/// something stands.
///
/// Everything inside the library speaks of byte offsets; lines and columns are computed only when a person is
/// to read them.
public struct SourceText: Sendable {
  /// The name to print in messages: a path, or `<stdin>`.
  public let name: String

  /// The text as it was read, untouched.
  public let bytes: [UInt8]

  /// Wraps bytes that were read from a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    encoding = TextEncoding(detecting: bytes)
    firstLine = 1
  }

  /// A part of a longer text.
  init(name: String, bytes: [UInt8], encoding: TextEncoding?, firstLine: Int) {
    self.name = name
    self.bytes = bytes
    self.encoding = encoding ?? TextEncoding(detecting: bytes)
    self.firstLine = firstLine
  }

  /// Wraps a string, as UTF-8.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// How the bytes stand for characters: UTF-8 where they are valid UTF-8, else Latin-1 (ABC 2.1, 2.2.1: the
  /// outdated default of older files).
  public let encoding: TextEncoding

  /// The number of the line that it begins with: 1, but for parts of longer texts.
  public let firstLine: Int

  /// The text of a byte range, decoded.
  public func string(_ range: Range<Int>) -> String {
    let slice = bytes[range.clamped(to: 0..<bytes.count)]
    return encoding == .utf8 ? String(decoding: slice, as: UTF8.self) : TextEncoding.decodeLatin1(slice)
  }
}

/// A place in a text as people count: both numbers start at 1; the column counts characters, not bytes.
public struct SourceLocation: Equatable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
}
