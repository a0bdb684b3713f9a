import XCTest

@testable import ABCNotation

// What the tests by section of ABC 2.1 share.

/// The score of the first tune of a text.
func readScore(_ text: String, file: StaticString = #filePath, line: UInt = #line) throws -> Score {
  try XCTUnwrap(Tunebook(parsing: text).tunes.first, "no tune", file: file, line: line).score
}

/// The first voice of a tune around some music, in L:1/8 and 4/4 unless the header says otherwise.
func readVoice(
  _ music: String, header: String = "M:4/4\nL:1/8\n", key: String = "C", file: StaticString = #filePath,
  line: UInt = #line
) throws -> Voice {
  let score = try readScore(tune(music, header: header, key: key), file: file, line: line)
  return try XCTUnwrap(score.voices.first, "no voice", file: file, line: line)
}

/// The same tune in a file that asks for ABC 2.1.
func strict(_ music: String, header: String = "M:4/4\nL:1/8\n", key: String = "C") -> String {
  "%abc-2.1\n\n" + tune(music, header: header, key: key)
}

/// The lengths of the events of some music, in quarter notes.
func lengths(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> String {
  try readVoice(music, header: header).events.map { "\($0.duration * Fraction(4))" }.joined(separator: " ")
}

extension Tunebook {
  /// The codes of all findings, in order.
  var codes: [String] { diagnostics.map(\.code.rawValue) }
}

extension Voice {
  /// The sounding pitches, event by event; grace notes left out.
  var pitches: [Int] { events.flatMap { notes(of: $0).map(\.pitch) } }

  /// The syllables of a verse under the notes as they are written: `-` behind one that is tied to the next, `_` for
  /// every note that it is held, `~` for a space in it, `·` for a note without one.
  func words(_ verse: Int = 1) -> String {
    events.indices.filter { events[$0].kind == .note || events[$0].kind == .chord }.map { index in
      let found = lyrics.filter { $0.event == index && $0.verse == verse }
      guard let lyric = found.first else { return "·" }
      if found.count > 1 { return "?" }
      return lyric.text.replacing(" ", with: "~") + (lyric.isHyphenated ? "-" : "")
        + String(repeating: "_", count: lyric.holds)
    }.joined(separator: " ")
  }

  /// What is attached to each event: `!trill!`, `"Am"`, `"^text"`; events parted by blanks, `-` for nothing.
  var marks: String {
    events.map { event in
      let all = attachments(of: event).map { mark in
        switch mark.kind {
        case .decoration: "!\(mark.text)!"
        case .chordSymbol: "\"\(mark.text)\""
        case .annotation(let place): "\"\(place.rawValue)\(mark.text)\""
        }
      }
      return all.isEmpty ? "-" : all.joined()
    }.joined(separator: " ")
  }

  /// The bar signs behind the bars: colons, and `|`, `||`, `.|` or `[|]`; nothing where there is none.
  var signs: [String] {
    measures.map { measure in
      guard let sign = measure.closing else { return "" }
      let line = sign.isInvisible ? "[|]" : sign.isDouble ? "||" : sign.isDotted ? ".|" : "|"
      return String(repeating: ":", count: sign.repeatsBefore) + line
        + String(repeating: ":", count: sign.repeatsAfter)
    }
  }

  /// The passes of the endings that start at the bars; empty for a bar that starts none.
  var endings: [[Int]] { measures.map { $0.ending?.passes ?? [] } }
}
