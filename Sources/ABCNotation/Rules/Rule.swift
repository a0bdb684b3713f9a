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
  /// How it can be mended without a person, if it can.
  public let fix: Fix?
  /// How often it was right where people looked at what it found in printed collections; nil if nobody has.
  public let record: Record?
  /// For a rule of style: looks at a tune that has been read.
  let check: (@Sendable (inout TuneInspection) -> Void)?
  private let bad: String?
  private let good: String?

  /// Of so many messages that were looked at one by one, so many named a fault, at its place.
  public struct Record: Equatable, Sendable {
    /// The messages that were right.
    public let right: Int
    /// The messages that were looked at.
    public let judged: Int
  }

  init(
    _ code: DiagnosticCode, section: String?, summary: String, reason: String, mend: String, bad: String?,
    good: String?, record: Record? = nil, fix: Fix? = nil,
    check: (@Sendable (inout TuneInspection) -> Void)? = nil
  ) {
    self.code = code
    self.section = section
    self.summary = summary
    self.reason = reason
    self.mend = mend
    self.bad = bad
    self.good = good
    self.record = record
    self.fix = fix
    self.check = check
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
    if let fix {
      page += "\n" + Self.wrapped("\(fix.isSafe ? "--fix" : "--fix --unsafe-fixes"): \(fix.summary)")
    }
    if let record { page += "\n" + Self.wrapped(record.sentence) }
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
    if code.isStyle { page += " · only where it is selected" }
    page += "\n\n**\(summary)** \(reason)\n\n\(mend)\n"
    if let fix { page += "\n`\(fix.isSafe ? "--fix" : "--fix --unsafe-fixes")`: \(fix.summary)\n" }
    if let record { page += "\n\(record.sentence)\n" }
    if let bad, let good {
      page += "\nNot this:\n\n```abc\n\(Self.ended(bad))```\n\nbut this:\n\n```abc\n\(Self.ended(good))```\n"
    }
    return page
  }

  /// A paragraph in lines that a terminal holds.
  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= 80 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    \($0)\n" }.joined()
  }
}

extension Rule.Record {
  fileprivate var sentence: String {
    "Of \(judged) of its messages about printed collections that were looked at one by one, \(right) were right."
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
    case .mixedEncodings: .mixedEncodings
    case .doubleEncodedText: .doubleEncodedText
    case .controlCharacter: .controlCharacter
    case .quotedPrintable: .quotedPrintable
    case .duplicateField: .duplicateField
    case .fieldOrder: .fieldOrder
    case .misplacedField: .misplacedField
    case .unusualMeter: .unusualMeter
    case .deprecatedTempo: .deprecatedTempo
    case .emptyField: .emptyField
    case .emptyLineInHeader: .emptyLineInHeader
    case .textAmongMusic: .textAmongMusic
    case .typographicSign: .typographicSign
    case .unknownDecoration: .unknownDecoration
    case .undefinedSymbol: .undefinedSymbol
    case .unmarkedAnnotation: .unmarkedAnnotation
    case .deprecatedPlusSign: .deprecatedPlusSign
    case .deprecatedLineBreak: .deprecatedLineBreak
    case .unwritableLength: .unwritableLength
    case .meterChangeInBar: .meterChangeInBar
    case .unequalOverlay: .unequalOverlay
    case .wrongMeter: .wrongMeter
    case .redundantAccidental: .redundantAccidental
    case .suspiciousKey: .suspiciousKey
    case .wideLeap: .wideLeap
    case .unequalVoices: .unequalVoices
    case .missingEnding: .missingEnding
    case .danglingJump: .danglingJump
    case .missingFinalBarLine: .missingFinalBarLine
    case .excessSyllables: .excessSyllables
    case .missingSyllables: .missingSyllables
    case .unknownVoice: .unknownVoice
    }
  }

  /// The codes that a word means: a code, the beginning of some (`ABC3`), a name, or `all`. None if it means nothing.
  public static func named(_ word: some StringProtocol) -> [DiagnosticCode] {
    let word = word.lowercased()
    if word == "all" { return allCases }
    return allCases.filter { code in
      code.name == word || word.utf8.count >= 3 && code.rawValue.lowercased().hasPrefix(word)
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
