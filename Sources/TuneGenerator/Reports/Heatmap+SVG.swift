extension Heatmap {
  /// The picture as SVG: each unit its own block, one below the other.
  public var svg: String {
    let (cell, height, left) = (9, 18, 12)
    let lines = lines
    let blockHeight = 26 + lines.count * height + 14
    let columns = max(lines.map { width(of: $0) }.max() ?? 1, 60)
    let size = (width: columns * cell + 2 * left, height: 64 + rows.count * blockHeight)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.width)" height="\(size.height)" \
      viewBox="0 0 \(size.width) \(size.height)" font-family="monospace" font-size="14">
      <title>\(Markup.escaped(title))</title>
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(left)" y="24" font-family="sans-serif" font-size="16">\(Markup.escaped(title))</text>

      """
    svg += Self.legend(x: left, y: 36)
    var top = 64
    for row in rows {
      svg +=
        "<text x=\"\(left)\" y=\"\(top + 16)\" font-family=\"sans-serif\">\(Markup.escaped(row.name))</text>\n"
      for (index, line) in lines.enumerated() {
        svg += self.line(line, of: row, x: left, y: top + 26 + index * height, cell: cell, height: height)
      }
      top += blockHeight
    }
    return svg + "</svg>\n"
  }

  private func width(of line: Range<Int>) -> Int {
    line.reduce(0) { $0 + characters[$1].unicodeScalars.count }
  }

  private func line(_ line: Range<Int>, of row: Row, x: Int, y: Int, cell: Int, height: Int) -> String {
    var svg = ""
    var column = 0
    for place in line {
      let (value, character) = (row.values[place], Self.shown(characters[place]))
      let width = characters[place].unicodeScalars.count * cell
      let left = x + column * cell
      let color = Self.color(value)
      svg +=
        "<rect x=\"\(left)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height - 1)\" "
        + "fill=\"rgb(\(color.red),\(color.green),\(color.blue))\"/>"
      if character != " " {
        let fill = Self.wantsWhiteText(value) ? " fill=\"white\"" : ""
        svg +=
          "<text x=\"\(left)\" y=\"\(y + height - 5)\" textLength=\"\(width)\"\(fill)>"
          + "\(Markup.escaped(character))</text>"
      }
      column += characters[place].unicodeScalars.count
    }
    return svg + "\n"
  }

  private static func legend(x: Int, y: Int) -> String {
    var svg = "<g font-family=\"sans-serif\" font-size=\"12\"><text x=\"\(x)\" y=\"\(y + 12)\">-1</text>"
    for step in 0...20 {
      let color = color(Float(step - 10) / 10)
      svg +=
        "<rect x=\"\(x + 20 + step * 8)\" y=\"\(y)\" width=\"8\" height=\"14\" "
        + "fill=\"rgb(\(color.red),\(color.green),\(color.blue))\"/>"
    }
    return svg + "<text x=\"\(x + 194)\" y=\"\(y + 12)\">1</text></g>\n"
  }
}

/// Text inside SVG, HTML and XML.
enum Markup {
  /// A page that needs nothing from anywhere else, light or dark as its reader likes it.
  ///
  /// - Parameters:
  ///   - title: in the window and as heading; not yet escaped.
  ///   - style: style sheet rules.
  ///   - body: what stands below the heading.
  static func page(title: String, style: String, body: String) -> String {
    let title = escaped(title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      :root { color-scheme: light dark; }
      \(style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(body)
      </body>
      </html>

      """
  }

  /// Text with the signs of markup as entities, and control characters, which XML forbids, as a sign.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
        result.unicodeScalars.append(
          isControl || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
