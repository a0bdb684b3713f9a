/// The key with its name; middle C, key 60, is C4.
func keyName(_ key: UInt7) -> String {
  let number = Int(key.rawValue)
  return "\(key) \(keyNames[number % 12])\(number / 12 - 1)"
}

private let keyNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

/// Two hexadecimal digits in capitals, as MIDI documents write bytes.
func hexadecimal(_ byte: UInt8) -> String {
  String(decoding: [hexadecimalDigits[Int(byte >> 4)], hexadecimalDigits[Int(byte & 15)]], as: UTF8.self)
}

/// The bytes in brackets.
func hexadecimal(_ bytes: [UInt8]) -> String {
  var text: [UInt8] = [UInt8(ascii: "[")]
  text.reserveCapacity(3 * bytes.count + 2)
  for byte in bytes {
    if text.count > 1 { text.append(UInt8(ascii: " ")) }
    text.append(hexadecimalDigits[Int(byte >> 4)])
    text.append(hexadecimalDigits[Int(byte & 15)])
  }
  text.append(UInt8(ascii: "]"))
  return String(decoding: text, as: UTF8.self)
}

private let hexadecimalDigits = Array("0123456789ABCDEF".utf8)

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
