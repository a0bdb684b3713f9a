import ABCNotation
import XCTest

@testable import ABCToMIDI

/// Drums and drone.
final class AccompanimentDrumTests: AccompanimentTestCase {
  private func drums(_ music: String, meter: String = "4/4") throws -> String {
    try single(music, track: "drum track", meter: meter)
  }

  func testThePatternOfTheGuide() throws {
    let music = "%%MIDI drum d2zdd 35 38 38  100 50 50\n%%MIDI drumon\nC8|C8|]"
    XCTAssertEqual(
      try drums(music),
      "0:35*16/5 24/5:38*8/5 32/5:38*8/5 8:35*16/5 64/5:38*8/5 72/5:38*8/5")
    let layer = try layers(music, track: "drum track")[0]
    XCTAssertTrue(layer.isPercussion)
    XCTAssertTrue(layer.programs.isEmpty)
    XCTAssertEqual(layer.notes.map(\.velocity), [100, 50, 50, 100, 50, 50])
  }

  func testInstrumentsAndLoudnessLeftOut() throws {
    XCTAssertEqual(try drums("%%MIDI drum dd\n%%MIDI drumon\nC8|]"), "0:35*4 4:35*4")
    XCTAssertEqual(try drums("%%MIDI drum dzdd 40 41\n%%MIDI drumon\nC8|]"), "0:40*2 4:41*2 6:35*2")
    let layer = try layers("%%MIDI drum dd 40 41 99\n%%MIDI drumon\nC8|]", track: "drum track")[0]
    XCTAssertEqual(layer.notes.map(\.velocity), [99, 80])
  }

  func testDrumsMustBeSwitchedOn() throws {
    XCTAssertEqual(try drums("%%MIDI drum dd\nC8|]"), "")
    XCTAssertEqual(try drums("%%MIDI drumon\nC8|]"), "")
  }

  func testOnAndOff() throws {
    XCTAssertEqual(
      try drums("%%MIDI drum dd 36 38\n%%MIDI drumon\nC8|\n%%MIDI drumoff\nC8|\n%%MIDI drumon\nC8|]"),
      "0:36*4 4:38*4 16:36*4 20:38*4")
    XCTAssertEqual(try drums("%%MIDI drum dd 36 38\nC4 [I:MIDI=drumon] C4|]"), "4:38*4")
  }

  func testAnotherPattern() throws {
    XCTAssertEqual(
      try drums("%%MIDI drum dd 36 38\n%%MIDI drumon\nC8|\n%%MIDI drum d 40\nC8|]"), "0:36*4 4:38*4 8:40*8")
  }

  func testAPatternOverTwoBars() throws {
    XCTAssertEqual(
      try drums("%%MIDI drumbars 2\n%%MIDI drum ddd2 36 38 40\n%%MIDI drumon\nC8|C8|C8|]"),
      "0:36*4 4:38*4 8:40*8 16:36*4 20:38*4")
  }

  /// The beat stays the same when the meter changes.
  func testAMeterChange() throws {
    XCTAssertEqual(
      try drums("%%MIDI drum dddd 36 38 40 42\n%%MIDI drumon\nC8|[M:3/4]C6|C6|]"),
      "0:36*2 2:38*2 4:40*2 6:42*2 8:36*2 10:38*2 12:40*2 14:36*2 16:38*2 18:40*2")
  }

  func testShortAndLongBars() throws {
    XCTAssertEqual(
      try drums("%%MIDI drum dd 36 38\n%%MIDI drumon\nC2|C8|C12|C4|]"),
      "0:36*2 2:36*4 6:38*4 10:36*4 14:38*4 18:36*4 22:36*4")
  }

  func testUnevenLengths() throws {
    XCTAssertEqual(
      try drums("%%MIDI drum d4d4d4d3d3d3d3 36 38 40 42 44 46 48\n%%MIDI drumon\nC6|]", meter: "6/8"),
      "0:36*1 1:38*1 2:40*1 3:42*3/4 15/4:44*3/4 9/2:46*3/4 21/4:48*3/4")
  }

  // MARK: Drone

  private func drone(_ music: String) throws -> String { try single(music, track: "drone track") }

  func testTheBagpipeDrone() throws {
    let music = "%%MIDI droneon\nC8|C8|\n%%MIDI droneoff\nC8|]"
    XCTAssertEqual(try drone(music), "0:45+33*16")
    let layer = try layers(music, track: "drone track")[0]
    XCTAssertEqual(layer.notes.map(\.velocity), [80, 80])
    XCTAssertEqual(layer.programs.map(\.program), [70])
    XCTAssertFalse(layer.isPercussion)
  }

  func testADroneWithoutAnEndEndsWithTheTune() throws {
    XCTAssertEqual(try drone("C8|\n%%MIDI droneon\nC8|C8|]"), "8:45+33*16")
  }

  func testADroneThatComesTwice() throws {
    XCTAssertEqual(
      try drone("%%MIDI droneon\nC8|\n%%MIDI droneoff\nC8|\n%%MIDI droneon\nC8|]"), "0:45+33*8 16:45+33*8")
    XCTAssertEqual(try drone("%%MIDI droneon\nC8|\n%%MIDI droneon\nC8|]"), "0:45+33*16")
  }

  func testADroneOfOnesOwn() throws {
    let music = "%%MIDI drone 60 48 36 90 70\n%%MIDI droneon\nC8|]"
    XCTAssertEqual(try drone(music), "0:48+36*8")
    let layer = try layers(music, track: "drone track")[0]
    XCTAssertEqual(layer.notes.map(\.velocity), [90, 70])
    XCTAssertEqual(layer.programs.map(\.program), [60])
  }

  func testWhatADroneCommandLeavesOut() throws {
    let layer = try layers("%%MIDI drone 20 50\n%%MIDI droneon\nC8|]", track: "drone track")[0]
    XCTAssertEqual(text(layer), "0:50+33*8")
    XCTAssertEqual(layer.programs.map(\.program), [20])
    XCTAssertEqual(try drone("%%MIDI drone 20 50 50\n%%MIDI droneon\nC8|]"), "0:50*8")
  }

  func testAnotherDroneWhileItSounds() throws {
    XCTAssertEqual(
      try drone("%%MIDI droneon\n%%MIDI drone 70 50 38\nC8|\n%%MIDI drone 70 48 36\nC8|]"),
      "0:50+38*8 8:48+36*8")
  }

  func testADroneIsTransposed() throws {
    var plan = try AccompanimentPlanBuilder.plan("%%MIDI droneon\nC8|]")
    plan.instructions.insert(.init(onset: .zero, instruction: .transposition(2)), at: 0)
    XCTAssertEqual(text(Accompaniment.tracks(for: plan)[0].layers[0]), "0:47+35*8")
  }

  func testNoDroneWithoutSwitchingItOn() throws {
    XCTAssertEqual(try drone("%%MIDI drone 70 50 38\n%%MIDI droneoff\nC8|]"), "")
  }
}
