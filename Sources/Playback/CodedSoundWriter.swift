import CSndFile
import CSndFileLoader
import Glibc
import SystemFiles

/// A FLAC or Ogg Vorbis file by libsndfile, written whole or not at all, of the same bytes for the same sound.
@safe
final class CodedSoundWriter: SoundFileWriter {
  private let path: String
  /// Where the file grows: beside its place, or for a pipe or a device, which takes the bytes in the end, among those that the
  /// system throws away.
  private let temporaryPath: String
  private let isFile: Bool
  private let file: FileDescriptor
  private let format: SoundFileFormat
  private var handle: OpaquePointer?
  private var isFinished = false

  /// Begins a file; `title` is kept in it.
  init(path: String, format: SoundFileFormat, title: String) throws(PlaybackError) {
    if let reason = unsafe sndfile_load() {
      throw unsafe .fileNotWritten(
        path: path, operation: "write",
        reason: "\(String(cString: reason)); install the package libsndfile1, or write a .wav file")
    }
    if FileKind(path) == .directory {
      throw .fileNotWritten(path: path, operation: "write", reason: "it is a folder")
    }
    switch FileKind(path) {
    case .special, .link: isFile = false
    case .nothing, .file, .directory: isFile = true
    }
    // What a link leads to is replaced, and the link stays.
    self.path = isFile ? [UInt8].resolved(path) : path
    self.format = format
    temporaryPath = TemporaryName.path(beside: isFile ? self.path : "/tmp/sound")
    do {
      file = try FileDescriptor(opening: temporaryPath, O_RDWR | O_CREAT | O_EXCL)
    } catch {
      throw .fileNotWritten(path: path, operation: "create", reason: error.description)
    }
    var info = SF_INFO()
    info.samplerate = Int32(Synthesizer.sampleRate)
    info.channels = 2
    info.format =
      format == .ogg
      ? Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
      : Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    unsafe handle = sf_open_fd(file.number, Int32(SFM_WRITE), &info, 0)
    guard let handle = unsafe handle else {
      throw .fileNotWritten(path: path, operation: "write", reason: unsafe String(cString: sf_strerror(nil)))
    }
    // 0 is best and largest for Vorbis, where a melody needs little; FLAC loses nothing either way.
    var level = format == .ogg ? 0.4 : 0.5
    _ = unsafe sf_command(
      handle, Int32(SFC_SET_COMPRESSION_LEVEL), &level, Int32(MemoryLayout<Double>.size))
    if !title.isEmpty { _ = unsafe sf_set_string(handle, Int32(SF_STR_TITLE), title) }
  }

  deinit {
    guard !isFinished else { return }
    if let handle = unsafe handle { unsafe sf_close(handle) }
    try? file.close()
    unsafe unlink(temporaryPath)
  }

  func append(_ samples: [Int16]) throws(PlaybackError) {
    guard let handle = unsafe handle else { return }
    let frames = samples.count / 2
    let written = unsafe sf_writef_short(handle, samples, sf_count_t(frames))
    guard Int(written) == frames else {
      throw .fileNotWritten(
        path: path, operation: "write", reason: unsafe String(cString: sf_strerror(handle)))
    }
  }

  func finish() throws(PlaybackError) {
    precondition(!isFinished, "a file is finished once")
    guard let handle = unsafe handle else { return }
    let result = unsafe sf_close(handle)
    unsafe self.handle = nil
    guard result == 0 else {
      throw .fileNotWritten(path: path, operation: "write", reason: SystemError.last.description)
    }
    do throws(SystemError) {
      if format == .ogg { try OggPages.renumber(file) }
      try file.close()
      if isFile {
        guard unsafe rename(temporaryPath, path) == 0 else { throw .last }
      } else {
        try [UInt8](contentsOfFile: temporaryPath).write(toFile: path)
        unsafe unlink(temporaryPath)
      }
    } catch {
      isFinished = true
      unsafe unlink(temporaryPath)
      throw .fileNotWritten(path: path, operation: "write", reason: error.description)
    }
    isFinished = true
  }
}

/// The pages of an Ogg file (RFC 3533).
enum OggPages {
  /// Gives a file of one stream the serial number 1. libsndfile draws one by the clock, and the same sound would be other
  /// bytes each time.
  static func renumber(_ file: FileDescriptor) throws(SystemError) {
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0 else { throw .last }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let found = unsafe bytes.withUnsafeMutableBytes { unsafe pread(file.number, $0.baseAddress, $0.count, 0) }
    guard found == bytes.count else { throw .last }
    renumber(&bytes)
    let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(file.number, $0.baseAddress, $0.count, 0) }
    guard written == bytes.count else { throw .last }
  }

  static func renumber(_ bytes: inout [UInt8]) {
    var start = 0
    while start + 27 <= bytes.count, bytes[start..<start + 4].elementsEqual("OggS".utf8) {
      let segments = Int(bytes[start + 26])
      guard start + 27 + segments <= bytes.count else { return }
      let body = bytes[start + 27..<start + 27 + segments].reduce(0) { $0 + Int($1) }
      let end = start + 27 + segments + body
      guard end <= bytes.count else { return }
      for (place, byte) in [1, 0, 0, 0].enumerated() { bytes[start + 14 + place] = UInt8(byte) }
      for place in 22..<26 { bytes[start + place] = 0 }
      let sum = checksum(bytes[start..<end])
      for place in 0..<4 { bytes[start + 22 + place] = UInt8(truncatingIfNeeded: sum >> (8 * place)) }
      start = end
    }
  }

  /// The polynomial 0x04c11db7, highest bit first, from zero, as RFC 3533 asks.
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { sum, _ in sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1
    }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 ^ table[Int($0 >> 24 ^ UInt32($1))] }
  }
}
