import Foundation
import XCTest

@testable import ABCNotation

final class FormatterTests: XCTestCase {
  // MARK: - Files and lines

  func testLineEndsAndEmptyLines() {
    assertFormat("X:1\r\nK:C\r\nC|\r\n", "X:1\nK:C\nC|\n")
    assertFormat("X:1\rK:C\rC|", "X:1\nK:C\nC|\n")
    assertFormat(
      "\n \n\nX:1  \nK:C\t\nC|  \n\n \t\n\nfree text \n\n\n\nX:2\nK:C\nC|\n\n\n",
      "X:1\nK:C\nC|\n\nfree text\n\nX:2\nK:C\nC|\n")
    assertFormat("", "")
    assertFormat("\n\n", "")
    assertFormat("a\u{0}b\u{1}\u{C}", "a\u{0}b\u{1}\u{C}\n")
    assertFormat("<start>\nX:1\nK:C\nC |\n<end>", "<start>\nX:1\nK:C\nC|\n<end>\n")
  }

  func testTextBecomesUTF8() {
    assertFormat("\u{FEFF}X:1\nT:Café\nK:C\n", "X:1\nT:Café\nK:C\n")
    let latin1 =
      Array("I:abc-charset iso-8859-1\nX:1\nT:Caf".utf8) + [0xE9] + Array(" %".utf8) + [0xA0, 0x0A]
    let source = SourceText(name: "", bytes: latin1)
    XCTAssertEqual(Formatter().format(source), "I:abc-charset utf-8\nX:1\nT:Café %\u{A0}\n")
    assertFormat("%%abc-charset us-ascii % why\n", "%%abc-charset utf-8 % why\n")
    assertFormat("I:abc-charset UTF-8\n", "I:abc-charset UTF-8\n")
    // A second mark would become the first one.
    assertFormat("\u{FEFF}\u{FEFF}X:1 \nK:C\n", "\u{FEFF}\u{FEFF}X:1 \nK:C\n")
  }

  func testBlocksOfTextStay() {
    let block = "%%begintext\n  words   here  \n\n\n% no comment \n%% more \n%%endtext"
    assertFormat("X:1\nK:C\n\(block)  \nC | D\n", "X:1\nK:C\n\(block)\nC|D\n")
  }

  // MARK: - Fields

  func testFields() {
    let table = [
      "T: The   tune ": "T:The   tune", "C: a  %  b ": "C:a %  b", "C:a%b": "C:a %b", "N: % b": "N: % b",
      "N:%b": "N: %b", "P: ": "P:",
      "M: 6 / 8": "M:6/8", "M:( 2 + 3 ) / 8": "M:(2+3)/8", "M: C|": "M:C|", "M:C |": "M:C |",
      "M:4 4/4": "M:4 4/4",
      "L: 1/8": "L:1/8", "Q: 1/4 = 120": "Q:1/4=120",
      "Q: \"a = b\" 1/4 =  120  \"c\"": "Q:\"a = b\" 1/4=120  \"c\"",
      "Q:\"a = b": "Q:\"a = b", "y: what ": "y: what", "+:  more ": "+:  more",
      "U: T = !trill!": "U:T = !trill!",
      "V: 1   clef=bass  name=\"a  b\"": "V:1   clef=bass  name=\"a  b\"", "m: ~G2 = G{A}G ": "m:~G2 = G{A}G",
    ]
    for (line, expected) in table { assertFormat("X:1\n\(line)\nK:C\n", "X:1\n\(expected)\nK:C\n") }
    assertFormat(
      "X:1\nK:C\nC|\nw:  a  b \nW:  c  d \ns: \"C\"  * \n",
      "X:1\nK:C\nC|\nw:a  b\nW:  c  d\ns:\"C\"  *\n")
  }

