import ABCNotation

/// What a unit of a model might follow in the text of a tune: a value at each of its characters.
public enum TuneFeature: String, CaseIterable, Sendable {
  /// In the title, behind `T:`.
  case title
  /// A capital letter of the title, among its other characters.
  case titleCapital = "title-capital"
  /// The letter and colon that begin a line of the header.
  case fieldStart = "field-start"
  /// In the music, not in the header.
  case music
  /// How much of the bar has gone by, 0 to 1, on the characters of notes and rests.
  case barPosition = "bar-position"
  /// A note or rest that starts on a beat, among the others.
  case beat
  /// A bar sign, among the characters of the music.
  case barLine = "bar-line"
  /// In a chord symbol or annotation, among the characters of the music.
  case chordSymbol = "chord-symbol"
  /// A rest, among notes and rests.
  case rest
  /// The markers around the tune, where they are spelled out.
  case marker
  /// The last twenty characters of the tune.
  case ending

  /// A few words for people.
  public var title: String {
    switch self {
    case .title: "inside the title"
    case .titleCapital: "capital letters of the title"
    case .fieldStart: "start of a header line"
    case .music: "music, not header"
    case .barPosition: "how much of the bar has gone by"
    case .beat: "note on a beat"
    case .barLine: "bar signs"
    case .chordSymbol: "inside a chord symbol"
    case .rest: "rest, not note"
    case .marker: "inside <start> and <end>"
    case .ending: "the end is near"
    }
  }
}

/// The values of all features at the characters of a tune.
public struct TuneFeatures: Sendable {
  /// The characters, one a Unicode scalar; a marker that the vocabulary has as one entry is one character.
  public let characters: [String]
  private let values: [[Double]]

  /// For each feature of `TuneFeature.allCases`, its value at each character; NaN where it means nothing.
  public var all: [[Double]] { values }

  /// A feature's value at each character; NaN where it means nothing.
  public subscript(feature: TuneFeature) -> [Double] {
    TuneFeature.allCases.firstIndex(of: feature).map { values[$0] } ?? []
  }

  /// The characters of a marked tune, as a model with or without markers in its vocabulary reads them.
  public static func characters(of tune: String, hasMarkers: Bool) -> [String] {
    let abc = hasMarkers ? TrainingText.unmarked(tune) : tune
    let body = abc.unicodeScalars.map { String($0) }
    return hasMarkers ? [TrainingText.startMarker] + body + [TrainingText.endMarker] : body
  }

  /// Reads a marked tune.
  ///
  /// - Parameter hasMarkers: whether the model has the markers as entries of its vocabulary; otherwise they are
  ///   spelled out.
  public init(of tune: String, hasMarkers: Bool) {
    characters = Self.characters(of: tune, hasMarkers: hasMarkers)
    let body = hasMarkers ? Array(characters.dropFirst().dropLast()) : characters
    let abc = body.joined()
    let map = CharacterMap(abc)
    var reader = FeatureReader(map: map, characters: body)
    reader.read(Tunebook(parsing: SourceText(name: "tune", text: abc)).tunes.first?.score)
    values = TuneFeature.allCases.map { feature in
      let inner = reader.values[feature] ?? []
      guard hasMarkers else { return inner }
      let outer: Double = feature == .marker ? 1 : feature.isSpecial ? .nan : 0
      return [outer] + inner + [outer]
    }
  }
}

extension TuneFeature {
  /// Whether it means something only at some characters.
  fileprivate var isSpecial: Bool {
    switch self {
    case .titleCapital, .barPosition, .beat, .barLine, .chordSymbol, .rest: true
    case .title, .fieldStart, .music, .marker, .ending: false
    }
  }
}

/// From byte offsets of a text to the numbers of its characters.
private struct CharacterMap {
  private let characterAtByte: [Int]

  init(_ text: String) {
    var numbers: [Int] = []
    for (number, scalar) in text.unicodeScalars.enumerated() {
      for _ in 0..<UTF8.width(scalar) { numbers.append(number) }
    }
    characterAtByte = numbers
  }

