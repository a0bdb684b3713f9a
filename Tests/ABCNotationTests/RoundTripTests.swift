import Foundation
import XCTest

@testable import ABCNotation

/// Text is never lost: the tokens of a tree, one after the other, are the bytes that were read.
final class RoundTripTests: XCTestCase {
  // MARK: - Collections

  func testTheStarterTunebookPrintsBack() throws {
    try assertPrintBack([Collections.starter])
  }

  func testNottinghamPrintsBack() throws {
    try assertPrintBack(Collections.shared("nottingham"))
  }

  func testThePapersTextsPrintBack() throws {
    try assertPrintBack(Collections.shared("paper"))
  }

  func testTheCleanTunesPrintBack() throws {
    try assertPrintBack(Collections.shared("clean"))
  }

  func testFurtherCollectionsPrintBack() throws {
    try assertPrintBack(Collections.further())
  }

  func testBrokenTunesPrintBack() {
    var breaker = TextBreaker(seed: 1)
    for round in 0..<1000 { assertPrintsBack(breaker.broken(breaker.slice()), "round \(round)") }
  }

  // MARK: - Characters

  func testControlCharactersPrintBack() {
    var breaker = TextBreaker(seed: 2)
    let controls = Array(0...0x1F) + Array(0x7F...0x9F) as [UInt8]
    for round in 0..<500 {
      var bytes = breaker.slice(of: Self.plainBooks)
      // All of them, each somewhere.
      for control in controls {
        bytes.insert(control, at: Int.random(in: 0...bytes.count, using: &breaker.generator))
      }
      assertPrintsBack(bytes, "round \(round)")
    }
  }

  func testBytesThatAreNoUTF8PrintBack() {
    var breaker = TextBreaker(seed: 3)
    // Cut short, too long, half of a pair, out of range, and bytes that never occur.
    let invalid: [[UInt8]] = [
      [0xC3], [0xE2, 0x99], [0xF0, 0x9D, 0x84], [0xA9], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xFE], [0xFF, 0xFF], [0xEF, 0xBB], [0xEF, 0xBB, 0xBF],
    ]
    for round in 0..<500 {
      var bytes = breaker.slice(of: Self.plainBooks)
      for _ in 0..<Int.random(in: 1...30, using: &breaker.generator) {
        let place = Int.random(in: 0...bytes.count, using: &breaker.generator)
        bytes.insert(contentsOf: invalid.randomElement(using: &breaker.generator) ?? [], at: place)
      }
      assertPrintsBack(bytes, "round \(round)")
    }
  }

  func testLatin1AndUTF8PrintBackAndSoundTheSame() {
    var breaker = TextBreaker(seed: 4)
    for round in 0..<500 {
      var bytes = breaker.slice(of: Self.plainBooks)
      for _ in 0..<Int.random(in: 1...30, using: &breaker.generator) {
        // A blank before it, so that no two make a character of UTF-8.
        let character = [0x20, UInt8.random(in: 0xA0...0xFF, using: &breaker.generator)]
        let place = Int.random(in: 0...bytes.count, using: &breaker.generator)
        bytes.insert(contentsOf: character, at: place)
      }
      assertPrintsBack(bytes, "round \(round)")
      assertSoundTheSame(Array(TextEncoding.decodeLatin1(bytes).utf8), bytes, "round \(round)")
    }
  }

  func testAByteOrderMarkChangesNoNote() {
    for book in Self.plainBooks.joined() {
      assertSoundTheSame([0xEF, 0xBB, 0xBF] + book.bytes, book.bytes, book.name)
      // With Latin-1 behind it.
      assertPrintsBack([0xEF, 0xBB, 0xBF] + book.bytes + [0xE9], book.name)
    }
  }

  // MARK: - Line ends

  func testLineEndsOfOneKindChangeNoNote() {
    for book in Self.plainBooks.joined() {
      for end in Self.lineEnds {
        let bytes = lines(of: book.bytes).flatMap { $0 + end }
        assertSoundTheSame(bytes, book.bytes, "\(book.name) with \(end)")
      }
    }
  }

  func testMixedLineEndsChangeNoNote() {
    var breaker = TextBreaker(seed: 5)
    for round in 0..<500 {
      let slice = breaker.slice(of: Self.plainBooks)
      var bytes: [UInt8] = []
      for line in lines(of: slice) {
        // The CR of a line and the LF of an empty one would be a single end.
        let isSplit = line.isEmpty && bytes.last == UInt8(ascii: "\r")
        let ends = isSplit ? Self.lineEnds.dropFirst() : Self.lineEnds[...]
        bytes += line + (ends.randomElement(using: &breaker.generator) ?? [])
      }
      assertSoundTheSame(bytes, slice, "round \(round)")
    }
  }

  func testTheLastLineNeedsNoEnd() {
    var breaker = TextBreaker(seed: 6)
    for round in 0..<500 {
      // Wherever the text may stop, not only behind a tune.
      let all = lines(of: breaker.slice(of: Self.plainBooks))
      let some = all.prefix(Int.random(in: 0...all.count, using: &breaker.generator))
      let bytes = Array(some.joined(separator: [UInt8(ascii: "\n")]))
      for end in Self.lineEnds + [Array("\n\n\n".utf8)] {
        assertSoundTheSame(bytes + end, bytes, "round \(round), \(end)")
      }
    }
  }

  // MARK: - Help

  private static let lineEnds = ["\n", "\r", "\r\n"].map { Array($0.utf8) }

  /// The starter tunebook, and Nottingham where it is there.
  private static let plainBooks: [[Collections.Book]] = {
    let found = [[Collections.starter], try? Collections.shared("nottingham")]
    return found.compactMap(\.self).map { $0.compactMap { try? Collections.Book($0) } }
  }()

  private func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    for (index, byte) in bytes.enumerated() {
      if !byte.isLineEnd {
        lines[lines.count - 1].append(byte)
      } else if byte == UInt8(ascii: "\n") || index + 1 == bytes.count
        || bytes[index + 1] != UInt8(ascii: "\n")
      {
        lines.append([])
      }
    }
    return lines.last?.isEmpty == true ? lines.dropLast() : lines
  }

  private func assertPrintBack(_ files: [URL]) throws {
    for file in files { assertPrintsBack(Array(try Data(contentsOf: file)), file.lastPathComponent) }
  }

  private func assertPrintsBack(
    _ bytes: [UInt8], _ name: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    let tree = SyntaxTree(parsing: SourceText(name: name, bytes: bytes))
    XCTAssertTrue(tree.printed == bytes, "\(name) lost text", file: file, line: line)
  }

  /// Both print back, and say the same notes at the same times.
  private func assertSoundTheSame(
    _ changed: [UInt8], _ bytes: [UInt8], _ name: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    for bytes in [changed, bytes] { assertPrintsBack(bytes, name, file: file, line: line) }
    let sounds = [changed, bytes].map { bytes in
      Tunebook(parsing: SourceText(name: name, bytes: bytes)).tunes.map { Sound($0.score) }
    }
    XCTAssertTrue(sounds[0] == sounds[1], "\(name) sounds otherwise", file: file, line: line)
  }
}