  func testKeys() {
    let table = [
      "G major": "G", "Gmaj": "G", "Amin": "Am", "A minor": "Am", "A m": "Am", "ADor": "Ador",
      "A Dorian": "Ador",
      "F# MIXOLYDIAN": "F#mix", "Bb Aeolian": "Bbaeo", "C ion": "Cion", "HP": "HP", "Hp": "Hp",
      "none": "none",
      "": "", "AM": "AM", "g": "g", "Gfoo": "Gfoo", "Gmaj minor": "Gmaj minor", "Amin minor": "Am minor",
      "D   phr  ^f": "Dphr ^f", "Gmaj m=C": "G m=C", "D maj exp  _b": "D exp _b",
      "G  clef=bass": "G clef=bass",
      "clef=alto": "clef=alto",
      "C name=\"a  b\"": "C name=\"a  b\"",
    ]
    for (key, expected) in table { assertFormat("X:1\nK: \(key)\n", "X:1\nK:\(expected)\n") }
    assertMusic("A [K: D major ] B [M: 3 / 4] c [r: a  b ]", "A [K:D] B [M:3/4] c [r: a  b ]")
  }

  func testAFieldThatGoesOnIsOnlyTrimmed() {
    for text in ["K:Gmaj\n+:minor\n", "K:G\nQ:1/4 =\n%a\n%%b\n+:120\nW:  a\n+:  b\n"] {
      assertFormat("X:1\n" + text, "X:1\n" + text)
    }
    assertFormat("X:1\nK: G  maj \n+: minor \n", "X:1\nK:G  maj\n+: minor\n")
  }

  func testTheNumberComesFirst() {
    assertFormat("T:a\n% b\nX:1 % c\nK:C\nC|\n", "X:1 % c\nT:a\n% b\nK:C\nC|\n")
    assertFormat("<start>\nT:a\nX:1\nK:C\n<end>\n", "<start>\nX:1\nT:a\nK:C\n<end>\n")
    for text in ["T:a\nX:1\n+:b\nK:C\n", "K:C\nX:1\nT:a\n", "T:a\n%%begintext\nX:1\nK:C\nC|\n"] {
      assertFormat(text, text)
    }
  }

  // MARK: - Music

  func testBlanks() {
    let table = [
      "  AB \t c": "AB c", "A | B || c |] d": "A|B||c|]d", "|: A :| |: B :|": "|:A:| |:B:|",
      "A | 1 B": "A| 1 B", "A | [CEG] | [K:G] B": "A|[CEG]|[K:G] B",
      "[ C E\tG ]2  { c d } A": "[CEG]2 {c d} A",
      "[ C E G | A B": "[ C E G|A B", "{ /c }A": "{ /c}A", "A%b": "A %b", "A |   % b ": "A| % b",
      "  % b": "% b",
      "A  \\  ": "A \\", "A | \\ % b": "A| \\ % b", "A `  ` B y  C & D $ E ! F": "A ` ` B y C & D $ E ! F",
      "A (3 |": "A (3|", "x :|": "x :|", " K:G": " K:G", "  %%newpage": "  %%newpage", "A \"b  c": "A \"b  c",
    ]
    for (line, expected) in table { assertMusic(line, expected) }
  }

  func testABlankBehindAJoinedLineBreaksTheBeam() {
    assertMusic("abc\\\n  cba|\\\n  abc \\\n  cba", "abc\\\n cba|\\\nabc \\\ncba")
    assertMusic("abc\\\nM:3/4\n%b\n  cba\n  c", "abc\\\nM:3/4\n%b\n cba\nc")
  }

  func testOctaves() {
    let table = [
      "C'": "c", "c,": "C", "C,',": "C,", "c''": "c''", "C''": "c'", "c,,": "C,", "^c,2": "^C2", "z'": "z'",
    ]
    for (note, expected) in table { assertMusic(note, expected) }
  }

  func testLengths() {
    let table = [
      "1": "", "2": "2", "/2": "/", "//": "/4", "///": "/8", "4/2": "2", "3/2": "3/2", "2/4": "/", "1/2": "/",
      "3/": "3/2", "6/4": "3/2", "/1": "", "0": "0", "/0": "/0", "02": "02", "/2/2": "/2/2", "/2/": "/2/",
      "9999": "9999", "12345678": "12345678", "4/4": "",
    ]
    for (length, expected) in table {
      for note in ["A", "z", "x", "[CEG]"] { assertMusic("\(note)\(length) B", "\(note)\(expected) B") }
      assertMusic("[C\(length)E] {c\(length)}A", "[C\(expected)E] {c\(expected)}A")
    }
    assertMusic("Z1|Z2|X1|A 2/2 y1", "Z|Z2|X|A 2/2 y1")
  }

