import Foundation
import XCTest

@testable import soundfont_maker

/// What the samples hold: their pitch, their loops and their level.
final class SoundFontSampleTests: XCTestCase {
  private static let font = Band.soundFont()

  private static let looped = font.samples.filter { $0.loop != nil }

  /// Pitch from the phase that the fundamental advances between two windows of the sample's steady part, played on by
  /// its loop; the centre is the nearest of the frequencies that repeat with it.
  private func cents(of sample: SoundFont.Sample) throws -> Double {
    let loop = try XCTUnwrap(sample.loop)
    let expected = 440 * pow(2, Double(sample.rootKey - 69) / 12)
    let window = 8192
    let distance = 4096
    let played = (0..<window + distance).map { Double(sample.frames[loop.lowerBound + $0 % loop.count]) }
    func phase(from start: Int) -> Double {
      var real = 0.0
      var imaginary = 0.0
      for index in 0..<window {
        let hann = 0.5 - 0.5 * cos(2 * .pi * Double(index) / Double(window))
        let angle = 2 * .pi * expected * Double(index) / Double(sample.rate)
        real += hann * played[start + index] * cos(angle)
        imaginary -= hann * played[start + index] * sin(angle)
      }
      return atan2(imaginary, real)
    }
    let turns = expected * Double(distance) / Double(sample.rate)
    var deviation = (phase(from: distance) - phase(from: 0)) / (2 * .pi) - (turns - turns.rounded(.down))
    deviation -= deviation.rounded()
    return 1200 * log2(1 + deviation / turns)
  }

  func testEverySampleIsInTuneWithinTwoCents() throws {
    XCTAssertGreaterThan(Self.looped.count, 80)
    for sample in Self.looped {
      XCTAssertLessThan(abs(try cents(of: sample)), 2, sample.name)
    }
  }

  func testPitchMeasurementNoticesThreeCents() throws {
    var sample = try XCTUnwrap(Self.looped.first)
    sample.rate = Int((Double(sample.rate) * pow(2, 3.0 / 1200)).rounded())
    XCTAssertGreaterThan(abs(try cents(of: sample)), 2)
  }

  func testLoopsRepeatExactlyAcrossTheirSeam() throws {
    for sample in Self.looped {
      let loop = try XCTUnwrap(sample.loop)
      for offset in 0..<Tone.guardFrames {
        let before = Int(sample.frames[loop.lowerBound + offset])
        let after = Int(sample.frames[loop.upperBound + offset])
        XCTAssertLessThanOrEqual(abs(before - after), 2, "\(sample.name) at \(offset)")
      }
      // The sound has settled when the loop begins: what leads into it is what leads into its end.
      for offset in 1...Tone.guardFrames {
        let before = Int(sample.frames[loop.lowerBound - offset])
        let after = Int(sample.frames[loop.upperBound - offset])
        XCTAssertLessThanOrEqual(abs(before - after), 40, "\(sample.name) at -\(offset)")
      }
    }
  }

  func testSamplesAreLoudYetUnclippedAndFreeOfDirectCurrent() throws {
    for sample in Self.font.samples {
      let peak = try XCTUnwrap(sample.frames.map { abs(Int($0)) }.max())
      XCTAssertLessThan(peak, 32_000, sample.name)
      XCTAssertGreaterThan(peak, 3_000, sample.name)
      let mean = sample.frames.reduce(0) { $0 + Int($1) } / sample.frames.count
      XCTAssertLessThan(abs(mean), 600, sample.name)
    }
  }

  func testSamplesStartAndStrokesEndInSilence() throws {
    for sample in Self.font.samples {
      XCTAssertLessThan(abs(Int(sample.frames[0])), 1_500, sample.name)
      if sample.loop == nil {
        XCTAssertLessThan(abs(Int(try XCTUnwrap(sample.frames.last))), 40, sample.name)
      }
    }
  }
}
