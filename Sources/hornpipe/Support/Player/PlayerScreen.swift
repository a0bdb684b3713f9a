import ABCNotation
import ABCToMIDI
import Glibc
import Playback
import StandardMIDI

/// A tune on the terminal while it sounds: its text with the notes that are heard in reverse, and lines that say where it is
/// and what the keys do. It is drawn over itself; what stood on the terminal before stays.
struct PlayerScreen {
  private let title: String
  private let sequence: MIDISequence
  private let cursor: ScoreCursor?
  private let map: BarMap
  /// The lines of the tune: their bytes in the source.
  private let lines: [Range<Int>]
  private let bytes: [UInt8]
  private let isColoured: Bool
  private let hasControls: Bool
  /// How many lines stand on the terminal.
  private var drawnLines = 0
  private var shown = ""

  init(
    _ piece: Piece, heading: String, _ sequence: MIDISequence, _ cursor: ScoreCursor?, _ map: BarMap,
    hasControls: Bool
  ) {
    title = Console.harmless(heading)
    (self.sequence, self.cursor, self.map, self.hasControls) = (sequence, cursor, map, hasControls)
    bytes = piece.source?.bytes ?? []
    lines = piece.score.map { Self.lines(of: $0.range, in: piece.source?.bytes ?? []) } ?? []
    isColoured = TerminalStyle.error.isColoured
  }

  private static func lines(of range: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      let text = bytes[start..<end].last == 0x0D ? start..<end - 1 : start..<end
      if !text.isEmpty { lines.append(text) }
      start = end + 1
    }
    return lines
  }

  /// Draws what has changed.
  mutating func draw(_ place: PlayerProgress, _ controls: PlayerControls?) {
    let text = self.text(place, controls)
    guard text.joined() != shown else { return }
    shown = text.joined()
    var output = drawnLines > 0 ? "\u{1B}[\(drawnLines)A\r" : "\u{1B}[?25l"
    for line in text { output += line + "\u{1B}[K\n" }
    // Lines that are no longer there.
    output += "\u{1B}[J"
    drawnLines = text.count
    Console.draw(output)
  }

  /// Leaves the terminal as it is, with its cursor below.
  func finish() { Console.draw("\u{1B}[?25h") }

  private func text(_ place: PlayerProgress, _ controls: PlayerControls?) -> [String] {
    let (rows, columns) = Self.size
    let tick = sequence.tick(atSeconds: place.writtenSeconds)
    let marked = place.writtenSeconds < 0 ? [] : cursor?.ranges(atTick: tick) ?? []
    let status = [status(place, controls)] + (hasControls ? [dim(cut(PlayerControls.help, columns))] : [])
    let room = max(rows - status.count - 3, 1)
    let focus = marked.first.flatMap { note in lines.firstIndex { $0.contains(note.lowerBound) } } ?? 0
    let first = lines.count <= room ? 0 : min(max(focus - room / 2, 0), lines.count - room)
    let music = lines.dropFirst(first).prefix(room).map { line($0, marked, columns) }
    return [bold(cut(title, columns))] + music + status
  }

  /// A line of the source as wide as the terminal, the marked bytes in reverse; a longer line moves with them.
  private func line(_ range: Range<Int>, _ marked: [Range<Int>], _ columns: Int) -> String {
    let here = marked.filter { $0.lowerBound < range.upperBound && $0.upperBound > range.lowerBound }
      .sorted { $0.lowerBound < $1.lowerBound }
    // Without colours each mark takes two columns.
    let width = max(columns - 1 - (isColoured ? 0 : 2 * here.count), 10)
    var start = range.lowerBound
    if range.count > width, let note = here.first {
      start = max(start, min(note.lowerBound - width / 2, range.upperBound - width))
    }
    let end = min(range.upperBound, start + width)
    var text = ""
    var position = start
    for note in here {
      let (from, to) = (max(note.lowerBound, position), min(note.upperBound, end))
      guard from < to else { continue }
      text += self.text(position..<from) + reverse(self.text(from..<to))
      position = to
    }
    return text + self.text(position..<max(end, position))
  }

  private func text(_ range: Range<Int>) -> String {
    Console.harmless(TextEncoding.decode(bytes[range]))
  }

  private func status(_ place: PlayerProgress, _ controls: PlayerControls?) -> String {
    let total = (map.bars.last?.seconds.upperBound ?? place.totalSeconds)
    var words = [ClockTime.text(min(max(place.writtenSeconds, 0), total), of: total)]
    if place.writtenSeconds < 0 {
      words.append("count-in")
    } else if let index = map.index(atSeconds: place.writtenSeconds) {
      words.append("bar \(map.bars[index].number)")
    }
    if let controls {
      let percent = Int((controls.settings.tempoFactor * 100).rounded())
      if percent != 100 { words.append("tempo \(percent) %") }
      let semitones = controls.settings.transposition
      if semitones != 0 { words.append("transposed \(semitones > 0 ? "+" : "")\(semitones)") }
      if controls.isLooping { words.append("loop") }
      if controls.settings.isMetronomeOn { words.append("metronome") }
      if place.isPaused { words.append(bold("paused")) }
    }
    return words.joined(separator: "  ")
  }

  private func reverse(_ text: String) -> String { isColoured ? "\u{1B}[7m\(text)\u{1B}[0m" : "<\(text)>" }
  private func bold(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  private func dim(_ text: String) -> String { isColoured ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  private func cut(_ text: String, _ columns: Int) -> String { String(text.prefix(max(columns - 1, 10))) }

  /// The size of the terminal.
  private static var size: (rows: Int, columns: Int) {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (24, 80)
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }
}
