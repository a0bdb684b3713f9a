import Foundation
import StandardMIDI
import XCTest

@testable import Playback

final class PerformanceRendererTests: XCTestCase {
  private func perform(
    _ file: MIDIFile, _ options: PerformanceOptions = .init(), font: SoundFont = .builtIn
  ) throws -> Sound {
    try Sound(PerformanceRenderer(file, synthesizer: Synthesizer(soundFont: font), options: options))
  }

  func testTheSameFileGivesTheSameSamplesInNewAndInUsedSynthesizers() throws {
    let tune = Music.melody(Music.majorScale)
    let used = try Synthesizer()
    let first = try Sound(PerformanceRenderer(tune, synthesizer: used)).samples
    // Leaves the synthesizer in the middle of a note and of a block.
    var interrupted = try PerformanceRenderer(Music.note(50, seconds: 1, program: 0), synthesizer: used)
    var block: [Int16] = []
    for _ in 0..<7 { XCTAssertTrue(interrupted.nextBlock(into: &block)) }
    used.send(.controlChange(channel: 0, controller: 7, value: 20))
    XCTAssertTrue(try Sound(PerformanceRenderer(tune, synthesizer: used)).samples == first)
    XCTAssertTrue(try perform(tune).samples == first)
  }

  func testMusicThatGrowsSoundsAsIfItHadBeenThereAtOnce() throws {
    let whole = Music.melody(Music.majorScale)
    let synthesizer = try Synthesizer()
    let expected = try Sound(PerformanceRenderer(whole, synthesizer: synthesizer)).samples
    var renderer = try PerformanceRenderer(
      Music.melody(Array(Music.majorScale.prefix(2))), synthesizer: synthesizer)
    var samples: [Int16] = []
    var block: [Int16] = []
    // Half a second a note: of each beginning all but the last note is certain.
    for count in 2..<Music.majorScale.count {
      renderer.grow(
        to: Music.melody(Array(Music.majorScale.prefix(count))), stableSeconds: 0.5 * Double(count - 1))
      while renderer.nextBlock(into: &block) { samples += block }
      XCTAssertTrue(renderer.isAtHorizon)
      XCTAssertEqual(Double(renderer.position) / 44_100, 0.5 * Double(count - 1), accuracy: 1e-3)
    }
    renderer.grow(to: whole, stableSeconds: nil)
    while renderer.nextBlock(into: &block) { samples += block }
    XCTAssertEqual(samples.count, expected.count)
    XCTAssertLessThan(zip(samples, expected).map { abs(Int($0) - Int($1)) }.max() ?? .max, 200)
  }

  func testTheSoundLastsUntilTheLastNoteHasDiedAway() throws {
    for font in [SoundFont.builtIn, try? GeneralMIDIFont.find()].compactMap(\.self) {
      let sound = try perform(Music.melody(Music.majorScale), font: font)
      XCTAssertGreaterThan(sound.seconds, 4.0)
      XCTAssertLessThanOrEqual(sound.seconds, 6.0)
      XCTAssertLessThan(abs(Int(sound.samples.last!)), 40)
    }
  }

  func testEachNoteOfAScaleIsHeardAtItsTime() throws {
    for font in [SoundFont.builtIn, try? GeneralMIDIFont.find()].compactMap(\.self) {
      let sound = try perform(Music.melody(Music.majorScale), font: font)
      for (index, key) in Music.majorScale.enumerated() {
        XCTAssertEqual(sound.key(at: 0.5 * Double(index) + 0.25, near: key), Int(key.rawValue))
      }
      XCTAssertLessThan(try XCTUnwrap(sound.onsetSeconds), 0.1)
    }
  }

  func testASoloMelodyIsLoudAndNotTooLoud() throws {
    for program: UInt7 in [0, 24, 40, 73] {
      let tune = Music.melody([62, 67, 71, 74, 79, 83], program: program)
      let peak = try perform(tune).peakDecibels
      XCTAssertTrue((-12 ... -1).contains(peak), "built-in program \(program): \(peak) dB")
    }
  }

  func testASoloMelodyInAGeneralMIDIFontIsLoudAndNotTooLoud() throws {
    let font = try GeneralMIDIFont.find()
    for program: UInt7 in [0, 21, 24, 40, 46, 73, 74, 105, 109] {
      let tune = Music.melody([62, 67, 71, 74, 79, 83], program: program)
      let peak = try perform(tune, font: font).peakDecibels
      XCTAssertTrue((-12 ... -1).contains(peak), "program \(program): \(peak) dB")
    }
  }