  func characters(_ bytes: Range<Int>) -> ClosedRange<Int>? {
    guard !bytes.isEmpty, bytes.lowerBound >= 0, bytes.upperBound <= characterAtByte.count else { return nil }
    return characterAtByte[bytes.lowerBound]...characterAtByte[bytes.upperBound - 1]
  }
}

/// Fills in the features of a text.
private struct FeatureReader {
  let map: CharacterMap
  let characters: [String]
  var values: [TuneFeature: [Double]] = [:]

  init(map: CharacterMap, characters: [String]) {
    self.map = map
    self.characters = characters
    for feature in TuneFeature.allCases {
      values[feature] = [Double](repeating: feature.isSpecial ? .nan : 0, count: characters.count)
    }
  }

  private mutating func set(_ feature: TuneFeature, _ range: ClosedRange<Int>, _ value: Double) {
    for place in range { values[feature]?[place] = value }
  }

  mutating func read(_ score: Score?) {
    readLines()
    guard let score else { return }
    for voice in score.voices {
      for measure in voice.measures { read(measure, of: voice) }
      for attachment in voice.attachments where attachment.kind != .decoration {
        if let range = map.characters(attachment.range) { set(.chordSymbol, range, 1) }
      }
    }
  }

  /// Header and music, line by line.
  private mutating func readLines() {
    var start = 0
    var isInHeader = true
    while start < characters.count {
      let end = characters[start...].firstIndex(of: "\n").map { $0 + 1 } ?? characters.count
      let line = start...end - 1
      if [TrainingText.startMarker, TrainingText.endMarker].contains(characters[start..<end].joined().trimmed)
      {
        set(.marker, line, 1)
      } else if isInHeader {
        let isField = line.count >= 3 && characters[start + 1] == ":"
        if isField { set(.fieldStart, start...start + 1, 1) }
        let contentEnd = characters[end - 1] == "\n" ? end - 1 : end
        if isField, characters[start] == "T", contentEnd > start + 2 {
          readTitle(start + 2...contentEnd - 1)
        }
        if isField, characters[start] == "K" { isInHeader = false }
      } else {
        set(.music, line, 1)
        set(.chordSymbol, line, 0)
        for place in line { set(.barLine, place...place, isBarSign(place) ? 1 : 0) }
      }
      start = end
    }
    if characters.count > 0 { set(.ending, max(characters.count - 20, 0)...characters.count - 1, 1) }
  }

  /// `|`, and what stands beside one: `:`, `[` and `]`; also the colons of `::`.
  private func isBarSign(_ place: Int) -> Bool {
    func isAt(_ place: Int, _ sign: String) -> Bool {
      characters.indices.contains(place) && characters[place] == sign
    }
    switch characters[place] {
    case "|": return true
    case ":": return [place - 1, place + 1].contains { isAt($0, "|") || isAt($0, ":") }
    case "]": return isAt(place - 1, "|")
    case "[": return isAt(place + 1, "|")
    default: return false
    }
  }

  private mutating func readTitle(_ range: ClosedRange<Int>) {
    set(.title, range, 1)
    for place in range {
      let isCapital = characters[place].unicodeScalars.allSatisfy(\.properties.isUppercase)
      values[.titleCapital]?[place] = isCapital ? 1 : 0
    }
  }

  private mutating func read(_ measure: Measure, of voice: Voice) {
    let length = measure.length.value
    guard length > 0 else { return }
    let beat =
      measure.meter.isCompound ? 3.0 / Double(measure.meter.noteValue) : 1 / Double(measure.meter.noteValue)
    // A pickup ends with its bar: it begins as far into the bar as it is short of it.
    let whole = measure.fill == .pickup ? measure.expectedLength?.value ?? length : length
    for event in voice.events(in: measure) {
      guard event.kind != .spacer, let range = map.characters(event.range) else { continue }
      let onset = event.onset.value + whole - length
      set(.barPosition, range, min(max(onset / whole, 0), 1))
      let beats = onset / beat
      set(.beat, range, abs(beats - beats.rounded()) < 1e-6 ? 1 : 0)
      let isRest = event.kind != .note && event.kind != .chord
      set(.rest, range, isRest ? 1 : 0)
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == "\n" || text.last == "\r" { text.removeLast() }
    return String(text)
  }
}
