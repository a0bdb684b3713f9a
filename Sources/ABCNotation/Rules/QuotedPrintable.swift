extension Rule {
  static let quotedPrintable = Rule(
    .quotedPrintable, section: nil,
    summary: "The text has come by e-mail, and the signs of the transfer are still in it.",
    reason: """
      Mail programs write '=3D' for '=', '=20' for a blank at the end of a line, and
      '=' where they broke a line ("quoted-printable"). Read as music they are
      naturals, lengths and bars that nobody wrote. Such a tune is told of once.
      """,
    mend: "Put the signs back, or get the text in another way.",
    bad: "A4 =3DB4|=20\nA4 =\nG4|",
    good: "A4 =B4|\nA4 G4|",
    record: Record(right: 8, judged: 8),
    fix: .unsafe("All such signs of the tune become what they stand for.") { diagnostic, context in
      MailSigns.edits(in: context.tune(at: diagnostic.range.lowerBound), context.source.bytes)
    })
}

/// What quoted-printable text (RFC 2045, 6.7) writes for other signs.
enum MailSigns {
  /// Whether such a sign stands at an offset: an '=' before the end of the line, or before two digits of base 16 that
  /// stand for a blank or an '='.
  static func isSign(at offset: Int, _ byte: (Int) -> UInt8?) -> Bool {
    guard byte(offset) == UInt8(ascii: "=") else { return false }
    guard let first = byte(offset + 1) else { return false }
    if first.isLineEnd { return true }
    let second = byte(offset + 2)
    return first == UInt8(ascii: "2") && second == UInt8(ascii: "0")
      || first == UInt8(ascii: "3") && second == UInt8(ascii: "D")
  }

  static func edits(in range: Range<Int>, _ bytes: [UInt8]) -> [TextEdit] {
    var edits: [TextEdit] = []
    for offset in range where isSign(at: offset, { range.contains($0) ? bytes[$0] : nil }) {
      if bytes[offset + 1].isLineEnd {
        let isPair =
          bytes[offset + 1] == UInt8(ascii: "\r") && range.contains(offset + 2)
          && bytes[offset + 2] == UInt8(ascii: "\n")
        edits.append(TextEdit(offset..<(offset + (isPair ? 3 : 2)), ""))
      } else {
        edits.append(TextEdit(offset..<(offset + 3), bytes[offset + 1] == UInt8(ascii: "2") ? " " : "="))
      }
    }
    return edits
  }
}
