/// Names for the files of a collection: readable, safe, and never twice the same, not even in capitals.
struct FileNames {
  private var taken: Set<String> = []
  /// The number to try next behind a name.
  private var next: [String: Int] = [:]
  private var latestBase = (base: "", visible: "")
  /// File systems allow 255 bytes; a number and an ending come behind.
  private static let longest = 200

  /// `<base>-<number>-<title>`, with a number behind it if that name is taken.
  ///
  /// - Parameter title: as ``safe(_:)`` gives it.
  mutating func name(base: String, number: Int?, title: String) -> String {
    var stem = visibleBase(base)
    if let number { stem += stem.isEmpty ? "\(number)" : "-\(number)" }
    if !title.isEmpty { stem += stem.isEmpty ? title : "-" + title }
    stem = Self.shortened(stem, to: Self.longest)
    var name = stem
    while !taken.insert(name.lowercased()).inserted {
      let key = stem.lowercased()
      let count = next[key, default: 2]
      next[key] = count + 1
      name = "\(stem)-\(count)"
    }
    return name
  }

  /// The letters and digits of a title, accents taken off, everything else as single hyphens.
  static func safe(_ title: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(64)
    var isBetween = false
    for scalar in title.unicodeScalars {
      if scalar == "'" || scalar == "’" { continue }
      let isWord: Bool
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        isWord = (48...57).contains(byte) || (97...122).contains(byte | 0x20)
      } else {
        // Signs that stand on the letter before them.
        if scalar.properties.canonicalCombiningClass != .notReordered { continue }
        isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
      guard isWord else {
        isBetween = !result.isEmpty
        continue
      }
      if isBetween { result.append(UInt8(ascii: "-")) }
      isBetween = false
      if scalar.isASCII { result.append(UInt8(scalar.value)) } else { result += plain(scalar).utf8 }
      if result.count >= 60 { break }
    }
    return shortened(String(decoding: result, as: UTF8.self), to: 80)
  }

  /// A letter without its accent: é is e. Letters of other scripts stay.
  private static func plain(_ scalar: Unicode.Scalar) -> String {
    for (letters, plain) in accented where letters.unicodeScalars.contains(scalar) { return plain }
    return String(scalar)
  }

  private static let accented: [(String, String)] = [
    ("àáâãäåāăą", "a"), ("ÀÁÂÃÄÅĀĂĄ", "A"), ("çćĉċč", "c"), ("ÇĆĈĊČ", "C"), ("ďđ", "d"), ("ĎĐ", "D"),
    ("èéêëēĕėęě", "e"), ("ÈÉÊËĒĔĖĘĚ", "E"), ("ĝğġģ", "g"), ("ĜĞĠĢ", "G"), ("ĥħ", "h"), ("ĤĦ", "H"),
    ("ìíîïĩīĭįı", "i"), ("ÌÍÎÏĨĪĬĮİ", "I"), ("ĵ", "j"), ("Ĵ", "J"), ("ķ", "k"), ("Ķ", "K"), ("ĺļľŀł", "l"),
    ("ĹĻĽĿŁ", "L"), ("ñńņňŉ", "n"), ("ÑŃŅŇ", "N"), ("òóôõöøōŏő", "o"), ("ÒÓÔÕÖØŌŎŐ", "O"), ("ŕŗř", "r"),
    ("ŔŖŘ", "R"), ("śŝşš", "s"), ("ŚŜŞŠ", "S"), ("ţťŧ", "t"), ("ŢŤŦ", "T"), ("ùúûüũūŭůűų", "u"),
    ("ÙÚÛÜŨŪŬŮŰŲ", "U"), ("ŵ", "w"), ("Ŵ", "W"), ("ýÿŷ", "y"), ("ÝŸŶ", "Y"), ("źżž", "z"), ("ŹŻŽ", "Z"),
    ("æ", "ae"), ("Æ", "AE"), ("œ", "oe"), ("Œ", "OE"), ("ß", "ss"), ("þ", "th"), ("Þ", "Th"), ("ð", "d"),
    ("Ð", "D"),
  ]

  /// ``visible(_:)``, which most tunes of a run ask of one name.
  private mutating func visibleBase(_ base: String) -> String {
    if latestBase.base != base { latestBase = (base, Self.visible(base)) }
    return latestBase.visible
  }

  /// A name that is neither hidden nor taken for an option.
  private static func visible(_ base: String) -> String {
    let rest = base.drop { $0 == "." || $0 == "-" }
    return rest.isEmpty && !base.isEmpty ? "tune" : String(rest)
  }

  private static func shortened(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var result = text
    while result.utf8.count > limit { result.removeLast() }
    return result
  }
}
