import Foundation
import XCTest

@testable import hornpipe

final class FixedDecimalsTests: XCTestCase {
  func testNumbersAreRoundedAsPrintfDoes() {
    var numbers: [Double] = [
      0, -0.0, 0.05, 0.15, 0.25, 2.5, 1.005, 99.95, -0.04, 1e22, .leastNonzeroMagnitude,
    ]
    numbers += [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan]
    var random = SystemRandomNumberGenerator()
    numbers += (0..<1000).map { _ in Double.random(in: -1000...1000, using: &random) }
    numbers += (0..<1000).map { _ in Double(bitPattern: random.next()) }
    for number in numbers {
      for decimals in [0, 1, 2, 4] {
        XCTAssertEqual(
          number.text(decimals: decimals), String(format: "%.\(decimals)f", number), "\(number)")
      }
    }
  }
}
