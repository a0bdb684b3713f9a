import XCTest

@testable import SystemFiles

final class PathNameTests: XCTestCase {
  func testParts() {
    for (path, component, folder, fileExtension, withoutExtension) in [
      ("", "", "", "", ""), ("/", "/", "/", "", "/"), ("//", "/", "/", "", "/"),
      ("a", "a", "", "", "a"), ("a/", "a", "", "", "a"), ("/a", "a", "/", "", "/a"),
      ("a/b", "b", "a", "", "a/b"), ("a//b//", "b", "a", "", "a//b"), ("/a/b", "b", "/a", "", "/a/b"),
      ("a.abc", "a.abc", "", "abc", "a"), ("x/a.b.c", "a.b.c", "x", "c", "x/a.b"),
      ("x.y/a", "a", "x.y", "", "x.y/a"), ("x.wav/", "x.wav", "", "wav", "x"),
      (".abc", ".abc", "", "", ".abc"), ("x/.abc", ".abc", "x", "", "x/.abc"), ("a.", "a.", "", "", "a."),
      (".", ".", "", "", "."), ("..", "..", "", "", ".."), ("a/..", "..", "a", "", "a/.."),
      ("ä/ö.ü", "ö.ü", "ä", "ü", "ä/ö"), ("a/\u{301}.b", "\u{301}.b", "a", "b", "a/\u{301}"),
    ] {
      let name = PathName(path)
      XCTAssertEqual(name.lastComponent, component, path)
      XCTAssertEqual(name.folder, folder, path)
      XCTAssertEqual(name.fileExtension, fileExtension, path)
      XCTAssertEqual(name.withoutExtension, withoutExtension, path)
    }
  }

  func testAppending() {
    for (folder, path) in [
      ("", "a.abc"), ("/", "/a.abc"), ("x", "x/a.abc"), ("x/", "x/a.abc"), (".", "./a.abc"),
    ] {
      XCTAssertEqual(PathName(folder).appending("a.abc"), path)
    }
  }

  func testTemporaryNamesAreInTheSameFolder() {
    for (path, folder) in [("a", ""), ("/a", "/"), ("x/y/a", "x/y")] {
      let temporary = PathName(TemporaryName.path(beside: path))
      XCTAssertEqual(temporary.folder, folder)
      XCTAssertTrue(temporary.lastComponent.hasPrefix(".hornpipe-"))
      XCTAssertNotEqual(TemporaryName.path(beside: path), TemporaryName.path(beside: path))
    }
  }
}
