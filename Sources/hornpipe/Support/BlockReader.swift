import ABCNotation
import FoundationEssentials
import Glibc
import SystemFiles

/// Reads an input as parts that can be checked one by one: all of it at once where it is short, else in blocks, so
/// that a file of any length takes no more memory than a few of them.
struct BlockReader {
  /// A part of an input.
  struct Block: Sendable {
    let source: SourceText
    /// For a part of a file, what its first tune does not say; nil where it is the whole.
    let header: FileHeader?
    /// What is to be said of the encoding of the whole file, if it shows in this part.
    let encodingFinding: Diagnostic?
    let isFirst: Bool
  }

  /// Files up to this length are read at once.
  private static let wholeLength = 4 << 20
  private static let chunk = 1 << 20

  private let input: InputFiles.Input
  private let file: FileDescriptor
  private let length: Int?
  private var blocks: TextBlocks
  private var encodingFinding: Diagnostic?
  private var header: FileHeader?
  private var position = 0
  private var taken = 0
  private var isOver = false

  /// Opens an input. A long file is read twice: the first time for its encoding.
  init(_ input: InputFiles.Input) throws(InputError) {
    self.input = input
    do {
      var encoding: TextEncoding?
      switch input {
      case .standardInput:
        file = .standardInput
        length = nil
      case .file(let path):
        file = try FileDescriptor(opening: path, O_RDONLY)
        length = file.expectedCount
        if let length, length > Self.wholeLength {
          var detector = EncodingDetector()
          let first = try FileDescriptor(opening: path, O_RDONLY)
          while true {
            let bytes = try first.readAvailable(atMost: Self.chunk)
            if bytes.isEmpty { break }
            detector.look(at: bytes)
          }
          try first.close()
          detector.finish()
          encoding = detector.encoding
          encodingFinding = detector.finding
        }
      }
      blocks = TextBlocks(
        name: input.name, encoding: encoding,
        length: length.map { $0 <= Self.wholeLength } == true ? .max : Self.chunk)
    } catch {
      throw InputError(input, error)
    }
  }

  /// How much of the input has been read, 0…1; 0 where nobody knows how long it is.
  var share: Double { length.map { $0 > 0 ? min(Double(position) / Double($0), 1) : 1 } ?? 0 }

  /// The next part, or nil at the end.
  mutating func next() throws(InputError) -> Block? {
    while !isOver {
      let bytes: [UInt8]
      do {
        bytes = try file.readAvailable(atMost: Self.chunk)
      } catch {
        throw InputError(input, error)
      }
      if bytes.isEmpty {
        isOver = true
        if case .file = input { try? file.close() }
        let isWhole = header == nil
        // An empty file is a text too.
        let last = blocks.finish() ?? (isWhole ? SourceText(name: input.name, bytes: []) : nil)
        return last.map { block($0, isWhole: isWhole) }
      }
      position += bytes.count
      if let source = blocks.append(bytes) { return block(source, isWhole: false) }
    }
    return nil
  }

  private mutating func block(_ source: SourceText, isWhole: Bool) -> Block {
    let isFirst = taken == 0
    if !isWhole, header == nil { header = FileHeader(of: source) }
    var finding: Diagnostic?
    if let found = encodingFinding, (taken..<(taken + source.bytes.count)).contains(found.range.lowerBound) {
      finding = found.moved(by: -taken)
    }
    taken += source.bytes.count
    return Block(
      source: source, header: isWhole ? nil : header,
      encodingFinding: header?.declaresCharset == true ? nil : finding,
      isFirst: isFirst)
  }
}
