import ABCNotation
import XCTest

@testable import ABCToMIDI

/// Programs, loudness, octaves, switches of the chords, and when there is no accompaniment at all.
final class AccompanimentSettingTests: AccompanimentTestCase {
  private func programs(_ layer: AccompanimentTrack.Layer) -> String {
    layer.programs.map { "\($0.onset):\($0.program)" }.joined(separator: " ")
  }

  func testWhatAbc2midiStartsWith() throws {
    let layers = try layers("\"C\"C8|]", track: "gchord track")
    XCTAssertEqual(layers.map(programs), ["0:0", "0:0"])
    XCTAssertEqual(layers.map { $0.notes[0].velocity }, [80, 75])
    XCTAssertEqual(layers.map(\.isPercussion), [false, false])
  }

  func testPrograms() throws {
    let layers = try layers(
      "%%MIDI chordprog 24 Nylon Guitar\n%%MIDI bassprog 32\n\"C\"C8|\n%%MIDI chordprog 25\nC8|]",
      track: "gchord track")
    XCTAssertEqual(layers.map(programs), ["0:32", "0:24 1:25"])
  }

  func testOctaves() throws {
    let played = try layers(
      "%%MIDI chordprog 24 octave=1\n%%MIDI bassprog 32 octave=-1\n\"C\"C8|\n%%MIDI chordprog 25\nC8|]",
      track: "gchord track")
    XCTAssertEqual(text(played[0]), "0:24*1 4:24*1 8:24*1 12:24*1")
    XCTAssertEqual(text(played[1]), "2:60+64+67*1 6:60+64+67*1 10:60+64+67*1 14:60+64+67*1")
  }

  func testLoudness() throws {
    let layers = try layers(
      "%%MIDI bassvol 60\n%%MIDI chordvol 50\n\"C\"C8|\n%%MIDI bassvol 127\nC8|]", track: "gchord track")
    XCTAssertEqual(layers[0].notes.map(\.velocity), [60, 60, 127, 127])
    XCTAssertEqual(layers[1].notes.map(\.velocity), Array(repeating: 50, count: 12))
  }

  func testLoudnessZeroIsSilence() throws {
    let played = try chords("%%MIDI bassvol 0\n\"C\"C8|]")
    XCTAssertEqual(played.bass, "")
    XCTAssertEqual(played.chords, "2:48+52+55*1 6:48+52+55*1")
  }

  func testOffAndOn() throws {
    XCTAssertEqual(
      try chords("\"C\"C8|\n%%MIDI gchordoff\n\"G\"C8|\n%%MIDI gchordon\nC8|]").bass,
      "0:36*1 4:36*1 16:43*1 20:43*1")
    XCTAssertEqual(
      try chords("\"C\"C4 [I:MIDI=gchordoff]C4|\"G\"C4 [I:MIDI=gchordon]C4|]").bass, "0:36*1 12:43*1")
  }

  func testTransposition() throws {
    var plan = try AccompanimentPlanBuilder.plan("\"C\"C8|C8|]")
    plan.instructions.append(.init(onset: Fraction(1), instruction: .transposition(-2)))
    let layers = Accompaniment.tracks(for: plan)[0].layers
    XCTAssertEqual(text(layers[0]), "0:36*1 4:36*1 8:34*1 12:34*1")
    XCTAssertEqual(text(layers[1]), "2:48+52+55*1 6:48+52+55*1 10:46+50+53*1 14:46+50+53*1")
  }

  /// What MIDI has no number for is left out.
  func testNotesBeyondMIDI() throws {
    XCTAssertEqual(
      try single("%%MIDI chordname x 0 70 100\n%%MIDI gchord c\n\"Cx\"C8|]", track: "gchord track"),
      "0:48+118*8")
  }

  func testATuneWithoutChordsHasNoTracks() throws {
    XCTAssertTrue(Accompaniment.tracks(for: AccompanimentPlan()).isEmpty)
    XCTAssertTrue(Accompaniment.tracks(for: try AccompanimentPlanBuilder.plan("C8|C8|]")).isEmpty)
    XCTAssertTrue(
      Accompaniment.tracks(for: try AccompanimentPlanBuilder.plan("%%MIDI gchord fc\n%%MIDI drumon\nC8|]"))
        .isEmpty)
    XCTAssertTrue(Accompaniment.tracks(for: try AccompanimentPlanBuilder.plan("\"Fine\"C8|]")).isEmpty)
  }

  func testTheTracksAndTheirOrder() throws {
    let plan = try AccompanimentPlanBuilder.plan(
      "%%MIDI drum dd 36 38\n%%MIDI drumon\n%%MIDI droneon\n\"C\"C8|]")
    XCTAssertEqual(
      Accompaniment.tracks(for: plan).map(\.name), ["gchord track", "drum track", "drone track"])
  }
}
