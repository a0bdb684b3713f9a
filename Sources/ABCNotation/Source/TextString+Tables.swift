/// The letters and symbols that have names in text strings (ABC 2.1, 8.2 and 14.1).
extension TextString {
  /// The key of ``mnemonics`` for the two characters behind a backslash.
  static func mnemonic(_ accent: UInt8, _ letter: UInt8) -> UInt16 { UInt16(accent) << 8 | UInt16(letter) }

  /// What a backslash and two characters stand for (ABC 2.1, 14.1).
  static let mnemonics: [UInt16: Unicode.Scalar] = {
    var table: [UInt16: Unicode.Scalar] = [:]
    for (accent, letters, accented) in accents {
      for (letter, scalar) in zip(letters.utf8, accented.unicodeScalars) {
        table[mnemonic(accent, letter)] = scalar
      }
    }
    for (name, scalar) in ligatures {
      let pair = Array(name.utf8)
      table[mnemonic(pair[0], pair[1])] = scalar
    }
    return table
  }()

  /// Each accent with the letters that take it. The second row of an accent holds letters of Central Europe and
  /// Esperanto, which the table of 14.1 lacks but which its accents are written over in tunes.
  private static let accents: [(UInt8, String, String)] = [
    (UInt8(ascii: "`"), "AaEeIiOoUu", "ÀàÈèÌìÒòÙù"),
    (UInt8(ascii: "'"), "AaEeIiOoUuYy", "ÁáÉéÍíÓóÚúÝý"),
    (UInt8(ascii: "'"), "CcLlNnRrSsZz", "ĆćĹĺŃńŔŕŚśŹź"),
    (UInt8(ascii: "^"), "AaEeIiOoUuYy", "ÂâÊêÎîÔôÛûŶŷ"),
    (UInt8(ascii: "^"), "CcGgHhJjSsWw", "ĈĉĜĝĤĥĴĵŜŝŴŵ"),
    (UInt8(ascii: "~"), "AaNnOo", "ÃãÑñÕõ"),
    (UInt8(ascii: "~"), "IiUu", "ĨĩŨũ"),
    (UInt8(ascii: "\""), "AaEeIiOoUuYy", "ÄäËëÏïÖöÜüŸÿ"),
    (UInt8(ascii: "c"), "CcSsTt", "ÇçŞşŢţ"),
    (UInt8(ascii: "/"), "Oo", "Øø"),
    (UInt8(ascii: "u"), "AaEe", "ĂăĔĕ"),
    (UInt8(ascii: "u"), "GgIiOoUu", "ĞğĬĭŎŏŬŭ"),
    (UInt8(ascii: "v"), "SsZz", "ŠšŽž"),
    (UInt8(ascii: "v"), "CcDdEeNnRrTt", "ČčĎďĚěŇňŘřŤť"),
    (UInt8(ascii: "H"), "OoUu", "ŐőŰű"),
    // Of ABC 2.0; 14.2 advises to go on reading them.
    (UInt8(ascii: ","), "Cc", "Çç"),
    (UInt8(ascii: "o"), "AaUu", "ÅåŮů"),
  ]

  private static let ligatures: [String: Unicode.Scalar] = [
    "AA": "Å", "aa": "å", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "ss": "ß", "DH": "Ð", "dh": "ð",
    "TH": "Þ", "th": "þ",
  ]

  /// The entities of HTML that are known, by name (ABC 2.1, 8.2 and 14.1): all of Latin-1, and some more.
  static let entities: [String: Unicode.Scalar] = {
    var table: [String: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
      "Ycirc": "Ŷ", "ycirc": "ŷ", "Yuml": "Ÿ", "Abreve": "Ă", "abreve": "ă",
      "Scaron": "Š", "scaron": "š", "Zcaron": "Ž", "zcaron": "ž", "OElig": "Œ", "oelig": "œ",
      "flat": "♭", "natural": "♮", "sharp": "♯",
      "ndash": "–", "mdash": "—", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    ]
    for (index, name) in latin1.split(whereSeparator: \.isWhitespace).enumerated() {
      table[String(name)] = Unicode.Scalar(UInt8(0xA0 + index))
    }
    return table
  }()

  /// No name of an entity is longer.
  static let longestEntityName = 8

  /// The names of the characters of Latin-1 from A0 on.
  private static let latin1 = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc
    Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve
    Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute
    acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde
    ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """
}
