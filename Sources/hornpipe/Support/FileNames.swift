/// Names for the files of a collection: readable, safe, and never twice the same.
struct FileNames {
  private var taken: Set<String> = []
  /// The number to try next behind a name.
  private var next: [String: Int] = [:]

  /// `<base>-<number>-<title>`, with a number behind it if that name is taken.
  mutating func name(base: String, number: Int?, title: String?) -> String {
    let parts = [base, number.map(String.init) ?? "", Self.safe(title ?? "")].filter { !$0.isEmpty }
    let stem = parts.joined(separator: "-")
    var name = stem
    while !taken.insert(name.lowercased()).inserted {
      let count = next[stem, default: 2]
      next[stem] = count + 1
      name = "\(stem)-\(count)"
    }
    return name
  }

  /// Letters and digits of a title, everything else as single hyphens.
  static func safe(_ title: String) -> String {
    var result = ""
    for character in title.prefix(60) {
      if character.isASCII, character.isLetter || character.isNumber {
        result.append(character)
      } else if character == "'" {
        continue
      } else if !result.isEmpty, !result.hasSuffix("-") {
        result.append("-")
      }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result
  }
}
