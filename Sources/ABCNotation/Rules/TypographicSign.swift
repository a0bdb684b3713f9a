extension Rule {
  static let typographicSign = Rule(
    .typographicSign, section: "8.1",
    summary: "A sign of a word processor stands in place of a plain one.",
    reason: """
      Curly quotation marks, long dashes and fixed blanks look like their plain
      brothers and mean nothing in ABC: a chord symbol between curly quotation marks
      is played as notes.
      """,
    mend: "Write the plain sign: \", ' or -.",
    bad: "C4–C4|",
    good: "C4-C4|",
    fix: .unsafe("The plain sign is written, with all that it means.", Fix.replace))

  /// The plain signs that a run of others stands for; nil if one of them stands for none.
  static func plainSigns(for text: some StringProtocol) -> String? {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB, 0x93, 0x94: plain += "\""
      case 0x2018, 0x2019, 0xB4, 0x2032, 0x91, 0x92: plain += "'"
      case 0x2010...0x2015, 0x2212, 0x96, 0x97: plain += "-"
      case 0xA0, 0x2002...0x200A, 0x202F, 0x3000: plain += " "
      case 0x200B...0x200F, 0x2060, 0xFEFF: break
      case 0xFF5C, 0x2502, 0x2223: plain += "|"
      default: return nil
      }
    }
    return plain
  }
}
