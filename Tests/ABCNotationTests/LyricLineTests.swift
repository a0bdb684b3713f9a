import XCTest

@testable import ABCNotation

final class LyricLineTests: XCTestCase {
  func testSigns() {
    // A syllable is written with the hyphen that ties it to the next one, `_` is a hold, `*` a skip.
    let cases: [(String, [String])] = [
      // The examples of 5.1.
      ("syll-a-ble", ["syll-", "a-", "ble"]), ("syll-a--ble", ["syll-", "a-", "_", "ble"]),
      ("syll-a -ble", ["syll-", "a-", "_", "ble"]), ("time__", ["time", "_", "_"]),
      ("of~the~day", ["of the day"]),
      (" doh re mi fa ", ["doh", "re", "mi", "fa"]), ("", []), (" \t", []),
      // 5.3.
      ("1.~Three blind mice", ["1. Three", "blind", "mice"]), ("1. Three blind", ["1. Three", "blind"]),
      (" 2)   'Twas", ["2) 'Twas"]), ("1 2 3", ["1", "2", "3"]), ("4. 5", ["4.", "5"]),
      ("1. * a", ["1.", "*", "a"]),
      ("1st time", ["1st", "time"]), ("a 1. b", ["a", "1.", "b"]), ("1.", ["1."]),
      // 10.6.
      (#"1\-~Si les ma-tins"#, ["1- Si", "les", "ma-", "tins"]), (#"\-tal font"#, ["-tal", "font"]),
      ("tein-tent,*s'ils", ["tein-", "tent,", "*", "s'ils"]), ("fran,***", ["fran,", "*", "*", "*"]),
      // 13.4.
      ("que - - - - sto~il", ["que-", "_", "_", "_", "_", "sto il"]),
      ("de-si-o_. ", ["de-", "si-", "o.", "_"]),
      (#"que-sto\"#, ["que-", "sto"]), (#"que-sto\ "#, ["que-", "sto"]),
      // Hyphens and lines next to each other.
      ("lu-__yah", ["lu-", "_", "_", "yah"]), ("lu_-yah", ["lu-", "_", "yah"]), ("a _ b", ["a", "_", "b"]),
      ("_ b", ["_", "b"]), ("-b", ["_", "b"]), ("a *-b", ["a", "*", "b"]), ("a_ .", ["a", "_", "."]),
      ("ha-la-| lu-yoh", ["ha-", "la-", "|", "lu-", "yoh"]), ("lu-   |   -yoh", ["lu-", "|", "_", "yoh"]),
      ("a|b||c", ["a", "|", "b", "|", "|", "c"]), ("a - * -b", ["a-", "_", "*", "_", "b"]),
      // Text strings (8.2).
      (#"se\~nor \'e-t\'e"#, ["señor", "é-", "té"]), ("caf&eacute; & you", ["café", "&", "you"]),
      (#"a\_b\*c\|d"#, ["a_b*c|d"]), (#"a\ b"#, [#"a\"#, "b"]), (#"\\-x"#, [#"\-"#, "x"]), ("~", [" "]),
    ]
    for (text, expected) in cases { XCTAssertEqual(words([text]), expected, text) }
  }

  func testContinuations() {
    XCTAssertEqual(
      words(["these are the lyr-ics", "for verse one"]), words(["these are the lyr-ics for verse one"]))
    XCTAssertEqual(
      words(["nor-mal", "i-ta-lic", "nor-mal"]), ["nor-", "mal", "i-", "ta-", "lic", "nor-", "mal"])
    XCTAssertEqual(words(["lu-", "-yah"]), ["lu-", "_", "yah"])
  }

  func testRangesAndEncodings() {
    let text = "w: caf\\'e-au~lait 1.~_x"
    let bytes = Array(text.utf8)
    let line = LyricLine(words: [2..<bytes.count], in: bytes, encoding: .utf8)
    let written = line.items.compactMap { item -> String? in
      guard case .syllable(_, _, let range) = item else { return nil }
      return String(decoding: bytes[range], as: UTF8.self)
    }
    XCTAssertEqual(written, ["caf\\'e", "au~lait", "1.~", "x"])
    let latin1: [UInt8] = [0xE9, 0x2D, 0xE8]
    XCTAssertEqual(
      LyricLine(words: [0..<3], in: latin1, encoding: .latin1).items,
      [.syllable("é", endsWord: false, range: 0..<1), .syllable("è", endsWord: true, range: 2..<3)])
  }

  func testSymbolLines() {
    let cases: [(String, [String])] = [
      (#" "^slow" | !f! ** !fff!"#, ["\"^slow\"", "|", "!f!", "*", "*", "!fff!"]),
      (#" "C" *  "Am" * |"#, ["\"C\"", "*", "\"Am\"", "*", "|"]),
      ("*   *  !>!  * |", ["*", "*", "!>!", "*", "|"]),
      ("- _ !trill", ["*", "*", "*"]), ("foo !f!", ["*", "!f!"]), (#""Am"#, ["\"Am\""]),
      (#""A\u266d""#, ["\"A♭\""]),
      (#""^a | b*""#, ["\"^a | b*\""]), ("", []), ("\"", ["\"\""]), ("!!", ["!!"]),
    ]
    for (text, expected) in cases {
      let bytes = Array(text.utf8)
      let items = LyricLine(symbols: [0..<bytes.count], in: bytes, encoding: .utf8).items
      XCTAssertEqual(items.map(\.sketch), expected, text)
      for case .quoted(_, let range) in items { XCTAssertEqual(bytes[range.lowerBound], UInt8(ascii: "\"")) }
    }
  }

  /// Any bytes at all are read, and every range lies in the line.
  func testAnyBytes() {
    let alphabet = Array("ab1.-_*|~\\ \"!&;'\r".utf8) + [0xC3, 0xA9]
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...14)).map { _ in alphabet.randomElement()! }
      let middle = Int.random(in: 0...bytes.count)
      let ranges = [0..<middle, middle..<bytes.count]
      let lines = [
        LyricLine(words: ranges, in: bytes, encoding: .latin1),
        LyricLine(symbols: ranges, in: bytes, encoding: .utf8),
      ]
      for case .syllable(let text, _, let range) in lines.flatMap(\.items) {
        XCTAssertFalse(text.isEmpty)
        XCTAssertTrue(range.upperBound <= bytes.count && !range.isEmpty, "\(bytes)")
      }
    }
  }

  private func words(_ parts: [String]) -> [String] {
    LyricLine.words(parts).items.map(\.sketch)
  }
}

final class LyricAlignerTests: XCTestCase {
  func testExamples() {
    // Notes are letters in the left column, bars `|`; on the right what each note gets, `.` for nothing.
    let cases: [(String, [String], String)] = [
      // 5.1.
      ("CDEF|GABc|", ["doh re mi fa sol la ti doh"], "doh re mi fa | sol la ti doh |"),
      ("CDEF|", ["doh re mi fa"], "doh re mi fa |"), ("GGGG|", [""], ". . . . |"),
      (
        "gf|edcBA|BGED|GGGABc|dB",
        ["Sa-ys my au-l' wan to your aul' wan,", "Will~ye come to the Wa-x-ies dar-gle?"],
        "Sa- ys | my au- l' wan to | your aul' wan, Will_ye | come to the Wa- x- ies | dar- gle?"
      ),
      // Too few syllables in a bar, enough of them, too many.
      ("CDEF|GABc|", ["doh re|sol la"], "doh re . . | sol la . . |"),
      ("CDEF|GABc|", ["doh re mi fa|sol la"], "doh re mi fa | sol la . . |"),
      ("CD|EF|GA|", ["a b c | d"], "a b | c . | d . |"), ("CD||EF|", ["a b | c"], "a b | | c . |"),
      ("CDEF|GABc", ["doh | | re"], "doh . . . | . . . . +1"), ("|:CD|E", ["a | b"], "| a . | b"),
      ("CDE", ["a | b"], "a . . +1"), ("CDE", ["a b _ * |"], "a b _ +1"), ("", ["a | b"], "+2"),
      // 5.3.
      ("CDE", ["1.~Three blind mice"], "1._Three blind mice"),
      // 7.4: the notes of the overlay follow those they lie over, as they are written.
      ("gf|ee|d|cc|", ["ha-la-| lu-yoh", "lu-   |   -yoh"], "ha- la- | lu- yoh | lu- | _ yoh |"),
      ("gf|ee|", ["ha-la-| lu-yoh", "lu-   |   -yoh"], "ha- la- | lu- yoh | +3"),
      // 10.6.
      (
        "DDEGGG|AEEEDD|cccBAG|ABcd|eeedBA|GEFGABc|",
        [
          #"1\-~Si les ma-tins de gri-sail-le se tein-tent,*s'ils ont cou-leur en la"#,
          "nuit qui s'é-teint, vien-dront d'o-pal's len-de-mains, re-vien-dront les siè-cles",
        ],
        "1-_Si les ma- tins de gri- | sail- le se tein- tent, * | s'ils ont cou- leur en la | nuit qui s'é- teint, "
          + "| vien- dront d'o- pal's len- de- | mains, re- vien- dront les siè- cles |"
      ),
      (
        "ABcd|eeedBA|GEFGABc|", [#"\-rents font ar-gent, vien-nent des fleurs de sa-fran,******"#],
        "-rents font ar- gent, | vien- nent des fleurs de sa- | fran, * * * * * * |"
      ),
      ("CDEF|FEDC|cdef|", ["these are lyr-ics"], "these are lyr- ics | . . . . | . . . . |"),
      ("cdef|", ["these are lyr-ics"], "these are lyr- ics |"),
      // 13.4.
      (
        "ABGA|GAA|GFEF|GFEDE|F|F|", ["dim-me-lo ben mi-o, che que-sto sol de-si - - - - o_."],
        "dim- me- lo ben | mi- o, che | que- sto sol de- | si- _ _ _ _ | o. | _ |"
      ),
      (
        "agfe|Addd|AB|cc|A|", ["vi - - - so ond' io ti-man-go~uc-ci-so. Deh,"],
        "vi- _ _ _ | so ond' io ti- | man- go_uc- | ci- so. | Deh, |"
      ),
    ]
    for (music, parts, expected) in cases {
      XCTAssertEqual(layOut(LyricLine.words(parts).items, under: music), expected, parts.joined())
    }
  }

  func testSymbolLines() {
    let cases = [
      ("CDEF|GABc", #" "^slow" | !f! ** !fff!"#, #""^slow" . . . | !f! * * !fff!"#),
      ("CCEA|", #" "C" *  "Am" * |"#, #""C" * "Am" * |"#), ("CCEA|", " *   *  !>!  * |", "* * !>! * |"),
    ]
    for (music, text, expected) in cases {
      let bytes = Array(text.utf8)
      let line = LyricLine(symbols: [0..<bytes.count], in: bytes, encoding: .utf8)
      XCTAssertEqual(layOut(line.items, under: music), expected)
    }
  }

  func testLeftOvers() {
    let items = LyricLine.words(["a b | c *"]).items
    let alignment = LyricAligner.align(items, to: [.note, .note, .note])
    XCTAssertEqual(alignment.placements.map(\.targetIndex), [0, 1])
    XCTAssertEqual(alignment.itemsLeftOver.map(\.sketch), ["c", "*"])
    XCTAssertEqual(alignment.notesLeftOver, 0)
    XCTAssertEqual(LyricAligner.align([], to: [.note, .bar, .note]).notesLeftOver, 2)
    XCTAssertEqual(LyricAligner.align(items, to: [.note, .note, .bar, .note, .note, .note]).notesLeftOver, 1)
  }

  /// One word for every target, and `+n` for items left over.
  private func layOut(_ items: [LyricItem], under music: String) -> String {
    let targets = music.filter { $0 != ":" }.map { $0 == "|" ? LyricTarget.bar : .note }
    let alignment = LyricAligner.align(items, to: targets)
    var words = targets.map { $0 == .bar ? "|" : "." }
    for placement in alignment.placements {
      XCTAssertEqual(targets[placement.targetIndex], .note)
      words[placement.targetIndex] = placement.item.sketch.replacingOccurrences(of: " ", with: "_")
    }
    if !alignment.itemsLeftOver.isEmpty { words.append("+\(alignment.itemsLeftOver.count)") }
    return words.joined(separator: " ")
  }
}

extension LyricLine {
  /// A `w:` field with its continuations.
  fileprivate static func words(_ parts: [String]) -> LyricLine {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for part in parts {
      let start = bytes.count
      bytes += part.utf8
      ranges.append(start..<bytes.count)
      bytes += "\n+:".utf8
    }
    return LyricLine(words: ranges, in: bytes, encoding: .utf8)
  }
}

extension LyricItem {
  /// The item as it is written at its plainest.
  fileprivate var sketch: String {
    switch self {
    case .syllable(let text, let endsWord, _): endsWord ? text : text + "-"
    case .decoration(let name, _): "!\(name)!"
    case .quoted(let text, _): "\"\(text)\""
    case .hold: "_"
    case .skip: "*"
    case .barAdvance: "|"
    }
  }
}
