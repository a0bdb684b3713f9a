import ABCNotation
import ABCToMIDI
import StandardMIDI
import XCTest

/// A bar that is played again is copied where that is safe. What is written once with repeat signs must give the
/// same file, byte for byte, as the same music written out.
final class RepeatedBarsTests: XCTestCase {
  private func score(_ music: String, _ header: String) -> Score {
    let text = "X:1\nT:Test\nL:1/8\n\(header)K:D\n\(music)\n"
    return Tunebook(parsing: SourceText(name: "test", text: text)).tunes[0].score
  }

  private func assertSame(
    _ repeated: String, _ writtenOut: String, header: String = "M:4/4\n", otherHeader: String? = nil,
    line: UInt = #line
  ) throws {
    let short = try MIDIConverter().convert(score(repeated, header))
    let long = try MIDIConverter().convert(score(writtenOut, otherHeader ?? header))
    XCTAssertEqual(short.dump, long.dump, line: line)
  }

  func testPlainBars() throws {
    try assertSame("|:CDEF GABc|c4 G4:|", "|CDEF GABc|c4 G4|CDEF GABc|c4 G4|")
    try assertSame("G2|:CDEF GABc|c6:|", "G2|CDEF GABc|c6|CDEF GABc|c6|")
    try assertSame("|:[CEG]4 (3CDE z2|{g}c4 ^F4:|", "|[CEG]4 (3CDE z2|{g}c4 ^F4|[CEG]4 (3CDE z2|{g}c4 ^F4|")
    try assertSame(
      "|:C>D E<F ~G3A|.c2 Tc2 !fermata!c4:|",
      "|C>D E<F ~G3A|.c2 Tc2 !fermata!c4|C>D E<F ~G3A|.c2 Tc2 !fermata!c4|")
  }

  func testTiesReachIntoAndOutOfRepeatedBars() throws {
    try assertSame("|:C4 E4-|E4 C4-:|C8|", "|C4 E4-|E4 C4-|C4 E4-|E4 C4-|C8|")
    try assertSame("|:C4 E4-|E8:|", "|C4 E4-|E8|C4 E4-|E8|")
  }

  func testLoudness() throws {
    try assertSame("|:!p!C4 !f!E4|G4 c4:|", "|!p!C4 !f!E4|G4 c4|!p!C4 !f!E4|G4 c4|")
    try assertSame(
      "|:!p!C4 !<(!E4|G4 !<)!!f!c4:|", "|!p!C4 !<(!E4|G4 !<)!!f!c4|!p!C4 !<(!E4|G4 !<)!!f!c4|")
    // A bar begins as loud as it did before, whatever has come between.
    try assertSame(
      "P:A\n!p!C8|\nP:B\nG8|\nP:C\n!f!c8|", "!p!C8|G8|!f!c8|!p!G8|", header: "M:4/4\nP:ABCB\n",
      otherHeader: "M:4/4\n")
  }

  func testSwingChordSymbolsAndCommands() throws {
    try assertSame("|:CDEF GABc|c4 G4:|", "|CDEF GABc|c4 G4|CDEF GABc|c4 G4|", header: "M:4/4\nR:hornpipe\n")
    try assertSame(
      "|:\"G\"CDEF \"D7\"GABc|\"Em\"c4 G4:|",
      "|\"G\"CDEF \"D7\"GABc|\"Em\"c4 G4|\"G\"CDEF \"D7\"GABc|\"Em\"c4 G4|")
    try assertSame(
      "|:C4 [I:MIDI=transpose 2]E4|G8|[I:MIDI=transpose 0]c8:|",
      "|C4 [I:MIDI=transpose 2]E4|G8|[I:MIDI=transpose 0]c8|C4 [I:MIDI=transpose 2]E4|G8|[I:MIDI=transpose 0]c8|"
    )
    // The first bar is played once without, once with what a command behind it says.
    try assertSame("|:C8|[I:MIDI=transpose 2]E8:|", "|C8|[I:MIDI=transpose 2]E8|C8|[I:MIDI=transpose 2]E8|")
  }

  func testChangesOfMeterAndKey() throws {
    try assertSame("|:C8|[M:3/4]E6:|", "|C8|[M:3/4]E6|[M:4/4]C8|[M:3/4]E6|")
    try assertSame("|:F8|[K:Eb]!turn!B8:|", "|F8|[K:Eb]!turn!B8|[K:D]F8|[K:Eb]!turn!B8|")
  }

  func testVerses() throws {
    let short = try MIDIConverter().convert(
      score("|:CDEF|\nw: one two three four\nw: five six seven eight\n:|", "M:2/4\n"))
    XCTAssertTrue(short.dump.contains("five"), short.dump)
  }
}
