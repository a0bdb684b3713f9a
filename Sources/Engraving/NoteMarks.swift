import ABCNotation

/// The notes, chords and rests of a tune numbered by their place in its text, those of all voices together.
///
/// Laying out a text anew keeps the numbers, so that a note of one text is found in the other.
public struct NoteNumbers: Sendable {
  private let starts: [Int]
  private let ranges: [Range<Int>]

  /// The numbers of a tune.
  public init(_ score: Score) {
    let events = score.voices.flatMap { voice in voice.events.filter { $0.kind != .spacer }.map(\.range) }
    ranges = Set(events).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    starts = ranges.map(\.lowerBound)
  }

  /// The number of the note at some bytes; nil where there is none.
  public func number(of range: Range<Int>) -> Int? { number(at: range.lowerBound) }

  /// The number of the note that a byte belongs to; nil between notes.
  func number(at offset: Int) -> Int? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, offset < ranges[low - 1].upperBound else { return nil }
    return low - 1
  }
}

/// Turns what `abcm2ps -A` says of each sign (its line and column in the text, and where on the page it stands) into marks.
struct NoteMarks {
  private let numbers: NoteNumbers?
  private var lineStarts = [0]

  /// Marks for the text that was drawn.
  init(_ text: String) {
    numbers = Tunebook(parsing: text).tunes.first.map { NoteNumbers($0.score) }
    for (offset, byte) in text.utf8.enumerated() where byte == 0x0A { lineStarts.append(offset + 1) }
  }

  func marked(_ svg: String) -> String {
    svg.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      line.hasPrefix("<abc ") ? mark(line) : String(line)
    }.joined(separator: "\n")
  }

  /// Nil for signs that are no notes.
  private func mark(_ line: Substring) -> String? {
    func value(_ name: String) -> Substring? {
      guard let start = line.firstRange(of: " \(name)=\"")?.upperBound,
        let end = line[start...].firstIndex(of: "\"")
      else { return nil }
      return line[start..<end]
    }
    guard let type = value("type"), type == "N" || type == "R", let row = value("row").flatMap({ Int($0) }),
      let column = value("col").flatMap({ Int($0) }), (1...lineStarts.count).contains(row),
      let number = numbers?.number(at: lineStarts[row - 1] + column)
    else { return nil }
    let box = ["x", "y", "width", "height"].compactMap { name in
      value(name).flatMap { Double($0) }.map { "\(name)=\"\($0)\"" }
    }
    guard box.count == 4 else { return nil }
    return "<rect class=\"note\" data-note=\"\(number)\" fill=\"none\" pointer-events=\"all\" "
      + box.joined(separator: " ") + "/>"
  }
}
