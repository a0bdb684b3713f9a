/// `ABC005` and `ABC006`: characters that no text should have, wherever they stand.
enum CharacterRule {
  /// Looks at a piece of a text.
  static func findings(in window: TextWindow) -> [Diagnostic] {
    let bytes = window.bytes
    var hasControl = false
    var isPlain = true
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // Without a branch, many bytes at a time.
      var controls: UInt8 = 0
      var high: UInt8 = 0
      for index in buffer.indices {
        let byte = unsafe buffer[index]
        let isBlank = byte &- 9 < 5
        controls |= (byte < 0x20 && !isBlank) || byte == 0x7F ? 1 : 0
        high |= byte
      }
      hasControl = controls != 0
      isPlain = high < 0x80
    }
    var found: [Diagnostic] = []
    if hasControl { found += controls(in: bytes, base: window.base) }
    if !isPlain, window.encoding == .utf8 { found += doubleEncoded(in: bytes, base: window.base) }
    return found
  }

  /// One finding for each run of them, and no more than one a line.
  private static func controls(in bytes: [UInt8], base: Int) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var line = 0
    var latestLine = -1
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, isControl(bytes[index]) { index += 1 }
      if index == start {
        if bytes[index].isLineEnd { line += 1 }
        index += 1
        continue
      }
      if line != latestLine {
        found.append(
          Diagnostic(
            .controlCharacter, (start + base)..<(index + base),
            "a control character (number \(bytes[start])) stands here; take it away"))
      }
      latestLine = line
    }
    return found
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(9...13).contains(byte) || byte == 0x7F
  }

  /// Runs of characters beyond ASCII whose bytes in Windows-1252 are UTF-8 of fewer characters.
  private static func doubleEncoded(in bytes: [UInt8], base: Int) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var index = 0
    while let start = bytes.firstBeyondASCII(from: index) {
      index = start
      while index < bytes.count, bytes[index] >= 0x80 { index += 1 }
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      guard let meant = WindowsText.undone(text) else { continue }
      found.append(
        Diagnostic(
          .doubleEncodedText, (start + base)..<(index + base),
          "'\(text)' is '\(meant)', read with the wrong encoding and written again", replacement: meant))
    }
    return found
  }
}

/// The character set Windows-1252, which most programs take for Latin-1.
private enum WindowsText {
  /// What a text was before its UTF-8 was taken for Windows-1252; nil if that never happened.
  static func undone(_ text: String) -> String? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byte(of: scalar.value) else { return nil }
      bytes.append(byte)
    }
    guard bytes.count > 1, let meant = String(validating: bytes, as: UTF8.self) else { return nil }
    return meant
  }

  private static func byte(of scalar: UInt32) -> UInt8? {
    if scalar < 0x100 { return UInt8(scalar) }
    return upperHalf.firstIndex(of: scalar).map { UInt8(0x80 + $0) }
  }

  /// The characters of the bytes 0x80 to 0x9F.
  private static let upperHalf: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153,
    0x9D,
    0x17E, 0x178,
  ]
}
