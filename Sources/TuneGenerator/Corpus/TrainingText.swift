import ABCNotation

/// A text for training: tunes between `<start>` and `<end>` lines.
public enum TrainingText {
  /// The marker before a tune.
  public static let startMarker = "<start>"
  /// The marker behind a tune.
  public static let endMarker = "<end>"

  /// Whether a text has its tunes between markers.
  public static func isMarked(_ bytes: [UInt8]) -> Bool {
    let marker = Array(startMarker.utf8)
    return bytes.starts(with: marker) || bytes.contains(subsequence: [0x0A] + marker)
  }

  /// The tunes of a marked text, each from its `<start>` line to its `<end>` line, both included with their line
  /// ends; a text behind the last `<end>` line is no tune.
  ///
  /// Bytes that are not UTF-8 are read as Latin-1, as the paper's files are.
  public static func tunes(in bytes: [UInt8]) -> [String] {
    let isUTF8 = TextEncoding(detecting: bytes) == .utf8
    let bytes = bytes.contains(0x0D) ? withLineFeeds(bytes) : bytes
    var tunes: [String] = []
    var start = 0
    var lineStart = 0
    while lineStart < bytes.count {
      let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      if bytes[lineStart..<lineEnd].contains(subsequence: Array(endMarker.utf8)) {
        let tune = bytes[start..<lineEnd]
        tunes.append(isUTF8 ? TextEncoding.decode(tune) : TextEncoding.decodeLatin1(tune))
        start = lineEnd
      }
      lineStart = lineEnd
    }
    return tunes
  }

  /// CRLF as LF, as text is read everywhere else.
  private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    bytes.indices.filter { !(bytes[$0] == 0x0D && $0 + 1 < bytes.count && bytes[$0 + 1] == 0x0A) }.map {
      bytes[$0]
    }
  }

  /// A tune between its markers.
  public static func marked(_ abc: String) -> String {
    startMarker + "\n" + abc + (abc.hasSuffix("\n") ? "" : "\n") + endMarker + "\n"
  }

  /// The ABC of a marked tune: what stands between the marker lines.
  public static func unmarked(_ tune: String) -> String {
    var lines = tune.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first == startMarker[...] { lines.removeFirst() }
    if lines.last?.isEmpty == true { lines.removeLast() }
    if lines.last == endMarker[...] { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Collection where Element: Equatable {
  fileprivate func contains(subsequence pattern: [Element]) -> Bool {
    guard let first = pattern.first else { return true }
    var index = startIndex
    while let match = self[index...].firstIndex(of: first) {
      if self[match...].starts(with: pattern) { return true }
      index = self.index(after: match)
    }
    return false
  }
}
