/// A text whose characters are coloured by what units of a model say to them, -1...1.
public struct Heatmap: Sendable {
  /// What one unit says.
  public struct Row: Sendable {
    /// What to call it: "layer 1, unit 17".
    public let name: String
    /// A value for each character, -1...1.
    public let values: [Float]

    /// A row; values beyond -1...1 count as those.
    public init(name: String, values: [Float]) {
      self.name = name
      self.values = values.map { min(max($0, -1), 1) }
    }
  }

  /// The characters, one a Unicode scalar, or a whole marker.
  public let characters: [String]
  /// The units shown, in their order.
  public let rows: [Row]
  /// What stands above the picture.
  public let title: String

  /// A picture of some units over a text; each row has as many values as there are characters.
  public init(title: String, characters: [String], rows: [Row]) {
    precondition(rows.allSatisfy { $0.values.count == characters.count })
    self.title = title
    self.characters = characters
    self.rows = rows
  }

  /// A line of the picture holds at most this many characters.
  static let lineLength = 100

  /// The numbers of the characters of each line: a line of the text, broken where it is too long. Line ends are
  /// shown as a sign of their own, since units react to them too.
  var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (place, character) in characters.enumerated() {
      let isMarker = character.unicodeScalars.count > 1
      if character == "\n" || isMarker || place + 1 - start >= Self.lineLength {
        lines.append(start..<place + 1)
        start = place + 1
      }
    }
    if start < characters.count { lines.append(start..<characters.count) }
    return lines
  }

  /// How a character is shown.
  static func shown(_ character: String) -> String { character == "\n" ? "↵" : character }

  /// The colour of a value, red, green and blue in 0...255: blue below 0, white at 0, red above, by lightness as
  /// well as hue so that it reads without colour vision too.
  static func color(_ value: Float) -> (red: Int, green: Int, blue: Int) {
    let strength = Double(abs(value))
    let end = value < 0 ? (red: 33.0, green: 102.0, blue: 172.0) : (red: 178.0, green: 24.0, blue: 43.0)
    func mix(_ end: Double) -> Int { Int((255 + (end - 255) * strength).rounded()) }
    return (mix(end.red), mix(end.green), mix(end.blue))
  }

  /// Whether white text reads better than black on the colour of a value.
  static func wantsWhiteText(_ value: Float) -> Bool { abs(value) > 0.6 }
}
