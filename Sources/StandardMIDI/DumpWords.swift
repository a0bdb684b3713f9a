/// The key with its name; middle C, key 60, is C4.
func keyName(_ key: UInt7) -> String {
  let number = Int(key.rawValue)
  return "\(key) \(keyNames[number % 12])\(number / 12 - 1)"
}

private let keyNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

/// Two hexadecimal digits in capitals, as MIDI documents write bytes.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count < 2 ? "0" + digits : digits
}

/// The bytes in brackets.
func hexadecimal(_ bytes: [UInt8]) -> String {
  "[" + bytes.map { hexadecimal($0) }.joined(separator: " ") + "]"
}

/// The text in quotes. Quotes and backslashes have a backslash before them; control characters, whatever else
/// ends a line, and bytes that are not UTF-8 are written as `\xNN`.
func quoted(_ bytes: [UInt8]) -> String {
  var result = "\""
  if let text = String(validating: bytes, as: UTF8.self) {
    for scalar in text.unicodeScalars { result.append(quoted: scalar) }
  } else {
    for byte in bytes {
      if byte < 0x80 { result.append(quoted: Unicode.Scalar(byte)) } else { result.append(escaped: byte) }
    }
  }
  return result + "\""
}

extension String {
  fileprivate mutating func append(quoted scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\":
      unicodeScalars.append("\\")
      unicodeScalars.append(scalar)
    case " "..<"\u{7F}":
      unicodeScalars.append(scalar)
    case ..."\u{9F}", "\u{2028}", "\u{2029}":
      for byte in UTF8.encode(scalar).map(Array.init) ?? [] { append(escaped: byte) }
    default:
      unicodeScalars.append(scalar)
    }
  }

  fileprivate mutating func append(escaped byte: UInt8) {
    self += "\\x"
    self += hexadecimal(byte)
  }
}
