import ABCNotation
import XCTest

@testable import ABCToMIDI

/// What holds for every accompaniment, tried on random plans.
final class AccompanimentPropertyTests: XCTestCase {
  /// SplitMix64: the same numbers on every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let meters = [
    "4/4", "3/4", "6/8", "2/4", "9/8", "5/4", "7/8", "(3+2+2)/8", "none", "3/2", "11/8", "1/4",
  ].compactMap { Meter(parsing: $0) }
  private static let symbols = [
    "C", "G7", "Am/C", "F#dim7", "Bbmaj9", "D11", "Cx", "Fine", "N.C.", "E/D", "B5", "A7/c+", "(D7)",
  ]
  private static let commands = [
    "gchord", "gchord fzczfzcz", "gchord bghijGHIJ", "gchord c3b2z", "gchord b", "gchord ccc", "gchordbars 3",
    "gchordbars 1", "gchordoff", "gchordon", "gchordon", "chordvol 40", "bassvol 0", "bassvol 90",
    "chordprog 24 octave=2", "bassprog 32 octave=-2", "chordname x 0 0 90 -60 4",
    "drum d2zdd 35 38 38 100 50",
    "drum ddd", "drumbars 2", "drumbars 1", "drumon", "drumon", "drumoff", "droneon", "droneoff",
    "drone 70 60 60", "drone 20 40 52 90 1",
  ]

  private func plan(_ random: inout Generator) throws -> AccompanimentPlan {
    var plan = AccompanimentPlan()
    var onset = Fraction.zero
    var meter = Meter.common
    for _ in 0..<Int.random(in: 0...24, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0 {
        meter = Self.meters.randomElement(using: &random) ?? meter
      }
      var length = meter.barLength ?? Fraction(Int.random(in: 1...20, using: &random), 8)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: length = Fraction(Int.random(in: 0...30, using: &random), 16)
      case 1: length = length * Fraction(Int.random(in: 1...5, using: &random), 3)
      default: break
      }
      plan.bars.append(.init(onset: onset, length: length, meter: meter))
      let places = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        length * Fraction(Int.random(in: 0...11, using: &random), 12)
      }
      for place in places.sorted() {
        plan.instructions.append(.init(onset: onset + place, instruction: try instruction(&random)))
      }
      onset += length
    }
    return plan
  }

  private func instruction(_ random: inout Generator) throws -> AccompanimentPlan.Instruction {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .transposition(Int.random(in: -40...40, using: &random))
    case 1..<10: return .chordSymbol(Self.symbols.randomElement(using: &random) ?? "C")
    default:
      let words = (Self.commands.randomElement(using: &random) ?? "").split(separator: " ")
      return .directive(
        try XCTUnwrap(AccompanimentDirective(command: words[0], arguments: Array(words.dropFirst()))))
    }
  }

  func testEveryNoteIsSound() throws {
    var random = Generator(state: 2026)
    var noteCount = 0
    for round in 0..<3000 {
      let plan = try plan(&random)
      for track in Accompaniment.tracks(for: plan) {
        XCTAssertFalse(track.layers.isEmpty, "\(round)")
        for layer in track.layers {
          try check(layer, end: plan.end, "round \(round), \(track.name)")
          noteCount += layer.notes.count
        }
      }
    }
    XCTAssertGreaterThan(noteCount, 100_000)
  }

  private func check(_ layer: AccompanimentTrack.Layer, end: Fraction, _ place: String) throws {
    XCTAssertFalse(layer.notes.isEmpty, place)
    var ends: [Int: Fraction] = [:]
    var previous = Fraction.zero
    for note in layer.notes {
      let isSound =
        note.duration > .zero && note.onset >= previous && note.onset + note.duration <= end
        && (0...127).contains(note.pitch) && (1...127).contains(note.velocity)
        && note.onset >= ends[note.pitch] ?? .zero
      guard isSound else { return XCTFail("\(place): \(note)") }
      previous = note.onset
      ends[note.pitch] = note.onset + note.duration
    }
    XCTAssertEqual(layer.programs.isEmpty, layer.isPercussion, place)
    for (left, right) in zip(layer.programs, layer.programs.dropFirst()) {
      XCTAssertLessThan(left.onset, right.onset, place)
    }
    if let first = layer.programs.first { XCTAssertEqual(first.onset, .zero, place) }
  }

  /// The same plan gives the same notes.
  func testItIsDeterministic() throws {
    var first = Generator(state: 7)
    var second = Generator(state: 7)
    for _ in 0..<100 {
      let left = Accompaniment.tracks(for: try plan(&first))
      let right = Accompaniment.tracks(for: try plan(&second))
      XCTAssertEqual(left.map { $0.layers.map(\.notes) }, right.map { $0.layers.map(\.notes) })
    }
  }
}
