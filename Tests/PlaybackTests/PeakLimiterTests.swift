import XCTest

@testable import Playback

final class PeakLimiterTests: XCTestCase {
  func testSoundBelowTheCeilingIsUnchanged() {
    var limiter = PeakLimiter()
    for index in 0..<10_000 {
      let value = 0.89 * Float(index % 100 - 50) / 50
      let limited = limiter.limit(value, -value)
      XCTAssertEqual(limited.left, value)
      XCTAssertEqual(limited.right, -value)
    }
  }

  func testNothingPassesTheCeilingAndBothSidesAreTurnedDownAlike() {
    var limiter = PeakLimiter()
    for index in 0..<10_000 {
      let value = Float(index % 1000) / 100
      let limited = limiter.limit(value, -value / 2)
      XCTAssertLessThanOrEqual(abs(limited.left), PeakLimiter.ceiling * 1.000_001)
      XCTAssertEqual(limited.right, -limited.left / 2, accuracy: 1e-6)
    }
  }

  func testNineTenthsOfTheLossAreRegainedInHalfASecond() {
    var limiter = PeakLimiter()
    _ = limiter.limit(8.91, 0)
    var quiet: Float = 0
    for _ in 0..<22_050 { quiet = limiter.limit(0.1, 0).left }
    XCTAssertEqual(quiet, 0.1 * (1 - 0.09), accuracy: 1e-4)
  }
}
