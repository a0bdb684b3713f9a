import CharacterModel
import FoundationEssentials

/// With what a tune was made, in a comment of its own: whoever has it can make the tune again.
public struct Provenance: Codable, Sendable, Equatable {
  /// The program's version.
  public var version: String
  /// The model's name: a path, or `embedded`.
  public var model: String
  /// The model's fingerprint.
  public var hash: String
  /// The seed of this tune.
  public var seed: UInt64
  /// Its number among those written with it.
  public var number: Int
  /// See `SamplingOptions`.
  public var temperature: Double
  /// See `SamplingOptions`.
  public var topK: Int?
  /// See `SamplingOptions`.
  public var topP: Double?
  /// The most characters, if not the usual number.
  public var maximumLength: Int?
  /// What the tune was to begin with, or whose bars were replaced.
  public var prime: String?
  /// What was asked of the header.
  public var title, style, rhythm, meter, key: String?
  /// The form that was asked for, in letters, and the bars of a strain.
  public var parts: String?
  /// The bars of a strain.
  public var bars: Int?
  /// The bars that were replaced, such as `5-8`.
  public var infill: String?
  /// False where no bar was to come again but by the model's own doing.
  public var phrases: Bool?
  /// Whether it was plain sampling; nil where it was not.
  public var unconstrained: Bool?

  private enum CodingKeys: String, CodingKey {
    case version, model, hash, seed, number, temperature, prime, title, style, rhythm, meter, key, parts, bars
    case infill, phrases, unconstrained
    case topK = "top_k"
    case topP = "top_p"
    case maximumLength = "max_length"
  }

  /// Nothing asked for but a seed.
  public init(version: String, model: String, hash: String, seed: UInt64, number: Int, temperature: Double) {
    self.version = version
    self.model = model
    self.hash = hash
    self.seed = seed
    self.number = number
    self.temperature = temperature
  }

  private static let opening = "% hornpipe "

  /// The comment, with its line end.
  public var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return Self.opening + json + "\n"
  }

  /// The provenances that a text holds, in their order; nil for a line that begins as one and cannot be understood.
  public static func lines(in text: String) -> [(line: Int, provenance: Provenance?)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
      index, line in
      guard line.hasPrefix(opening + "{") else { return nil }
      let found = try? JSONDecoder().decode(Provenance.self, from: Data(line.dropFirst(opening.count).utf8))
      return (index + 1, found?.isPossible == true ? found : nil)
    }
  }

  /// The provenances that a text holds, in their order.
  public static func all(in text: String) -> [Provenance] { lines(in: text).compactMap(\.provenance) }

  /// Whether the program could have written it.
  private var isPossible: Bool {
    temperature > 0 && temperature.isFinite && topK ?? 1 >= 1 && (topP.map { $0 > 0 && $0 <= 1 } ?? true)
      && maximumLength ?? 1 >= 1 && (1...999_999_999).contains(number) && options != nil
      && (infill == nil || infillBars != nil && prime != nil)
  }
}

extension Provenance {
  /// What the tune is to be; nil where the form cannot be read.
  public var options: TuneWriter.Options? {
    guard let form = FormPlan(parts: parts, bars: bars) else { return nil }
    var options = TuneWriter.Options(
      sampling: SamplingOptions(temperature: temperature, topK: topK, topP: topP),
      maximumLength: maximumLength ?? TuneWriter.Options.usualMaximumLength, prime: prime ?? "",
      isConstrained: unconstrained != true)
    (options.title, options.style, options.rhythm) = (title, style, rhythm)
    (options.meter, options.key, options.form) = (meter, key, form)
    options.repeatsPhrases = phrases != false
    return options
  }

  /// The bars that are to be replaced.
  public var infillBars: ClosedRange<Int>? { infill.flatMap(Self.bars) }

  /// Reads bars such as `5-8` or `3`, counted from 1.
  public static func bars(_ text: String) -> ClosedRange<Int>? {
    let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(numbers.count),
      let first = numbers[0], let last = numbers[numbers.count - 1], first >= 1, first <= last
    else { return nil }
    return first...last
  }
}