  func testManyNotesAtOnceDoNotClip() throws {
    var track = MIDITrackBuilder()
    for key in 36..<84 { track.addNote(channel: 0, key: UInt7(key), velocity: 127, from: 0, to: 960) }
    let sound = try perform(Music.file(track))
    XCTAssertLessThanOrEqual(sound.peakDecibels, -0.99)
    XCTAssertGreaterThan(sound.peakDecibels, -2)
  }

  func testRestsAtTheEndAreLeftOutAndANoteThatNeverEndsEnds() throws {
    var track = MIDITrackBuilder()
    track.add(.noteOn(channel: 0, key: 60, velocity: 90), at: 0)
    track.add(.noteOn(channel: 0, key: 64, velocity: 90), at: 960)
    track.add(.controlChange(channel: 0, controller: 64, value: 127), at: 960)
    let sound = try perform(Music.file(track, endTick: 96_000))
    XCTAssertGreaterThan(sound.seconds, 1)
    XCTAssertLessThanOrEqual(sound.seconds, 3)
  }

  func testAFileWithoutNotesHasNoSound() throws {
    XCTAssertEqual(try perform(Music.file(MIDITrackBuilder(), endTick: 9600)).samples, [])
    var track = MIDITrackBuilder()
    track.add(.programChange(channel: 0, program: 3), at: 0)
    track.add(.noteOff(channel: 0, key: 3, velocity: 0), at: 9600)
    let renderer = try PerformanceRenderer(Music.file(track), synthesizer: Synthesizer())
    XCTAssertEqual(renderer.duration, 0)
    XCTAssertEqual(Sound(renderer).samples, [])
  }

  func testTheTempoCanBeChangedWithoutChangingThePitch() throws {
    let synthesizer = try Synthesizer()
    let tune = Music.melody(Music.majorScale)
    let options = PerformanceOptions(tempoFactor: 0.5)
    let renderer = try PerformanceRenderer(tune, synthesizer: synthesizer, options: options)
    XCTAssertEqual(renderer.duration, 8)
    let sound = Sound(renderer)
    for (index, key) in Music.majorScale.enumerated() {
      XCTAssertEqual(sound.key(at: Double(index) + 0.5, near: key), Int(key.rawValue))
    }
  }

  func testTranspositionMovesEveryNoteAndStaysInRange() throws {
    let sound = try perform(Music.melody(Music.majorScale), PerformanceOptions(transposition: -5))
    for (index, key) in Music.majorScale.enumerated() {
      let expected = UInt7(key.rawValue - 5)
      XCTAssertEqual(sound.key(at: 0.5 * Double(index) + 0.25, near: expected), Int(expected.rawValue))
    }
    // 72 + 60 leaves the range and comes back an octave lower.
    let high = try perform(Music.note(72, seconds: 1), PerformanceOptions(transposition: 60))
    XCTAssertGreaterThan(high.samples.count, 0)
    XCTAssertNoThrow(try perform(Music.note(72, seconds: 1), PerformanceOptions(transposition: .max)))
    XCTAssertNoThrow(try perform(Music.note(72, seconds: 1), PerformanceOptions(transposition: .min)))
  }

  func testAProgramTakesThePlaceOfThoseInTheFile() throws {
    let font = try GeneralMIDIFont.find()
    let asked = try perform(Music.melody([60, 67], program: 40), font: font)
    let changed = try perform(
      Music.melody([60, 67], program: 0), PerformanceOptions(program: 40), font: font)
    let plain = try perform(Music.melody([60, 67], program: 0), font: font)
    XCTAssertTrue(changed.samples == asked.samples)
    XCTAssertFalse(plain.samples == asked.samples)
  }

  func testAPassageIsPlayedWithTheInstrumentSetBeforeIt() throws {
    let tune = Music.melody(Music.majorScale)
    let options = PerformanceOptions(startSeconds: 1, endSeconds: 2)
    let renderer = try PerformanceRenderer(tune, synthesizer: Synthesizer(), options: options)
    XCTAssertEqual(renderer.duration, 1)
    XCTAssertEqual(renderer.writtenSeconds(atFrame: 22_050), 1.5)
    let passage = Sound(renderer)
    XCTAssertTrue(passage.samples == (try perform(Music.melody([64, 65]))).samples)
  }

  func testAnEndInTheMiddleOfANoteReleasesItThere() throws {
    let options = PerformanceOptions(endSeconds: 0.75)
    let renderer = try PerformanceRenderer(
      Music.note(69, seconds: 60), synthesizer: Synthesizer(), options: options)
    XCTAssertEqual(renderer.duration, 0.75)
    let sound = Sound(renderer)
    XCTAssertGreaterThan(sound.seconds, 0.75)
    XCTAssertLessThanOrEqual(sound.seconds, 2.75)
  }
}
