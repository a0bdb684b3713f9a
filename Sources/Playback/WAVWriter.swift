import Glibc
import SystemFiles

/// A WAV file of 44.1 kHz, two channels and 16 bits, written whole or not at all: it grows under another
/// name in the same folder and takes its own when `finish()` is called. Until then nothing at the path
/// changes, and without `finish()` nothing stays behind.
///
/// A path that is not a file, such as a pipe or `/dev/stdout`, is written to as it is.
public final class WAVWriter {
  static let headerLength = 44
  /// The most bytes of sound whose sizes a header can hold.
  static let maximumDataLength = Int(UInt32.max) - headerLength

  private let path: String
  /// nil where the path is written to directly.
  private let temporaryPath: String?
  private let file: FileDescriptor
  private var dataLength = 0
  private var pending: [UInt8] = []
  private var isFinished = false
  private static let pendingLength = 1 << 16

  /// Begins a file.
  public init(path: String) throws(PlaybackError) {
    self.path = path
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .fileNotWritten(path: path, operation: "write", reason: "it is a folder")
    }
    let isFile = !exists || status.st_mode & S_IFMT == S_IFREG
    temporaryPath = isFile ? TemporaryName.path(beside: path) : nil
    do {
      file = try FileDescriptor(
        opening: temporaryPath ?? path, isFile ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY)
    } catch {
      throw .fileNotWritten(path: path, operation: "create", reason: error.description)
    }
    // The sizes of an endless stream, for readers of a pipe.
    pending = Self.header(dataLength: Self.maximumDataLength)
  }

  deinit {
    guard !isFinished else { return }
    try? file.close()
    if let temporaryPath { unsafe unlink(temporaryPath) }
  }

  /// Adds frames, left and right in turn.
  public func append(_ samples: [Int16]) throws(PlaybackError) {
    dataLength += 2 * samples.count
    guard dataLength <= Self.maximumDataLength else {
      let seconds = Double(dataLength / 4) / Double(Synthesizer.sampleRate)
      throw .tooLong(path: path, seconds: seconds)
    }
    for sample in samples {
      pending.append(UInt8(truncatingIfNeeded: sample))
      pending.append(UInt8(truncatingIfNeeded: sample >> 8))
    }
    if pending.count >= Self.pendingLength { try flush() }
  }

  /// Completes the file and gives it its name. To be called once, last.
  public func finish() throws(PlaybackError) {
    precondition(!isFinished, "a file is finished once")
    try flush()
    let header = Self.header(dataLength: dataLength)
    let isPatched = unsafe header.withUnsafeBytes { bytes in
      unsafe pwrite(file.number, bytes.baseAddress, bytes.count, 0) == bytes.count
    }
    guard isPatched || temporaryPath == nil else {
      throw .fileNotWritten(path: path, operation: "write", reason: SystemError.last.description)
    }
    isFinished = true
    do throws(SystemError) {
      try file.close()
      if let temporaryPath, unsafe rename(temporaryPath, path) != 0 { throw .last }
    } catch {
      guard let temporaryPath else { return }
      unsafe unlink(temporaryPath)
      throw .fileNotWritten(path: path, operation: "write", reason: error.description)
    }
  }

  private func flush() throws(PlaybackError) {
    do {
      try file.write(pending)
    } catch {
      throw .fileNotWritten(path: path, operation: "write", reason: error.description)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The canonical 44 bytes: RIFF, a format chunk of PCM, and the head of the data chunk.
  static func header(dataLength: Int) -> [UInt8] {
    func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let rate = Synthesizer.sampleRate
    return Array("RIFF".utf8) + littleEndian(dataLength + headerLength - 8, 4) + Array("WAVEfmt ".utf8)
      + littleEndian(16, 4) + littleEndian(1, 2) + littleEndian(2, 2) + littleEndian(rate, 4)
      + littleEndian(4 * rate, 4) + littleEndian(4, 2) + littleEndian(16, 2) + Array("data".utf8)
      + littleEndian(dataLength, 4)
  }
}
