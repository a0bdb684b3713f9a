import Glibc
import SystemFiles

/// A look at the build of a SoundFont file before FluidSynth reads it (SoundFont 2.04, sections 4 and 7).
///
/// FluidSynth plays a font whose end is missing without a word, says no more than that loading failed where
/// it notices, and hands what it cannot read to a library that prints.
struct SoundFontFile: ~Copyable {
  /// The parts of `pdta` in their order, and the bytes of a record of each.
  private static let records = [
    ("phdr", 38), ("pbag", 4), ("pmod", 10), ("pgen", 4), ("inst", 22), ("ibag", 4), ("imod", 10),
    ("igen", 4), ("shdr", 46),
  ]

  private struct Chunk {
    let type: String
    let body: Range<Int>
  }

  private let path: String
  private let descriptor: Int32

  /// Throws unless the file can be read, is RIFF of form `sfbk`, is as long as its header says, and holds
  /// the three lists of a font, the last of them with its nine parts.
  static func check(path: String) throws(PlaybackError) {
    let file = try SoundFontFile(path)
    let lists = try file.lists()
    for list in ["INFO", "sdta", "pdta"] {
      guard let body = lists[list] else { throw file.flaw("it has no \"\(list)\" part") }
      if list == "pdta" { try file.checkRecords(in: body) }
    }
  }

  private init(_ path: String) throws(PlaybackError) {
    // A pipe is opened without waiting for it, and then refused like all that is no file.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .soundFontNotReadable(path: path, reason: SystemError.last.description)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// The bodies of the lists by their types.
  private func lists() throws(PlaybackError) -> [String: Range<Int>] {
    let size = try size()
    guard let header = read(12, at: 0), header.word(at: 0) == "RIFF", header.word(at: 8) == "sfbk" else {
      throw flaw("it does not begin with a RIFF sfbk header")
    }
    let end = 8 + header.size(at: 4)
    guard size >= end else {
      throw flaw("it is cut short, \(size) bytes long where its header says \(end)")
    }
    var lists: [String: Range<Int>] = [:]
    for chunk in try chunks(in: 12..<end) where chunk.type == "LIST" && chunk.body.count >= 4 {
      guard let type = read(4, at: chunk.body.lowerBound) else { throw flaw("it cannot be read") }
      lists[type.word(at: 0)] = chunk.body.dropFirst(4)
    }
    return lists
  }

  private func checkRecords(in body: Range<Int>) throws(PlaybackError) {
    let chunks = try chunks(in: body)
    guard chunks.map(\.type) == Self.records.map(\.0) else {
      throw flaw("its \"pdta\" part does not hold the nine parts of a font")
    }
    for (chunk, (type, length)) in zip(chunks, Self.records) {
      guard chunk.body.count >= length, chunk.body.count.isMultiple(of: length) else {
        throw flaw("its \"\(type)\" part is not made of records of \(length) bytes")
      }
    }
  }

  private func chunks(in range: Range<Int>) throws(PlaybackError) -> [Chunk] {
    var chunks: [Chunk] = []
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      guard let header = read(8, at: offset) else { throw flaw("it cannot be read") }
      let type = header.word(at: 0)
      let length = header.size(at: 4)
      guard length <= range.upperBound - offset - 8 else { throw flaw("its part \"\(type)\" is cut short") }
      chunks.append(Chunk(type: type, body: offset + 8..<offset + 8 + length))
      offset += 8 + length + length % 2
    }
    return chunks
  }

  private func size() throws(PlaybackError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .soundFontNotReadable(path: path, reason: SystemError.last.description)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .soundFontNotReadable(path: path, reason: "it is not a file")
    }
    return Int(status.st_size)
  }

  private func read(_ count: Int, at offset: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, count, offset)
    }
    return found == count ? bytes : nil
  }

  private func flaw(_ reason: String) -> PlaybackError {
    .notASoundFont(path: path, reason: reason)
  }
}

extension [UInt8] {
  fileprivate func word(at index: Int) -> String {
    String(decoding: self[index..<index + 4], as: UTF8.self)
  }

  fileprivate func size(at index: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(self[index + $1]) << (8 * $1) }
  }
}
