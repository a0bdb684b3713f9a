extension Heatmap {
  /// The picture for a terminal with 24-bit colours; without colours, a line of digits below each line of the text:
  /// 9 and 0 for the strongest above and below 0, 5 and 4 for the weakest.
  public func terminalText(isColoured: Bool) -> String {
    var text = title + "\n"
    for row in rows {
      text += "\n\(row.name)\n"
      for line in lines { text += isColoured ? coloured(line, of: row) : plain(line, of: row) }
    }
    return text
  }

  private func coloured(_ line: Range<Int>, of row: Row) -> String {
    var text = ""
    for place in line {
      let color = Self.color(row.values[place])
      let front = Self.wantsWhiteText(row.values[place]) ? "97" : "30"
      text += "\u{1B}[\(front);48;2;\(color.red);\(color.green);\(color.blue)m"
      text += Self.harmless(Self.shown(characters[place]))
    }
    return text + "\u{1B}[0m\n"
  }

  private func plain(_ line: Range<Int>, of row: Row) -> String {
    var (above, below) = ("", "")
    for place in line {
      let shown = Self.harmless(Self.shown(characters[place]))
      above += shown
      let digit = min(max(Int(((row.values[place] + 1) * 5).rounded(.down)), 0), 9)
      below += String(repeating: String(digit), count: shown.unicodeScalars.count)
    }
    return "\(above)\n\(below)\n"
  }

  /// A character that a terminal does not take for a command.
  private static func harmless(_ character: String) -> String {
    character.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
      ? "\u{FFFD}" : character
  }
}
