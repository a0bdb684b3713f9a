import Glibc

/// Colours for a terminal, and how wide it shows characters.
struct TerminalStyle: Sendable {
  /// Whether colours are used: on a terminal that has them, unless `NO_COLOR` is set (no-color.org).
  let isColoured: Bool

  /// For standard output as it is.
  static let output = TerminalStyle(isColoured: hasColours(STDOUT_FILENO))

  /// The same for standard error.
  static let error = TerminalStyle(isColoured: hasColours(STDERR_FILENO))

  private static func hasColours(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
  }

  enum Colour: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
    case green = "1;32"
    case dim = "2"
  }

  /// The columns that a character takes: two for those of East Asia and for pictures, none for marks that stand on
  /// others (Unicode Standard Annex 11).
  static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first, first.value >= 0x300 else { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    return first.properties.isEmojiPresentation || wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// The blocks of characters that are wide or of full width.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  private static func environment(_ name: String) -> String {
    guard let value = unsafe getenv(name) else { return "" }
    return unsafe String(cString: value)
  }
}