  func testBarsAndEndings() {
    let table = [
      "A:|:B:||:c::d": "A::B::c::d", "A||:B|::c[|d|[|e": "A||:B|::c[|d|[|e", "A|[1B:| [2c": "A|1B:|2c",
      "[1 A:|[2B": "[1 A:|2B", "A|[1,3B:|[2-4c": "A|1,3B:|2-4c", "A|:[1B|][2c": "A|:[1B|][2c",
      "A:|:|B": "A:|:|B",
    ]
    for (line, expected) in table { assertMusic(line, expected) }
  }

  func testTuplets() {
    let table = [
      "(3:2:3": "(3", "(3::": "(3", "(3:": "(3", "(3:2": "(3", "(3::3": "(3", "(2:3:2": "(2", "(4:3:": "(4",
      "(6:2:6": "(6", "(8:3:8": "(8", "(3:2:2": "(3:2:2", "(3::2": "(3::2", "(5:3:5": "(5:3:5",
      "(5:3:": "(5:3",
      "(7::": "(7", "(3:2:3:4": "(3:2:3:4", "(3:1:3": "(3:1:3",
    ]
    for (sign, expected) in table { assertMusic("\(sign)ABc", "\(expected)ABc") }
    assertMusic("A(3:|", "A(3:|")
  }

  func testDecorations() {
    assertMusic("+trill+A +f+B +CEG+c !p!d", "!trill!A !f!B +CEG+c !p!d")
    assertMusic("A!B+trill+c", "A!B+trill+c")
    for line in ["I:decoration +", "%%decoration +", "I:linebreak !", "%%linebreak !", "%%continueall true"] {
      assertFormat("\(line)\n\nX:1\nK:C\n+trill+A  B\n", "\(line)\n\nX:1\nK:C\n+trill+A B\n")
    }
  }

  func testMusicWithMacrosStays() {
    assertFormat(
      "X:1\nm:~g2 = a\nK: C\n~g2/2  | A1 \n\nX:2\nK:C\nA1  |\n",
      "X:1\nm:~g2 = a\nK:C\n~g2/2  | A1\n\nX:2\nK:C\nA|\n")
    assertFormat("m:~g2 = a\n\nX:1\nK:C\nA1  |\n", "m:~g2 = a\n\nX:1\nK:C\nA1  |\n")
  }

  func testWhatIsAtFaultStays() {
    for line in [
      "A1'", "[C 2]", "[^ C]", "A -B", "A 2B", "A2 /", "{c", "]", "[K:G", "A:B", "[C :|D]", "x: A", "^ A",
      "A # |B", "A #| 2 B",
    ] {
      assertMusic(line, line)
    }
  }

  // MARK: - Collections

  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let starter = repository.appendingPathComponent("Corpus/starter.abc")

  func testTheStarterTunebookStaysAsItSounds() throws {
    assertKeepsMeaning(Array(try Data(contentsOf: Self.starter)), "starter")
  }

  func testNottinghamStaysAsItSounds() throws {
    let folder = Self.repository.deletingLastPathComponent().appendingPathComponent("shared/data/nottingham")
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    guard let files else { throw XCTSkip("the collection is not on this machine") }
    for file in files where file.pathExtension == "abc" {
      assertKeepsMeaning(Array(try Data(contentsOf: file)), file.lastPathComponent)
    }
  }

