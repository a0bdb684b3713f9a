import XCTest

@testable import ABCNotation

final class TextStringTests: XCTestCase {
  /// The rows of ABC 2.1, 14.1: character, mnemonic, entity where there is one, number.
  private let table = #"""
    À \`A &Agrave; \u00c0|à \`a &agrave; \u00e0|È \`E &Egrave; \u00c8|è \`e &egrave; \u00e8
    Ì \`I &Igrave; \u00cc|ì \`i &igrave; \u00ec|Ò \`O &Ograve; \u00d2|ò \`o &ograve; \u00f2
    Ù \`U &Ugrave; \u00d9|ù \`u &ugrave; \u00f9|Á \'A &Aacute; \u00c1|á \'a &aacute; \u00e1
    É \'E &Eacute; \u00c9|é \'e &eacute; \u00e9|Í \'I &Iacute; \u00cd|í \'i &iacute; \u00ed
    Ó \'O &Oacute; \u00d3|ó \'o &oacute; \u00f3|Ú \'U &Uacute; \u00da|ú \'u &uacute; \u00fa
    Ý \'Y &Yacute; \u00dd|ý \'y &yacute; \u00fd|Â \^A &Acirc; \u00c2|â \^a &acirc; \u00e2
    Ê \^E &Ecirc; \u00ca|ê \^e &ecirc; \u00ea|Î \^I &Icirc; \u00ce|î \^i &icirc; \u00ee
    Ô \^O &Ocirc; \u00d4|ô \^o &ocirc; \u00f4|Û \^U &Ucirc; \u00db|û \^u &ucirc; \u00fb
    Ŷ \^Y &Ycirc; \u0176|ŷ \^y &ycirc; \u0177|Ã \~A &Atilde; \u00c3|ã \~a &atilde; \u00e3
    Ñ \~N &Ntilde; \u00d1|ñ \~n &ntilde; \u00f1|Õ \~O &Otilde; \u00d5|õ \~o &otilde; \u00f5
    Ä \"A &Auml; \u00c4|ä \"a &auml; \u00e4|Ë \"E &Euml; \u00cb|ë \"e &euml; \u00eb
    Ï \"I &Iuml; \u00cf|ï \"i &iuml; \u00ef|Ö \"O &Ouml; \u00d6|ö \"o &ouml; \u00f6
    Ü \"U &Uuml; \u00dc|ü \"u &uuml; \u00fc|Ÿ \"Y &Yuml; \u0178|ÿ \"y &yuml; \u00ff
    Ç \cC &Ccedil; \u00c7|ç \cc &ccedil; \u00e7|Å \AA &Aring; \u00c5|å \aa &aring; \u00e5
    Ø \/O &Oslash; \u00d8|ø \/o &oslash; \u00f8|Ă \uA &Abreve; \u0102|ă \ua &abreve; \u0103
    Ĕ \uE - \u0114|ĕ \ue - \u0115|Š \vS &Scaron; \u0160|š \vs &scaron; \u0161
    Ž \vZ &Zcaron; \u017d|ž \vz &zcaron; \u017e|Ő \HO - \u0150|ő \Ho - \u0151|Ű \HU - \u0170
    ű \Hu - \u0171|Æ \AE &AElig; \u00c6|æ \ae &aelig; \u00e6|Œ \OE &OElig; \u0152|œ \oe &oelig; \u0153
    ß \ss &szlig; \u00df|Ð \DH &ETH; \u00d0|ð \dh &eth; \u00f0|Þ \TH &THORN; \u00de|þ \th &thorn; \u00fe
    """#

  func testEveryRowOfTheTable() {
    let rows = table.split { $0 == "|" || $0 == "\n" }
    XCTAssertEqual(rows.count, 79)
    for row in rows {
      let columns = row.split(separator: " ").map(String.init)
      for spelling in columns.dropFirst() where spelling != "-" {
        XCTAssertEqual(scalars(decode(spelling)), scalars(columns[0]), spelling)
      }
      let wide = columns[3].replacingOccurrences(of: "\\u", with: "\\U0000")
      XCTAssertEqual(scalars(decode(wide)), scalars(columns[0]), wide)
    }
  }

  func testTextStrings() {
    let cases = [
      // The examples of 8.2.
      (#"\'e &eacute; \u00e9 \U000000e9"#, "é é é é"), ("gin & tonic", "gin & tonic"), (#"G\&T"#, "G&T"),
      (#"\\ \%"#, #"\ %"#), (#"&quot;\u0022"#, #""""#), (#"&copy;\u00a9"#, "©©"),
      (#"\u266d\u266e\u266f"#, "♭♮♯"), (#"\,C\,c\oA\oa"#, "ÇçÅå"),
      ("&nbsp;&amp;&lt;&gt;&yuml;", "\u{A0}&<>ÿ"), ("$1Text$2 $3$4", "$1Text$2 $3$4"),
      // An escape is read once.
      (#"\&amp; &amp;eacute; \\'e"#, #"&amp; &eacute; \'e"#),
      // Four hexadecimal digits are a character, three are a breve.
      (#"\uaced"#, "\u{aced}"), (#"\uacex"#, "ăcex"), (#"\ua"#, "ă"),
      (#"\ud83c\udfb5\U0001F3B5"#, "🎵🎵"),
      // What is not understood stays.
      (#"\ud83c \udfb5 \ud83c\u00e9"#, #"\ud83c \udfb5 \ud83cé"#),
      (#"\U00110000\U0000d800"#, #"\U00110000\U0000d800"#),
      (#"\n \x \"#, #"\n \x \"#), ("&foo; &eacute &;&", "&foo; &eacute &;&"), (#"\u00"#, #"\u00"#),
      (#"\"#, #"\"#), ("", ""),
    ]
    for (written, text) in cases { XCTAssertEqual(scalars(decode(written)), scalars(text), written) }
  }

  func testLatin1() {
    for suffix in ["", "&amp;"] {
      let bytes: [UInt8] = [0x63, 0x61, 0x66, 0xE9] + Array(suffix.utf8)
      let text = TextString.decode(bytes[...], encoding: .latin1)
      XCTAssertEqual(text, suffix.isEmpty ? "café" : "café&")
    }
  }

  func testEveryNameOfLatin1() {
    XCTAssertEqual(
      Set(TextString.entities.values).isSuperset(of: (0xA0...0xFF).compactMap(Unicode.Scalar.init)), true)
    for name in TextString.entities.keys {
      XCTAssertLessThanOrEqual(name.utf8.count, TextString.longestEntityName)
    }
  }

  func testEncodingEscapesOnlyWhatWouldBeMisread() {
    let cases = [
      ("Rock & Roll", "Rock & Roll"), ("&eacute;", #"\&eacute;"#), ("&foo;", "&foo;"), ("100%", #"100\%"#),
      (#"\'e"#, #"\\'e"#), ("a\nb", #"a\u000ab"#), ("é", "é"),
    ]
    for (text, written) in cases { XCTAssertEqual(TextString.encode(text), written) }
  }

  func testDecodingUndoesEncoding() {
    let pieces = [
      "\\", "&", "%", "amp;", "amp", ";", "u00e9", "U0001F3B5", "ud83c", "'", "e", "\"", "o", "aa", "\n",
      "\r",
      " ", "$1", "é", "🎵", "\u{301}", "&eacute;", "~n", "`",
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random)!
      }
      .joined()
      let written = TextString.encode(text)
      XCTAssertEqual(scalars(decode(written)), scalars(text), written)
      XCTAssertFalse(written.utf8.contains(UInt8(ascii: "\n")))
    }
  }

  private func decode(_ text: String) -> String {
    TextString.decode(Array(text.utf8), encoding: .utf8)
  }

  /// Strings are equal already where they look alike; the scalars must be the same.
  private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
