/// What a run of bytes is. Every byte of a text belongs to exactly one token.
public enum TokenKind: UInt8, Sendable {
  // Lines.
  /// LF, CRLF or a lone CR.
  case newline
  /// The three bytes EF BB BF at the start of a file.
  case byteOrderMark
  /// A line of free or typeset text, or a line that is no ABC at all.
  case text
  /// A letter (or `+`) and a colon at the start of a line.
  case fieldName
  /// What a field says, up to its comment or line end.
  case fieldText
  /// `%%` and the rest of the line.
  case directive
  /// `%` and the rest of the line.
  case comment
  /// A line `<start>` or `<end>`, as training texts have them around each tune.
  case marker
  // Music.
  /// Spaces and tabs.
  case space
  /// A note: `A`–`G`, `a`–`g`.
  case noteLetter
  /// `^ ^^ _ __ =`, with the fraction of a quarter-tone where there is one.
  case accidental
  /// A run of `'` and `,`.
  case octave
  /// A run of digits and slashes behind a note, rest or chord.
  case length
  /// `z` or `x`.
  case rest
  /// `Z` or `X`: whole bars.
  case multiMeasureRest
  /// `y`.
  case spacer
  /// A run of `<` or of `>`.
  case brokenRhythm
  /// Any of the bar and repeat signs.
  case barLine
  /// `[1`, `[1,3`, or the digits straight behind a bar sign.
  case ending
  /// `-`.
  case tie
  /// `(` that opens a slur.
  case slurOpen
  /// `)`.
  case slurClose
  /// `(p`, `(p:q`, `(p:q:r`.
  case tuplet
  /// `{` or `{/`.
  case graceOpen
  /// `}`.
  case graceClose
  /// `[` that opens a chord.
  case chordOpen
  /// `]`.
  case chordClose
  /// `"…"`: a chord symbol or an annotation.
  case quoted
  /// A quotation mark and what follows it to the end of the line.
  case unclosedQuote
  /// `!…!` or `+…+`.
  case decoration
  /// `!trill` or another name of the standard, without its second `!`.
  case unclosedDecoration
  /// One character that stands for a decoration: `.`, `~`, `H`–`W`, `h`–`w`.
  case shorthand
  /// `[K:` and its like.
  case inlineFieldOpen
  /// What an inline field says.
  case inlineFieldText
  /// The `]` of an inline field.
  case inlineFieldClose
  /// `&`.
  case overlay
  /// A backslash: the line goes on in the next.
  case continuation
  /// A back-quote: spacing within a beam.
  case backquote
  /// A `!` or `$` that breaks the line of the score.
  case lineBreak
  /// Bytes that mean nothing where they stand.
  case unknown
}

/// A run of bytes of one kind.
public struct Token: Equatable, Sendable {
  /// What it is.
  public let kind: TokenKind
  /// Its first byte; of a field name, inline or not, the field's letter.
  public let lead: UInt8
  /// Its bytes, as offsets into the text.
  public let range: Range<Int>

  /// Creates a token.
  public init(_ kind: TokenKind, lead: UInt8, _ range: Range<Int>) {
    self.kind = kind
    self.lead = lead
    self.range = range
  }
}
