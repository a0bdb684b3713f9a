import XCTest

@testable import CharacterModel

final class RandomSourceTests: XCTestCase {
  func testTheNumbersAreThoseOfXoshiro256StarStar() throws {
    // The state 1, 2, 3, 4 and its first outputs: 2 * 5 rotated by 7, times 9, and so on from the algorithm.
    var random = try XCTUnwrap(RandomSource(state: [1, 2, 3, 4]))
    XCTAssertEqual(
      (0..<6).map { _ in random.next() },
      [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600,
      ])
    XCTAssertNil(RandomSource(state: [0, 0, 0, 0]))
    XCTAssertNil(RandomSource(state: [1, 2, 3]))
  }

  func testASavedStateGoesOnTheSame() throws {
    var random = RandomSource(seed: 42)
    _ = random.next()
    var copy = try XCTUnwrap(RandomSource(state: random.state))
    XCTAssertEqual((0..<5).map { _ in random.next() }, (0..<5).map { _ in copy.next() })
  }

  func testIndicesAreUniform() {
    var random = RandomSource(seed: 1)
    var counts = [Double](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.nextIndex(below: 7)] += 1 }
    let statistic = counts.reduce(0) { $0 + ($1 - 10_000) * ($1 - 10_000) / 10_000 }
    // Chi-square with 6 degrees of freedom: 22.5 is the 0.999 quantile.
    XCTAssertLessThan(statistic, 22.5)
  }

  func testNormalNumbersHaveMeanZeroAndVarianceOne() {
    var random = RandomSource(seed: 1)
    let values = (0..<50_000).map { _ in random.nextNormal() }
    XCTAssertEqual(values.reduce(0, +) / 50_000, 0, accuracy: 0.02)
    XCTAssertEqual(values.reduce(0) { $0 + $1 * $1 } / 50_000, 1, accuracy: 0.03)
    XCTAssertEqual(Double(values.count { abs($0) < 1 }) / 50_000, 0.6827, accuracy: 0.01)
  }

  func testAPermutationHoldsEachNumberOnce() {
    var random = RandomSource(seed: 1)
    XCTAssertEqual(random.permutation(of: 100).sorted(), Array(0..<100))
    XCTAssertEqual(random.permutation(of: 0), [])
    // All orders of three appear alike.
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6_000 { counts[random.permutation(of: 3), default: 0] += 1 }
    XCTAssertEqual(counts.count, 6)
    for count in counts.values { XCTAssertEqual(Double(count), 1_000, accuracy: 150) }
  }
}
