/// The kinds of fault, by their published codes. Codes come in blocks and are never reused:
/// `ABC0xx` characters, `1xx` header fields, `2xx` body syntax, `3xx` durations and bars, `4xx` pitch and key,
/// `5xx` structure, `6xx` directives.
public enum DiagnosticCode: String, CaseIterable, Sendable {
  /// The file mixes Latin-1 bytes into text that otherwise would be UTF-8.
  case notUTF8 = "ABC002"
  /// A tune with so many faults that not all of them are listed.
  case moreFindings = "ABC003"
  /// A file that holds characters of two encodings.
  case mixedEncodings = "ABC004"
  /// Text that was taken for Latin-1 once too often.
  case doubleEncodedText = "ABC005"
  /// A character that belongs in no text.
  case controlCharacter = "ABC006"
  /// Signs that the transfer by e-mail has left.
  case quotedPrintable = "ABC007"

  /// A tune that starts without its `X:` field.
  case missingReferenceNumber = "ABC101"
  /// A tune without a `T:` field.
  case missingTitle = "ABC102"
  /// A tune whose header has no `K:` field.
  case missingKey = "ABC103"
  /// An `X:` field that does not hold a number.
  case malformedReferenceNumber = "ABC104"
  /// An `M:` field that cannot be understood.
  case malformedMeter = "ABC105"
  /// An `L:` field that cannot be understood.
  case malformedUnitLength = "ABC106"
  /// A `Q:` field that cannot be understood.
  case malformedTempo = "ABC107"
  /// A `K:` field that cannot be understood.
  case malformedKey = "ABC108"
  /// A line in a tune header that is neither field nor comment.
  case textInHeader = "ABC109"
  /// A letter that names no field of the standard.
  case unknownField = "ABC110"
  /// A tune with no music at all.
  case emptyTune = "ABC111"
  /// Two tunes of one file share a reference number.
  case duplicateReferenceNumber = "ABC112"
  /// A `P:` field in the header that cannot be understood.
  case malformedParts = "ABC113"

  /// A block of text such as `%%begintext` that is not closed.
  case unclosedTextBlock = "ABC114"
  /// A `V:` field that names no voice.
  case malformedVoice = "ABC115"
  /// A `U:` field that cannot be understood.
  case malformedSymbol = "ABC116"
  /// An `m:` field that cannot be understood.
  case malformedMacro = "ABC117"
  /// A field that stands twice in a header where only one can hold.
  case duplicateField = "ABC118"
  /// The header's fields stand in another order than the standard asks for.
  case fieldOrder = "ABC119"
  /// A field of the header that stands among the music.
  case misplacedField = "ABC120"
  /// A meter that the rhythm in `R:` does not have.
  case unusualMeter = "ABC121"
  /// A tempo in a spelling that is outdated.
  case deprecatedTempo = "ABC122"
  /// A field that says nothing.
  case emptyField = "ABC123"
  /// An empty line that ends a tune within its header.
  case emptyLineInHeader = "ABC124"

  /// A character that means nothing in a line of music.
  case unknownCharacter = "ABC201"
  /// A chord that is not closed in its bar or line.
  case unclosedChord = "ABC202"
  /// Grace notes that are not closed in their bar or line.
  case unclosedGrace = "ABC203"
  /// A quotation mark without its partner.
  case unclosedQuote = "ABC204"
  /// A closing bracket or brace that nothing opened.
  case unmatchedClose = "ABC205"
  /// A length or octave mark that follows no note.
  case strayLength = "ABC206"
  /// A length that cannot be: zero, or absurdly large.
  case malformedLength = "ABC207"
  /// An accidental that no note follows.
  case strayAccidental = "ABC208"
  /// A chord without notes.
  case emptyChord = "ABC209"
  /// An inline field that is not closed on its line.
  case unclosedInlineField = "ABC210"
  /// Something that cannot stand inside a chord or a group of grace notes.
  case misplacedInGroup = "ABC211"

  /// A character that the standard keeps for later: `# * ; ? @`.
  case reservedCharacter = "ABC212"
  /// A decoration by name without its second `!`.
  case unclosedDecoration = "ABC214"
  /// A decoration between the signs that a directive has given another meaning.
  case wrongDecorationSign = "ABC213"
  /// A line among the music that is text.
  case textAmongMusic = "ABC215"
  /// A sign of a word processor in place of a plain one.
  case typographicSign = "ABC216"
  /// A decoration that nobody knows.
  case unknownDecoration = "ABC217"
  /// A letter for a symbol that has no meaning.
  case undefinedSymbol = "ABC218"
  /// Text written as a chord symbol.
  case unmarkedAnnotation = "ABC219"
  /// A decoration or chord between `+`.
  case deprecatedPlusSign = "ABC220"
  /// A `!` that breaks the line.
  case deprecatedLineBreak = "ABC221"

