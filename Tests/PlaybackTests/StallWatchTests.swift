import XCTest

@testable import Playback

final class StallWatchTests: XCTestCase {
  func testTimeIsUpOnceNothingHasMovedForTheLimit() {
    XCTAssertTrue(StallWatch(limitSeconds: 0).isOver)
    var watch = StallWatch(limitSeconds: 3600)
    XCTAssertFalse(watch.isOver)
    watch.restart()
    XCTAssertFalse(watch.isOver)
  }
}
