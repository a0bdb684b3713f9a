import Foundation
import XCTest

@testable import soundfont_maker

/// The built bank against sections 4 to 8 of the SoundFont 2.04 specification.
final class SoundFontStructureTests: XCTestCase {
  private static let bytes = Band.soundFont().encoded()

  private func file() throws -> SoundFontFile { try SoundFontFile(Self.bytes) }

  func testChunksStandInTheOrderTheSpecificationDemands() throws {
    XCTAssertEqual(
      try file().order,
      [
        "LIST INFO", "ifil", "isng", "INAM", "ICOP", "ICMT", "LIST sdta", "smpl", "LIST pdta", "phdr", "pbag",
        "pmod",
        "pgen", "inst", "ibag", "imod", "igen", "shdr",
      ])
    XCTAssertEqual(try file().chunks["ifil"].map(Array.init), [2, 0, 1, 0])
  }

  func testEveryListEndsInItsTerminalRecord() throws {
    let file = try file()
    let named: [(String, Int, String)] = [("phdr", 38, "EOP"), ("inst", 22, "EOI"), ("shdr", 46, "EOS")]
    for (chunk, size, name) in named {
      let last = try XCTUnwrap(file.records(chunk, size: size).last)
      XCTAssertEqual(SoundFontFile.text(last[0..<20]), name)
    }
    for (chunk, size) in [("pmod", 10), ("pgen", 4), ("imod", 10), ("igen", 4)] {
      let last = try XCTUnwrap(file.records(chunk, size: size).last)
      XCTAssertTrue(last.allSatisfy { $0 == 0 }, chunk)
    }
  }

  func testIndicesRiseAndEndAtTheSizeOfTheNextChunk() throws {
    let file = try file()
    let links: [(chunk: String, size: Int, field: Int, next: String, nextSize: Int)] = [
      ("phdr", 38, 24, "pbag", 4), ("pbag", 4, 0, "pgen", 4), ("pbag", 4, 2, "pmod", 10),
      ("inst", 22, 20, "ibag", 4),
      ("ibag", 4, 0, "igen", 4), ("ibag", 4, 2, "imod", 10),
    ]
    for link in links {
      let indices = try file.records(link.chunk, size: link.size).map {
        SoundFontFile.number($0[link.field..<link.field + 2])
      }
      XCTAssertEqual(indices.first, 0, link.chunk)
      XCTAssertEqual(indices, indices.sorted(), link.chunk)
      XCTAssertEqual(indices.last, try file.records(link.next, size: link.nextSize).count - 1, link.chunk)
    }
  }

  func testRangesComeFirstAndTheTargetLastInEveryZone() throws {
    let file = try file()
    for (bags, generators, target) in [("pbag", "pgen", 41), ("ibag", "igen", 53)] {
      let kinds = try file.records(generators, size: 4).map { SoundFontFile.number($0[0..<2]) }
      let starts = try file.records(bags, size: 4).map { SoundFontFile.number($0[0..<2]) }
      for (start, end) in zip(starts, starts.dropFirst()) {
        let zone = Array(kinds[start..<end])
        XCTAssertEqual(Set(zone).count, zone.count, "a generator twice in a zone at \(start)")
        if let place = zone.firstIndex(of: 43) { XCTAssertEqual(place, 0) }
        if let place = zone.firstIndex(of: target) { XCTAssertEqual(place, zone.count - 1) }
      }
    }
  }

  func testAllGeneralMIDIProgramsAndTheDrumKitArePresent() throws {
    let presets = try file().records("phdr", size: 38).dropLast().map {
      [SoundFontFile.number($0[22..<24]), SoundFontFile.number($0[20..<22])]
    }
    XCTAssertEqual(presets, (0..<128).map { [0, $0] } + [[128, 0]])
  }

  func testEveryInstrumentCoversItsKeysWithoutGapsAndNamesExistingSamples() {
    let font = Band.soundFont()
    for instrument in font.instruments {
      var covered = Set<Int>()
      for zone in instrument.zones.dropFirst() {
        covered.formUnion(zone.keys ?? 0...127)
        XCTAssertTrue(font.samples.indices.contains(zone.target ?? -1), instrument.name)
      }
      XCTAssertNil(instrument.zones.first?.target, instrument.name)
      XCTAssertEqual(covered, Set(0...127), instrument.name)
    }
    for preset in font.presets {
      for zone in preset.zones {
        XCTAssertTrue(font.instruments.indices.contains(zone.target ?? -1), preset.name)
      }
    }
  }

  /// Every key of an instrument with layers sounds at every velocity, strong notes with their stroke.
  func testVelocityLayersMeetWithoutAGapAndDoNotOverlap() throws {
    let font = Band.soundFont()
    for name in ["Fiddle", "Flute", "Tin Whistle"] {
      let instrument = try XCTUnwrap(font.instruments.first { $0.name == name })
      for key in stride(from: 0, through: 127, by: 5) {
        for velocity in 1...127 {
          let zones = instrument.zones.dropFirst().filter {
            ($0.keys ?? 0...127).contains(key) && ($0.velocities ?? 0...127).contains(velocity)
          }
          XCTAssertEqual(zones.count, velocity >= 100 ? 2 : 1, "\(name) \(key) \(velocity)")
        }
      }
    }
  }

  func testDrumKeysSoundOneStrokeEach() {
    for key in 0...127 { XCTAssertEqual(DrumKit.map.filter { $0.keys.contains(key) }.count, 1, "key \(key)") }
  }

  func testSamplesArePaddedWithSilenceAndKeepTheirLoopsInside() throws {
    let file = try file()
    let frames = try file.frames()
    let samples = try file.samples()
    var expectedStart = 0
    for sample in samples {
      XCTAssertEqual(sample.start, expectedStart, sample.name)
      XCTAssertTrue(frames[sample.end..<sample.end + 46].allSatisfy { $0 == 0 }, sample.name)
      XCTAssertEqual(sample.kind, 1, sample.name)
      XCTAssertEqual(sample.link, 0, sample.name)
      XCTAssertTrue((400...50_000).contains(sample.rate), sample.name)
      XCTAssertGreaterThanOrEqual(sample.end - sample.start, 48, sample.name)
      if !sample.loop.isEmpty {
        XCTAssertGreaterThanOrEqual(sample.loop.lowerBound, sample.start + 8, sample.name)
        XCTAssertLessThanOrEqual(sample.loop.upperBound + 8, sample.end, sample.name)
        XCTAssertGreaterThanOrEqual(sample.loop.count, 32, sample.name)
      }
      expectedStart = sample.end + 46
    }
    XCTAssertEqual(frames.count, expectedStart)
  }

  func testFileStaysSmall() {
    XCTAssertLessThanOrEqual(Self.bytes.count, 1_500_000)
  }

  func testRebuiltFileIsTheCommittedOneBitForBit() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let committed = try Data(contentsOf: root.appendingPathComponent("SoundFonts/Hornpipe.sf2"))
    XCTAssertTrue(committed == Data(Self.bytes), "run `make soundfont` and commit SoundFonts/Hornpipe.sf2")
  }
}
