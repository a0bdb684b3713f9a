import Glibc

/// A look at a SoundFont file before FluidSynth sees it, since FluidSynth says no more than that loading
/// failed, and reads a font whose end is missing without a word.
enum SoundFontFile {
  /// Throws unless the file can be read, is RIFF of form `sfbk`, is as long as its header says, and holds
  /// the three lists of SoundFont 2.04, section 4.
  static func check(path: String) throws(PlaybackError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .soundFontNotReadable(path: path, reason: systemError()) }
    defer { close(descriptor) }

    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .soundFontNotReadable(path: path, reason: systemError())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .soundFontNotReadable(path: path, reason: "it is not a file")
    }
    let size = Int(status.st_size)
    guard let header = read(12, from: descriptor, at: 0), header.word(at: 0) == "RIFF",
      header.word(at: 8) == "sfbk"
    else { throw .notASoundFont(path: path, reason: "it does not begin with a RIFF sfbk header") }
    let end = 8 + header.size(at: 4)
    guard size >= end else {
      throw .notASoundFont(
        path: path, reason: "it is cut short, \(size) bytes long where its header says \(end)")
    }

    var lists: [String] = []
    var offset = 12
    while offset + 12 <= end, let chunk = read(12, from: descriptor, at: offset) {
      offset += 8 + chunk.size(at: 4) + chunk.size(at: 4) % 2
      guard offset <= end + 1 else {
        throw .notASoundFont(path: path, reason: "its part \"\(chunk.word(at: 8))\" is cut short")
      }
      if chunk.word(at: 0) == "LIST" { lists.append(chunk.word(at: 8)) }
    }
    guard let missing = ["INFO", "sdta", "pdta"].first(where: { !lists.contains($0) }) else { return }
    throw .notASoundFont(path: path, reason: "it has no \"\(missing)\" part")
  }

  private static func read(_ count: Int, from descriptor: Int32, at offset: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, count, offset)
    }
    return found == count ? bytes : nil
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