  func testMutatedTextsStayAsTheySound() throws {
    let text =
      "%abc-2.1\nT:a\nX:1 % b\nM: 6/8\nK: A minor % c\n A1|: [ C'E ] {/ c d }+trill+F :|[1 (3:2:3ABc\\\n"
      + "  c,2/4 | \"Am\"^G  A-A :| [2 [K: D ] z1|& B  %d\nw: la  la\n%%begintext\n a  \n\n%%endtext\n!p!A!B ]\n\n x \n"
    let samples = [Array(text.utf8), Array(try Data(contentsOf: Self.starter).prefix(3000))]
    var generator = SplitMix(state: 3)
    for round in 0..<600 {
      var bytes = samples[round % samples.count]
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        guard let token = tokens(of: bytes).randomElement(using: &generator) else { continue }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.removeSubrange(token.range)
        case 1: bytes.insert(contentsOf: bytes[token.range], at: token.range.upperBound)
        case 2: bytes[token.range.lowerBound] ^= UInt8.random(in: 1...255, using: &generator)
        default: bytes.insert(contentsOf: Array("  ".utf8), at: token.range.lowerBound)
        }
      }
      assertKeepsMeaning(bytes, "round \(round)")
    }
  }
}

// MARK: - Help

private func format(_ bytes: [UInt8]) -> [UInt8] {
  Formatter().format(SyntaxTree(parsing: SourceText(name: "test", bytes: bytes)))
}

/// Checks the layout of a text, and that laid out again it stays.
private func assertFormat(
  _ text: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(Formatter().format(SourceText(name: "test", text: text)), expected, file: file, line: line)
  assertKeepsMeaning(Array(text.utf8), text.debugDescription, file: file, line: line)
}

/// Checks the layout of lines of music.
private func assertMusic(
  _ music: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line
) {
  assertFormat("X:1\nK:C\n\(music)\n", "X:1\nK:C\n\(expected)\n", file: file, line: line)
}

/// Checks that a text laid out sounds as before, has lost no word, and stays when it is laid out again.
private func assertKeepsMeaning(
  _ bytes: [UInt8], _ name: String, file: StaticString = #filePath, line: UInt = #line
) {
  let formatted = format(bytes)
  XCTAssertEqual(
    String(decoding: format(formatted), as: UTF8.self), String(decoding: formatted, as: UTF8.self), name,
    file: file, line: line)
  XCTAssertEqual(words(of: formatted), words(of: bytes), name, file: file, line: line)
  XCTAssertEqual(sound(of: formatted), sound(of: bytes), name, file: file, line: line)
}

/// All that is neither music nor field, without the blanks at its ends.
private func words(of bytes: [UInt8]) -> [String] {
  let source = SourceText(name: "test", bytes: bytes)
  let kinds: Set<TokenKind> = [.comment, .text, .directive, .quoted, .unclosedQuote, .unknown, .marker]
  let found = tokens(of: bytes).filter { kinds.contains($0.kind) }.map { source.string($0.range).trimmed }
  return found.filter { !$0.isEmpty && !$0.hasPrefix("%%abc-charset") }.sorted()
}

/// What sounds, tune by tune. The only place here that knows how a score is built.
private func sound(of bytes: [UInt8]) -> [String] {
  Tunebook(parsing: SourceText(name: "test", bytes: bytes)).tunes.flatMap { tune in
    let score = tune.score
    let fields = [score.title ?? "", "\(score.meter) \(score.unitLength) \(score.key)"]
    return fields + ["\(String(describing: score.tempo)) \(score.words)"] + score.voices.map(sound(of:))
  }
}

private func sound(of voice: Voice) -> String {
  let measures = voice.measures.map { measure in
    let events = voice.events(in: measure).map { event in
      let notes = voice.notes(of: event).map { "\($0.pitch) \($0.cents) \($0.duration) \($0.isTied)" }
      let graceNotes = voice.graceNotes(of: event).map { "\($0.pitch) \($0.duration)" }
      let attachments = voice.attachments(of: event).map(\.text)
      return "\(event.kind) \(event.onset)+\(event.duration):\(notes)\(graceNotes)\(attachments)"
    }
    let closing = measure.closing.map { "\($0.repeatsBefore)\($0.repeatsAfter)\($0.isDotted)" } ?? ""
    return "\(String(describing: measure.ending)) \(measure.meter) \(measure.key) \(events) \(closing)"
  }
  return "\(voice.identifier) \(measures) \(voice.lyrics.map { "\($0.event) \($0.verse) \($0.text)" })"
}
