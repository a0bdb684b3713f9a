/// Moves the chord symbols between quotation marks. Annotations and words stay as they are.
enum ChordSymbolTransposition {
  /// The new text of one pair of quotation marks and what is between them.
  static func moved(_ quoted: [UInt8], by shift: TonalShift, encoding: TextEncoding) -> [UInt8] {
    guard quoted.count > 2, shift.fifths != 0 else { return quoted }
    let inner = quoted.trimmed(1..<(quoted.count - 1))
    let text = TextString.decode(quoted[inner], encoding: encoding)
    guard let moved = moved(text, by: shift), let new = bytes(of: moved, encoding)
    else { return quoted }
    return quoted[..<inner.lowerBound] + new + quoted[inner.upperBound...]
  }

  /// The new text of a symbol line (`s:`), in which chord symbols stand between other symbols.
  static func moved(line: [UInt8], by shift: TonalShift, encoding: TextEncoding) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    while let open = line[position...].firstIndex(of: UInt8(ascii: "\"")),
      let close = line[(open + 1)...].firstIndex(of: UInt8(ascii: "\""))
    {
      result += line[position..<open] + moved(Array(line[open...close]), by: shift, encoding: encoding)
      position = close + 1
    }
    return result + line[position...]
  }

  /// Beside the chords of the standard, two that the Nottingham collection has spread are understood: `D/f+` with
  /// a bass note of F sharp, and `Gd`, a diminished chord. Nil for what is no chord.
  private static func moved(_ text: String, by shift: TonalShift) -> String? {
    if let symbol = ChordSymbol(parsing: text) { return moved(symbol, by: shift).text }
    if text.hasSuffix("+"), text.dropLast(2).hasSuffix("/") {
      guard let symbol = ChordSymbol(parsing: text.dropLast() + "#") else { return nil }
      let new = moved(symbol, by: shift).text
      return new.hasSuffix("#") ? new.dropLast() + "+" : new
    }
    if text.hasSuffix("d"), let symbol = ChordSymbol(parsing: text.dropLast()),
      symbol.text == symbol.root.text
    {
      return moved(symbol, by: shift).text + "d"
    }
    return nil
  }

  /// Roots and bass notes keep their degree as notes do, so the first of them that comes to need a sign decides
  /// between sharps and flats.
  private static func moved(_ symbol: ChordSymbol, by shift: TonalShift) -> ChordSymbol {
    let places = notes(of: symbol).map { $0.step.fifths + 7 * $0.alteration + shift.fifths }
    let signed = places.first { !(-1...5).contains($0) } ?? 0
    // Beyond A sharp and G flat the other sign is the plainer one.
    let isFlat = signed < 0 ? signed >= -6 : signed > 10
    guard shift.semitones % 12 == 0 else {
      return symbol.transposed(by: shift.semitones, preferFlats: isFlat)
    }
    // A chord that only changes its name would be left as it is written: it goes there by two steps.
    return symbol.transposed(by: 6, preferFlats: isFlat).transposed(by: 6, preferFlats: isFlat)
  }

  private static func notes(of symbol: ChordSymbol) -> [ChordSymbol.Note] {
    [symbol.root] + (symbol.bass.map { [$0] } ?? []) + symbol.alternates.flatMap { notes(of: $0) }
  }

  /// The bytes of a text in an encoding; nil if it has no such character.
  private static func bytes(of text: String, _ encoding: TextEncoding) -> [UInt8]? {
    guard encoding == .latin1 else { return Array(text.utf8) }
    let scalars = text.unicodeScalars
    return scalars.allSatisfy { $0.value < 256 } ? scalars.map { UInt8($0.value) } : nil
  }
}
