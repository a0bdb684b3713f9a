/// Names for the files of a collection: readable, safe, and never twice the same.
struct FileNames {
  private var taken: Set<String> = []

  /// `<base>-<number>-<title>`, with a number behind it if that name is taken.
  mutating func name(base: String, number: Int?, title: String?) -> String {
    let parts = [base, number.map(String.init) ?? "", Self.safe(title ?? "")].filter { !$0.isEmpty }
    let stem = parts.joined(separator: "-")
    var name = stem
    var count = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(stem)-\(count)"
      count += 1
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
