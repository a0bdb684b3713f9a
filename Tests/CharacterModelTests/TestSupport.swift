import XCTest

@testable import CharacterModel

extension RandomSource {
  mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in range.lowerBound + Float(nextUnit()) * (range.upperBound - range.lowerBound) }
  }

  mutating func characters(_ count: Int, below limit: Int) -> [Int32] {
    (0..<count).map { _ in Int32(nextIndex(below: limit)) }
  }
}

/// Every instruction set that this machine runs.
let availableKernels = InstructionSet.allCases.compactMap { Kernels($0) }

/// A vocabulary of the first `count` letters.
func letters(_ count: Int) throws -> Vocabulary {
  try Vocabulary(entries: (0..<count).map { String(Unicode.Scalar(UInt8(97 + $0))) })
}

func assertClose(
  _ actual: [Float], _ expected: [Double], relative: Double, absolute: Double, _ message: String = "",
  file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(actual.count, expected.count, message, file: file, line: line)
  for (index, (a, b)) in zip(actual, expected).enumerated() {
    // Written so that NaN fails.
    guard abs(Double(a) - b) <= absolute + relative * abs(b) else {
      XCTFail("\(message) [\(index)]: \(a) is not close to \(b)", file: file, line: line)
      return
    }
  }
}

/// Checks that `body` throws a `CharacterModelError` that `matches` accepts.
func assertThrows<Value>(
  _ body: @autoclosure () throws -> Value, _ name: String = "", file: StaticString = #filePath,
  line: UInt = #line, where matches: (CharacterModelError) -> Bool
) {
  XCTAssertThrowsError(try body(), name, file: file, line: line) { error in
    guard let error = error as? CharacterModelError else {
      XCTFail("\(name): not a CharacterModelError: \(error)", file: file, line: line)
      return
    }
    XCTAssertTrue(matches(error), "\(name): unexpected error: \(error)", file: file, line: line)
  }
}

/// A file path in a folder of its own, which goes away after the test.
func temporaryPath(_ name: String, for test: XCTestCase) throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  test.addTeardownBlock { try FileManager.default.removeItem(at: folder) }
  return folder.appending(path: name).path
}
