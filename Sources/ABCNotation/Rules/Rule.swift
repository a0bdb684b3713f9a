/// The manual of one kind of finding: what it looks for, why, and how to mend it.
public struct Rule: Sendable {
  /// The code that findings carry.
  public let code: DiagnosticCode
  /// The section of the ABC standard 2.1 that it rests on.
  public let section: String?
  /// What is wrong, in a sentence.
  public let summary: String
  /// Why it matters.
  public let reason: String
  /// What to do.
  public let mend: String
  private let bad: String?
  private let good: String?

  init(
    _ code: DiagnosticCode, section: String?, summary: String, reason: String, mend: String, bad: String?,
    good: String?
  ) {
    self.code = code
    self.section = section
    self.summary = summary
    self.reason = reason
    self.mend = mend
    self.bad = bad
    self.good = good
  }

  /// The rules of all codes, in the order of the codes.
  public static var all: [Rule] {
    DiagnosticCode.allCases.map(\.rule).sorted { $0.code.rawValue < $1.code.rawValue }
  }

  /// A tune that gives one finding of this kind; nil where none is short enough to be read.
  public var badExample: String? { bad.map(Self.tune) }

  /// The same tune with nothing to be found.
  public var goodExample: String? { good.map(Self.tune) }

  /// Most examples are a line of music.
  private static func tune(_ example: String) -> String {
    example.hasSuffix("\n") ? example : "X:1\nT:Example\nM:4/4\nL:1/8\nK:C\n\(example)\n"
  }

  /// The manual as a page of text, for a terminal.
  public var manual: String {
    var page =
      "\(code.rawValue) \(code.name) (\(code.severity.rawValue))\n\n\(summary)\n\n\(reason)\n\n\(mend)\n"
    if let bad, let good {
      page += "\n  not this:\n\(Self.indented(bad))\n  but this:\n\(Self.indented(good))"
    }
    if let section { page += "\nABC standard 2.1, section \(section).\n" }
    return page
  }

  /// The manual in Markdown, under a heading.
  public var markdown: String {
    var page = "### \(code.rawValue) \(code.name)\n\n*\(code.severity.rawValue)*"
    if let section { page += " · ABC 2.1, \(section)" }
    page += "\n\n**\(summary)** \(reason)\n\n\(mend)\n"
    if let bad, let good {
      page += "\nNot this:\n\n```abc\n\(Self.ended(bad))```\n\nbut this:\n\n```abc\n\(Self.ended(good))```\n"
    }
    return page
  }

  private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    \($0)\n" }.joined()
  }
}

extension DiagnosticCode {
  /// The manual of this kind of finding.
  public var rule: Rule {
    switch self {
    case .notUTF8: .notUTF8
    case .moreFindings: .moreFindings
    case .missingReferenceNumber: .missingReferenceNumber
    case .missingTitle: .missingTitle
    case .missingKey: .missingKey
    case .malformedReferenceNumber: .malformedReferenceNumber
    case .malformedMeter: .malformedMeter
    case .malformedUnitLength: .malformedUnitLength
    case .malformedTempo: .malformedTempo
    case .malformedKey: .malformedKey
    case .textInHeader: .textInHeader
    case .unknownField: .unknownField
    case .emptyTune: .emptyTune
    case .duplicateReferenceNumber: .duplicateReferenceNumber
    case .malformedParts: .malformedParts
    case .unclosedTextBlock: .unclosedTextBlock
    case .malformedVoice: .malformedVoice
    case .malformedSymbol: .malformedSymbol
    case .malformedMacro: .malformedMacro
    case .unknownCharacter: .unknownCharacter
    case .unclosedChord: .unclosedChord
    case .unclosedGrace: .unclosedGrace
    case .unclosedQuote: .unclosedQuote
    case .unmatchedClose: .unmatchedClose
    case .strayLength: .strayLength
    case .malformedLength: .malformedLength
    case .strayAccidental: .strayAccidental
    case .emptyChord: .emptyChord
    case .unclosedInlineField: .unclosedInlineField
    case .misplacedInGroup: .misplacedInGroup
    case .reservedCharacter: .reservedCharacter
    case .wrongDecorationSign: .wrongDecorationSign
    case .unclosedDecoration: .unclosedDecoration
    case .shortBar: .shortBar
    case .longBar: .longBar
    case .strayBrokenRhythm: .strayBrokenRhythm
    case .incompleteTuplet: .incompleteTuplet
    case .malformedTuplet: .malformedTuplet
    case .unequalBrokenRhythm: .unequalBrokenRhythm
    case .missingBarLine: .missingBarLine
    case .strayTie: .strayTie
    case .pitchOutOfRange: .pitchOutOfRange
    case .detachedTie: .detachedTie
    case .unclosedSlur: .unclosedSlur
    case .unmatchedSlur: .unmatchedSlur
    case .unclosedRepeat: .unclosedRepeat
    case .endingOrder: .endingOrder
    case .missingPart: .missingPart
    case .misspeltDirective: .misspeltDirective
    case .malformedDirective: .malformedDirective
    case .includeNotRead: .includeNotRead
    }
  }

  /// The codes that a word means: a code, the beginning of some (`ABC3`), or a name. None if it means nothing.
  public static func named(_ word: some StringProtocol) -> [DiagnosticCode] {
    let word = word.lowercased()
    return allCases.filter { code in
      code.name == word || word.utf8.count > 3 && code.rawValue.lowercased().hasPrefix(word)
    }
  }

  /// Its name in words, such as `unclosed-chord`.
  public var name: String {
    var words = ""
    for character in "\(self)" {
      if character.isUppercase, words.last?.isUppercase != true { words.append("-") }
      words.append(character)
    }
    return words.lowercased()
  }
}
