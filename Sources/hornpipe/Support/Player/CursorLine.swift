import ABCNotation
import ABCToMIDI
import Playback
import StandardMIDI

/// A line on the terminal that follows a tune while it sounds: the time, the bar, and the line of music with the note
/// that is heard.
struct CursorLine {
  private let sequence: MIDISequence
  private let cursor: ScoreCursor?
  private let bytes: [UInt8]
  private let isColoured: Bool
  /// What the first bar is called: a pickup is bar 0.
  private let firstBar: Int
  private var shown: (second: Int, step: Int?) = (-1, nil)

  init(_ piece: Piece) {
    sequence = MIDISequence(piece.midi)
    cursor = piece.score.flatMap { try? ScoreCursor($0) }
    bytes = piece.source?.bytes ?? []
    isColoured = TerminalStyle.error.isColoured
    firstBar = piece.score?.voices.first?.measures.first?.fill == .pickup ? 0 : 1
  }

  /// Draws the line anew where a second or a note has passed.
  mutating func draw(_ place: PlayerProgress) {
    let (heard, total) = (place.heardSeconds, place.totalSeconds)
    let step = cursor.flatMap { $0.index(atTick: sequence.tick(atSeconds: place.writtenSeconds)) }
    guard Int(heard) != shown.second || step != shown.step else { return }
    shown = (Int(heard), step)
    var text = ClockTime.text(heard, of: total)
    if let step, let place = cursor?.steps[step] {
      text += "  bar \(place.measure + firstBar)  " + line(around: place.range)
    }
    Console.draw("\r\u{1B}[K" + text)
  }

  /// The line of the source that a note stands in, the note in reverse.
  private func line(around range: Range<Int>) -> String {
    guard range.upperBound <= bytes.count else { return "" }
    let newline = UInt8(ascii: "\n")
    let start = (bytes[..<range.lowerBound].lastIndex(of: newline) ?? -1) + 1
    let end = bytes[range.upperBound...].firstIndex(of: newline) ?? bytes.count
    // Not wider than any terminal is: the part around the note.
    let from = max(start, range.lowerBound - 30)
    let to = min(end, from + 56)
    guard range.upperBound <= to else { return "" }
    func text(_ range: Range<Int>) -> String { TextEncoding.decode(bytes[range]) }
    let (on, off) = isColoured ? ("\u{1B}[7m", "\u{1B}[0m") : ("<", ">")
    return text(from..<range.lowerBound) + on + text(range) + off + text(range.upperBound..<to)
  }
}
