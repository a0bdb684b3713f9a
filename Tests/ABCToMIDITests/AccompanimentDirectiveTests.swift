import XCTest

@testable import ABCToMIDI

/// `%%MIDI` commands, right and wrong.
final class AccompanimentDirectiveTests: XCTestCase {
  private func read(_ text: String) throws(DirectiveError) -> AccompanimentDirective? {
    let words = text.split(separator: " ")
    return try AccompanimentDirective(command: words[0], arguments: Array(words.dropFirst()))
  }

  private func message(_ text: String) -> String {
    do {
      return "no error: \(String(describing: try read(text)))"
    } catch {
      return error.description
    }
  }

  func testCommands() throws {
    let expected: KeyValuePairs<String, AccompanimentDirective> = [
      "gchord": .chordPattern(nil), "gchord %default": .chordPattern(nil),
      "gchordbars 2": .chordPatternBars(2),
      "chordprog 24": .chordProgram(24, octave: nil),
      "chordprog 0 Piano octave=-2": .chordProgram(0, octave: -2),
      "bassprog 32 octave=1": .bassProgram(32, octave: 1), "chordvol 0": .chordVelocity(0),
      "bassvol 127": .bassVelocity(127), "gchordon": .chordsAreOn(true), "gchordoff": .chordsAreOn(false),
      "chordname sus4 0 5 7": .chordName("sus4", intervals: [0, 5, 7]),
      "chordname low 0 -5": .chordName("low", intervals: [0, -5]), "chordattack 20": .chordAttack,
      "randomchordattack 20": .chordAttack, "drumbars 10": .drumPatternBars(10), "drumon": .drumsAreOn(true),
      "drumoff": .drumsAreOn(false), "droneon": .droneIsOn(true), "droneoff": .droneIsOn(false),
      "drone 70 45 33 80 60": .drone(DroneSettings(program: 70, pitches: [45, 33], velocities: [80, 60])),
      "drone 0": .drone(DroneSettings(program: 0)),
    ]
    for (text, directive) in expected { XCTAssertEqual(try read(text), directive, text) }
  }

  func testPatterns() throws {
    guard case .chordPattern(let chords?) = try read("gchord f2zc12") else { return XCTFail("no pattern") }
    XCTAssertEqual(chords.elements.map(\.length), [2, 1, 12])
    XCTAssertEqual(chords.elements.map(\.sound), [.bass, nil, .chord])
    XCTAssertEqual(chords.total, 15)
    guard case .drumPattern(let drums) = try read("drum d2z d 40 41 90") else { return XCTFail("no pattern") }
    XCTAssertEqual(
      drums.elements.map(\.sound),
      [DrumHit(instrument: 40, velocity: 90), nil, DrumHit(instrument: 41, velocity: 80)])
  }

  func testOtherCommandsAreNotOurs() throws {
    for text in ["program 1", "transpose 2", "drummap C 36", "beat 100 90 80 4", "Gchord fc", "gchordx"] {
      XCTAssertNil(try read(text), text)
    }
  }

  func testPatternsOfChordsThatMakeNoSense() {
    let advice =
      "needs letters from f, c, b, z, g to k and G to K with lengths from 1 up, as in '%%MIDI gchord fzczfzcz'"
    let long = String(repeating: "f", count: 65)
    for pattern in ["fzq", "2f", "f0", "f9999", "fz/2", "c99999999999999999999", "f1024c", long] {
      XCTAssertEqual(message("gchord \(pattern)"), "'%%MIDI gchord \(pattern)' \(advice)")
    }
  }

  func testNumbersThatMakeNoSense() {
    XCTAssertEqual(
      message("gchordbars 0"),
      "'%%MIDI gchordbars 0' needs a number of bars from 1 to 10, as in '%%MIDI gchordbars 2'")
    XCTAssertEqual(
      message("drumbars"), "'%%MIDI drumbars' needs a number of bars from 1 to 10, as in '%%MIDI drumbars 2'")
    XCTAssertEqual(
      message("chordprog 128"),
      "'%%MIDI chordprog 128' needs the number of an instrument from 0 to 127, as in '%%MIDI chordprog 24'")
    XCTAssertEqual(
      message("bassprog bass"),
      "'%%MIDI bassprog bass' needs the number of an instrument from 0 to 127, as in '%%MIDI bassprog 24'")
    XCTAssertEqual(
      message("bassprog 32 octave=3"),
      "'%%MIDI bassprog 32 octave=3' needs an octave from -2 to 2, as in '%%MIDI bassprog 32 octave=-1'")
    XCTAssertEqual(
      message("chordvol 200"),
      "'%%MIDI chordvol 200' needs a loudness from 0 to 127, as in '%%MIDI chordvol 75'")
    XCTAssertEqual(
      message("bassvol"), "'%%MIDI bassvol' needs a loudness from 0 to 127, as in '%%MIDI bassvol 80'")
  }

  func testNamesThatMakeNoSense() {
    let advice =
      "needs a name and one to ten intervals in semitones above the root, as in '%%MIDI chordname sus4 0 5 7'"
    for text in ["chordname", "chordname m", "chordname m 0 x", "chordname m 0 1 2 3 4 5 6 7 8 9 10"] {
      XCTAssertEqual(message(text), "'%%MIDI \(text)' \(advice)")
    }
  }

  func testDrumsThatMakeNoSense() {
    let pattern =
      "needs a pattern of the letters d and z with lengths from 1 up, then an instrument for each d, as in '%%MIDI drum dzdd 36 38 38'"
    for text in ["drum", "drum dx 36", "drum 36 38", "drum d0"] {
      XCTAssertEqual(message(text), "'%%MIDI \(text)' \(pattern)")
    }
    XCTAssertEqual(
      message("drum d 36 100 40"),
      "'%%MIDI drum d 36 100 40' needs no more than an instrument and a loudness for each d of its pattern, as in '%%MIDI drum dd 36 38 100 80'"
    )
    XCTAssertEqual(
      message("drum d 128"),
      "'%%MIDI drum d 128' needs instruments from 0 to 127, as in '%%MIDI drum dd 36 38'")
    XCTAssertEqual(
      message("drum d 36 0"),
      "'%%MIDI drum d 36 0' needs loudnesses from 1 to 127 behind the instruments, as in '%%MIDI drum dd 36 38 100 80'"
    )
  }

  func testDronesThatMakeNoSense() {
    let advice =
      "needs an instrument, two pitches (0 to 127) and two loudnesses (1 to 127), as in '%%MIDI drone 70 45 33 80 80'"
    for text in ["drone", "drone a", "drone 128", "drone 70 45 33 0", "drone 70 45 33 80 80 80"] {
      XCTAssertEqual(message(text), "'%%MIDI \(text)' \(advice)")
    }
  }
}
