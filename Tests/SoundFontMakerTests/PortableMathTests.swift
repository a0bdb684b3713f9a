import Foundation
import XCTest

@testable import soundfont_maker

final class PortableMathTests: XCTestCase {
  func testSineAgreesWithTheLibrary() {
    for step in -4000...4000 {
      let turns = Double(step) * 0.001_237
      XCTAssertEqual(PortableMath.sine(turns: turns), sin(2 * .pi * turns), accuracy: 1e-11)
    }
  }

  func testExponentialAndLogarithmAgreeWithTheLibrary() {
    for step in -3000...3000 {
      let exponent = Double(step) * 0.017
      XCTAssertEqual(PortableMath.exp2(exponent) / exp2(exponent), 1, accuracy: 1e-12)
      XCTAssertEqual(PortableMath.log2(exp2(exponent)), exponent, accuracy: 1e-11)
    }
    XCTAssertEqual(PortableMath.exp2(-2000), 0)
    XCTAssertEqual(PortableMath.frequency(key: 81), 880, accuracy: 1e-9)
    XCTAssertEqual(PortableMath.power(3, 2.5), pow(3, 2.5), accuracy: 1e-10)
  }

  func testNoiseIsTheSplitMixSequence() {
    var source = NoiseSource(seed: 1_234_567)
    XCTAssertEqual(source.next(), 6_457_827_717_110_365_317)
    XCTAssertEqual(source.next(), 3_203_168_211_198_807_973)
  }

  func testBandPassKeepsItsCentreAndDampsTheRest() {
    func gain(_ frequency: Double) -> Double {
      var filter = BandPass(centre: 1000, quality: 2, rate: 24_000)
      let output = (0..<24_000).map {
        filter.process(PortableMath.sine(turns: frequency * Double($0) / 24_000))
      }
      return output.suffix(12_000).map(abs).max() ?? 0
    }
    XCTAssertEqual(gain(1000), 1, accuracy: 0.01)
    XCTAssertLessThan(gain(250), 0.2)
    XCTAssertLessThan(gain(4000), 0.2)
  }
}
