import Glibc

/// An open file, pipe or device. Who opens one closes it.
package struct FileDescriptor: Sendable {
  package static let standardInput = FileDescriptor(number: STDIN_FILENO)
  package static let standardOutput = FileDescriptor(number: STDOUT_FILENO)
  package static let standardError = FileDescriptor(number: STDERR_FILENO)

  /// What the system's calls know it by.
  package let number: Int32

  private init(number: Int32) {
    self.number = number
  }

  /// Opens what is at a path; `flags` are those of `open`, such as `O_RDONLY`.
  package init(opening path: String, _ flags: Int32) throws(SystemError) {
    var number: Int32
    repeat {
      number = unsafe open(path, flags | O_CLOEXEC, 0o666)
    } while number < 0 && errno == EINTR
    if number < 0 { throw .last }
    self.number = number
  }

  /// Opens what has this name in an open directory; `flags` are those of `open`.
  package init(opening name: String, _ flags: Int32, in directory: FileDescriptor) throws(SystemError) {
    var number: Int32
    repeat {
      number = unsafe name.withCString { unsafe openat(directory.number, $0, flags | O_CLOEXEC, 0o666) }
    } while number < 0 && errno == EINTR
    if number < 0 { throw .last }
    self.number = number
  }

  package func close() throws(SystemError) {
    if Glibc.close(number) != 0 { throw .last }
  }

  /// Writes all of the bytes, however many the system takes at a time.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(number, buffer.baseAddress! + written, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw .last }
      written += count
    }
  }

  /// Waits until what was written is on the disk.
  package func flush() throws(SystemError) {
    if fsync(number) != 0 { throw .last }
  }

  /// What is there to be read now, at most so many bytes; waits for the first. Empty at the end.
  package func readAvailable(atMost limit: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var found: Int
      repeat {
        found = unsafe Glibc.read(number, buffer.baseAddress, limit)
      } while found < 0 && errno == EINTR
      if found < 0 { failure = .last }
      count = max(found, 0)
    }
    if let failure { throw failure }
    return bytes
  }

  /// The bytes from here to the end.
  package func readToEnd() throws(SystemError) -> [UInt8] {
    // With room for one byte more than is expected, the end shows without a larger array.
    var limit = expectedCount.map { $0 + 1 } ?? 1 << 16
    var bytes = try read(atMost: limit)
    while bytes.count == limit {
      bytes += try read(atMost: limit)
      limit *= 2
    }
    return bytes
  }

  /// How many bytes follow in a file; nil for what has no size, as pipes and the files of `/proc`.
  package var expectedCount: Int? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let count = Int(status.st_size) - max(Int(lseek(number, 0, SEEK_CUR)), 0)
    return count > 0 ? count : nil
  }

  /// The next bytes; fewer than asked for only at the end.
  private func read(atMost limit: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < limit {
        let found = unsafe Glibc.read(number, buffer.baseAddress! + count, limit - count)
        if found < 0 && errno == EINTR { continue }
        if found < 0 { failure = .last }
        if found <= 0 { break }
        count += found
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
