import Foundation
import Playback
import StandardMIDI
import XCTest

final class SynthesizerTests: XCTestCase {
  private func assertRefused(
    _ soundFont: SoundFont, saying expected: String, line: UInt = #line
  ) {
    XCTAssertThrowsError(try Synthesizer(soundFont: soundFont), line: line) {
      XCTAssertTrue("\($0)".contains(expected), "\($0)", line: line)
    }
  }

  func testTheBuiltInFontHasAMelodyInstrumentAndADrumKit() throws {
    let instruments = try Synthesizer().instruments
    XCTAssertTrue(instruments.contains { $0.bank == 0 && $0.program == 0 })
    XCTAssertTrue(instruments.contains { $0.bank == 128 })
    XCTAssertTrue(instruments.allSatisfy { !$0.name.isEmpty })
  }

  func testAGeneralMIDIFontListsItsInstruments() throws {
    let instruments = try Synthesizer(soundFont: GeneralMIDIFont.find()).instruments
    XCTAssertEqual(Set(instruments.filter { $0.bank == 0 }.map(\.program)), Set(0..<128))
  }

  func testAMissingFontIsAnErrorAndNotAnotherFont() throws {
    let path = try TemporaryFolder().file("mistyped.sf2").path
    assertRefused(.file(path), saying: "cannot read the SoundFont \(path): No such file")
  }

  func testAFolderAndATextFileAreNotFonts() throws {
    let folder = try TemporaryFolder()
    assertRefused(.file(folder.url.path), saying: "it is not a file")
    let text = folder.file("tune.sf2")
    try Data("X:1\nT:Not a SoundFont\nK:C\n".utf8).write(to: text)
    assertRefused(.file(text.path), saying: "it does not begin with a RIFF sfbk header")
    try Data().write(to: text)
    assertRefused(.file(text.path), saying: "it does not begin with a RIFF sfbk header")
  }

  func testATruncatedFontIsRefusedWhereverItEnds() throws {
    guard case .file(let whole) = try GeneralMIDIFont.find() else { return XCTFail("a file") }
    let bytes = try Data(contentsOf: URL(filePath: whole))
    let folder = try TemporaryFolder()
    let path = folder.file("short.sf2")
    for length in [12, 100, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(length).write(to: path)
      assertRefused(.file(path.path), saying: "it is cut short")
    }
  }

  func testAFontWithoutItsPartsIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("parts.sf2")
    func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
      Array(type.utf8) + [UInt8(body.count), 0, 0, 0] + body
    }
    func list(_ type: String, _ body: [UInt8] = []) -> [UInt8] { chunk("LIST", Array(type.utf8) + body) }
    func assertRefused(_ chunks: [UInt8], saying expected: String, line: UInt = #line) throws {
      try Data(chunk("RIFF", Array("sfbk".utf8) + chunks)).write(to: path)
      self.assertRefused(.file(path.path), saying: expected, line: line)
    }
    try assertRefused(list("INFO"), saying: "it has no \"sdta\" part")
    try assertRefused(
      list("INFO") + list("sdta") + list("pdta"), saying: "does not hold the nine parts of a font")
    let names = ["phdr", "pbag", "pmod", "pgen", "inst", "ibag", "imod", "igen", "shdr"]
    try assertRefused(
      list("INFO") + list("sdta") + list("pdta", names.flatMap { chunk($0, [0, 0]) }),
      saying: "its \"phdr\" part is not made of records of 38 bytes")
    var long = list("INFO")
    long[4] = 99
    try assertRefused(long, saying: "its part \"LIST\" is cut short")
  }

  func testMessagesAreHeardAndResetEndsThem() throws {
    let synthesizer = try Synthesizer()
    var sound = [Float](repeating: 0, count: 8192)
    synthesizer.render(into: &sound)
    XCTAssertEqual(sound.map(abs).max()!, 0, accuracy: 1e-6)
    synthesizer.send(.noteOn(channel: 0, key: 60, velocity: 100))
    synthesizer.render(into: &sound)
    XCTAssertGreaterThan(synthesizer.activeVoiceCount, 0)
    XCTAssertGreaterThan(sound.map(abs).max()!, 0.01)
    try synthesizer.reset()
    synthesizer.render(into: &sound)
    XCTAssertEqual(synthesizer.activeVoiceCount, 0)
    XCTAssertEqual(sound.map(abs).max()!, 0, accuracy: 1e-6)
  }

  func testEveryMessageIsTakenWithoutHarm() throws {
    let synthesizer = try Synthesizer()
    let messages: [MIDIMessage] = [
      .controlChange(channel: 15, controller: 0, value: 127), .programChange(channel: 15, program: 127),
      .pitchBend(channel: 15, value: 0), .channelPressure(channel: 3, pressure: 9),
      .polyphonicPressure(channel: 3, key: 0, pressure: 127), .noteOn(channel: 15, key: 127, velocity: 1),
      .systemExclusive([0x7E, 0x7F, 9, 1, 0xF7]), .systemExclusive([]), .systemExclusive([0xF7]),
      .systemExclusive([0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x7F, 0, 0x41, 0xF7]), .escape([1, 2]),
      .meta(.tempo(.standard)), .noteOff(channel: 15, key: 127, velocity: 0),
    ]
    var sound = [Float](repeating: 0, count: 2048)
    for message in messages {
      synthesizer.send(message)
      synthesizer.render(into: &sound)
      XCTAssertTrue(sound.allSatisfy(\.isFinite))
    }
  }
}