  /// A bar with fewer beats than the meter asks for.
  case shortBar = "ABC301"
  /// A bar with more beats than the meter allows.
  case longBar = "ABC302"
  /// A broken-rhythm sign that has no note on one of its sides.
  case strayBrokenRhythm = "ABC303"
  /// A tuplet that ends before it has all its notes.
  case incompleteTuplet = "ABC304"
  /// A tuplet number that the standard does not define.
  case malformedTuplet = "ABC305"
  /// A broken-rhythm pair whose notes are of unequal length.
  case unequalBrokenRhythm = "ABC306"
  /// A line of music that ends with a full bar and no bar line, where the next line goes on.
  case missingBarLine = "ABC307"
  /// A length that no single note has.
  case unwritableLength = "ABC308"
  /// A meter that changes within a bar.
  case meterChangeInBar = "ABC309"
  /// An overlay that is longer or shorter than its bar.
  case unequalOverlay = "ABC310"
  /// Bars that nearly all have one length, which is not that of the meter.
  case wrongMeter = "ABC311"

  /// A tie to a note of another pitch, or to nothing.
  case strayTie = "ABC401"
  /// A note higher or lower than any instrument plays.
  case pitchOutOfRange = "ABC402"

  /// A tie that does not stand straight behind its note.
  case detachedTie = "ABC403"
  /// An accidental that changes nothing.
  case redundantAccidental = "ABC404"
  /// A key whose sharps or flats are taken back at every note.
  case suspiciousKey = "ABC405"
  /// A leap that hardly anybody can play.
  case wideLeap = "ABC406"

  /// A slur that is opened and never closed.
  case unclosedSlur = "ABC501"
  /// A slur that is closed and was never opened.
  case unmatchedSlur = "ABC502"
  /// A repeat that is opened and never closed.
  case unclosedRepeat = "ABC503"
  /// Variant endings that do not follow each other as they should.
  case endingOrder = "ABC504"
  /// A part that the order of play names and the tune does not have.
  case missingPart = "ABC505"
  /// Voices that are not equally long.
  case unequalVoices = "ABC506"
  /// A first ending that no second one follows.
  case missingEnding = "ABC507"
  /// A jump to a sign that is not there.
  case danglingJump = "ABC508"
  /// A tune that does not end with a double bar.
  case missingFinalBarLine = "ABC509"
  /// More syllables than notes.
  case excessSyllables = "ABC510"
  /// Fewer syllables than notes.
  case missingSyllables = "ABC511"
  /// A voice that `%%score` names and the tune does not have.
  case unknownVoice = "ABC512"

  /// A directive that looks like another one, misspelt.
  case misspeltDirective = "ABC601"
  /// A file that is asked for and not read.
  case includeNotRead = "ABC603"
  /// A directive that cannot be understood.
  case malformedDirective = "ABC602"

  /// How bad a fault of this kind is.
  public var severity: Severity {
    switch self {
    case .notUTF8, .unequalBrokenRhythm, .emptyTune, .detachedTie: .info
    case .missingTitle, .unknownField, .duplicateReferenceNumber, .reservedCharacter, .includeNotRead,
      .shortBar, .longBar, .missingBarLine, .strayTie, .pitchOutOfRange, .unclosedSlur, .unmatchedSlur,
      .unclosedRepeat, .endingOrder, .unclosedTextBlock, .misspeltDirective, .malformedDirective,
      .malformedVoice, .malformedSymbol, .malformedMacro, .textInHeader, .missingReferenceNumber,
      .mixedEncodings, .doubleEncodedText, .controlCharacter, .duplicateField, .unknownDecoration,
      .undefinedSymbol, .wrongMeter, .unequalVoices, .missingEnding, .danglingJump, .excessSyllables,
      .unknownVoice:
      .warning
    default: isStyle ? .info : .error
    }
  }

  /// Whether it is a matter of style: looked for only where somebody asks for it, in the finished score.
  public var isStyle: Bool {
    switch self {
    case .fieldOrder, .misplacedField, .unusualMeter, .deprecatedTempo, .emptyField, .unmarkedAnnotation,
      .deprecatedPlusSign, .deprecatedLineBreak, .unwritableLength, .meterChangeInBar, .unequalOverlay,
      .redundantAccidental, .suspiciousKey, .wideLeap, .missingFinalBarLine, .missingSyllables:
      true
    default: false
    }
  }
}
