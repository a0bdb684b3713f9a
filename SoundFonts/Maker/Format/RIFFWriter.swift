/// Little-endian bytes of RIFF chunks (SoundFont 2.04, section 3).
struct RIFFWriter {
  private(set) var bytes: [UInt8] = []

  /// Appends an integer, low byte first.
  mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Appends ASCII text filled with zeros to exactly `length` bytes, the last of which is zero.
  mutating func append(name: String, length: Int) {
    let text = Array(name.utf8)
    precondition(
      text.count < length && text.allSatisfy { $0 < 128 }, "name \(name) does not fit \(length) bytes")
    bytes += text
    bytes += Array(repeating: 0, count: length - text.count)
  }

  /// Appends a chunk: four-letter name, size, contents, and the padding byte that an odd size needs.
  mutating func append(chunk: String, _ contents: [UInt8]) {
    precondition(chunk.utf8.count == 4, "a chunk's name has four letters")
    bytes += Array(chunk.utf8)
    append(UInt32(contents.count))
    bytes += contents
    if !contents.count.isMultiple(of: 2) { bytes.append(0) }
  }

  /// Appends a chunk whose contents `write` produces.
  mutating func append(chunk: String, _ write: (inout RIFFWriter) -> Void) {
    var inner = RIFFWriter()
    write(&inner)
    append(chunk: chunk, inner.bytes)
  }

  /// Appends a chunk of text, ended by one or two zeros so that its size is even (section 5).
  mutating func append(chunk: String, text: String) {
    let length = text.utf8.count
    append(chunk: chunk) { $0.append(name: text, length: length + (length.isMultiple(of: 2) ? 2 : 1)) }
  }

  /// Appends a RIFF or LIST chunk of the given form.
  mutating func append(list kind: String, form: String, _ write: (inout RIFFWriter) -> Void) {
    append(chunk: kind) { inner in
      inner.bytes += Array(form.utf8)
      write(&inner)
    }
  }
}
