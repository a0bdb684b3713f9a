/// What an inner node of the syntax tree stands for.
public enum SyntaxKind: UInt8, Sendable {
  /// The whole text.
  case file
  /// One tune, from its `X:` (or its first line) to the empty line behind it.
  case tune
  /// A line that is a field: `T:…`, also `w:` and `+:` lines.
  case fieldLine
  /// A line of notes.
  case musicLine
  /// A line of free text.
  case textLine
  /// A `%%` line.
  case directiveLine
  /// A line that holds nothing but a comment.
  case commentLine
  /// A line with nothing, or nothing but blanks, on it.
  case emptyLine
  /// A `<start>` or `<end>` line.
  case markerLine
  /// Accidental, letter, octave marks, length, tie: those that are there, in this order.
  case note
  /// A rest with its length; also whole-bar rests and spacers.
  case rest
  /// `[`, notes, `]`, length, tie.
  case chord
  /// `{`, notes, `}`.
  case graceGroup
  /// `[`, letter, colon, text, `]`.
  case inlineField
}

/// Takes what the parser finds, in the order of the text. The tree builder is one; whatever needs no tree may be
/// another.
protocol SyntaxSink {
  /// A node begins.
  mutating func open(_ kind: SyntaxKind, at offset: Int)
  /// A token of the node that was opened last and is not closed.
  mutating func append(_ token: Token)
  /// A node for a note, with all its tokens.
  mutating func append(_ note: PlainNote)
  /// The node that was opened last ends.
  mutating func close()
  /// Something is wrong.
  mutating func report(_ diagnostic: Diagnostic)
}
