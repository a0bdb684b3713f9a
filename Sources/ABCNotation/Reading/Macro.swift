/// A macro (ABC 2.1, section 9): a target and what stands for it.
struct Macro: Sendable {
  /// What is replaced; of a transposing macro, what stands before the note.
  let target: [UInt8]
  /// What stands for it.
  let replacement: [UInt8]
  /// Of a transposing macro, what follows the note: its length. Nil for a static macro.
  let tail: [UInt8]?

  /// Reads the text of an `m:` field: `~G2 = {A}G{F}G`, or with `n` for any note: `~n3 = n{o}n{m}n`.
  init?(parsing bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard let sign = bytes.dropFirst().firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let target = Array(bytes[bytes.trimmed(0..<sign)])
    let replacement = Array(bytes[bytes.trimmed((sign + 1)..<bytes.count)])
    guard !target.isEmpty, target.count <= 31, !replacement.isEmpty, replacement.count <= 200 else {
      return nil
    }
    self.replacement = replacement
    let digits = target.reversed().prefix { $0.isDigit || $0 == UInt8(ascii: "/") }.count
    let head = target.count - digits - 1
    if head >= 0, target[head] == UInt8(ascii: "n") {
      self.target = Array(target[..<head])
      tail = Array(target[(head + 1)...])
    } else {
      self.target = target
      tail = nil
    }
  }

  /// What stands for the text at an offset, and how many bytes it replaces; nil if the macro is not meant there.
  func match(_ line: [UInt8], at start: Int) -> (text: [UInt8], count: Int)? {
    guard line.count - start >= target.count, line[start...].starts(with: target) else { return nil }
    var end = start + target.count
    guard let tail else {
      return isWhole(line, end) ? (replacement, target.count) : nil
    }
    guard end < line.count, line[end].isNoteLetter else { return nil }
    let letter = line[end]
    end += 1
    var octaves = 0
    while end < line.count, line[end] == UInt8(ascii: "'") || line[end] == UInt8(ascii: ",") {
      octaves += line[end] == UInt8(ascii: "'") ? 1 : -1
      end += 1
    }
    guard line.count - end >= tail.count, line[end...].starts(with: tail) else { return nil }
    end += tail.count
    guard isWhole(line, end) else { return nil }
    return (transposed(to: letter, octaves: octaves), end - start)
  }

  /// A target that ends in a note or a number is not meant where the note goes on: `~G2` is not in `~G23`.
  private func isWhole(_ line: [UInt8], _ end: Int) -> Bool {
    guard let last = tail?.last ?? target.last, end < line.count else { return true }
    let next = line[end]
    if last.isDigit || last == UInt8(ascii: "/") { return !next.isDigit && next != UInt8(ascii: "/") }
    if last.isNoteLetter || tail != nil {
      return !next.isDigit && !"/',".utf8.contains(next)
    }
    return true
  }

  /// The replacement with `n` standing for a note, and the other letters from h to z for its neighbours.
  private func transposed(to letter: UInt8, octaves: Int) -> [UInt8] {
    guard let step = Step(letter: letter) else { return replacement }
    let base = step.rawValue + (letter >= UInt8(ascii: "a") ? 7 : 0) + 7 * octaves
    var result: [UInt8] = []
    for byte in replacement {
      guard (UInt8(ascii: "h")...UInt8(ascii: "z")).contains(byte) else {
        result.append(byte)
        continue
      }
      result += Self.name(base + Int(byte) - Int(UInt8(ascii: "n")))
    }
    return result
  }

  /// The name of a note, counted in steps from `C`.
  private static func name(_ index: Int) -> [UInt8] {
    let octave = index >= 0 ? index / 7 : (index - 6) / 7
    let letters = Array("CDEFGAB".utf8)
    let letter = letters[index - 7 * octave]
    if octave >= 1 {
      return [letter | 0x20] + Array(repeating: UInt8(ascii: "'"), count: octave - 1)
    }
    return [letter] + Array(repeating: UInt8(ascii: ","), count: -octave)
  }
}
