/// Transposes whole files of ABC: every note of every tune, keys, accidentals and chord symbols, and nothing else of
/// the text.
///
/// ```swift
/// let transposer = Transposer(.semitones(-2))
/// let bytes = try transposer.transpose(source)
/// ```
///
/// The new text sounds as the old one does, some semitones away; this is checked for every tune before the text is
/// given out. It is spelled as a musician would spell it:
///
/// - A note keeps its degree, and what an accidental makes of the degree: `^G` in A minor becomes `^F` in G minor.
/// - A tune goes to the key with the fewer sharps or flats. Between F♯ and G♭ sharps stay with sharps: G major goes
///   down to F♯ major, F major up to G♭ major.
/// - An accidental stands where it is needed, or where the writer gave one by way of reminder.
/// - Double sharps and flats that come about are written as plain notes, as are most E♯, B♯, C♭ and F♭ outside the
///   key.
/// - A key without a tonic (`K:none`, `HP`, `Hp`) stays, and the notes get accidentals.
/// - Voices with a percussion clef go on sounding as they do, since their notes name drums. Where a new key would
///   change one of them, it gets an accidental.
/// - Macros for single notes (`m:~G2 = …`) move with the notes. Where that cannot be, they are put into the text,
///   and their definitions become comments.
public struct Transposer: Sendable {
  /// Where to.
  public enum Target: Hashable, Sendable {
    /// By an interval, up (positive) or down.
    case semitones(Int)
    /// To a key, the nearest way: from five semitones down to six up. A tonic alone, such as `D`, leaves every tune
    /// its mode. If a mode is named that is not the tune's, the tune goes to the key of the same signature: asked
    /// for `Dm`, a tune in G major goes to F major. The first key of a tune counts.
    case key(String)
  }

  private let target: Target

  /// Creates a transposer.
  public init(_ target: Target) {
    self.target = target
  }

  /// The text, transposed. Layout, comments, lyrics and everything else that is no pitch stay byte for byte.
  public func transpose(_ source: SourceText) throws(TranspositionError) -> [UInt8] {
    let goal = try Goal(target)
    let tunes = SyntaxTree(parsing: source).tunes.map(\.range)
    guard let first = tunes.first else { return source.bytes }
    let header = FileHeader(Array(source.bytes[..<first.lowerBound]), source.encoding)
    var result = header.text
    var position = first.lowerBound
    for range in tunes {
      result += source.bytes[position..<range.lowerBound]
      result += try TranspositionJob(source: source, range: range, header: header).transposed(to: goal)
      position = range.upperBound
    }
    return result + source.bytes[position...]
  }

  /// A target that has been understood.
  enum Goal {
    case semitones(Int)
    case key(TargetKey)

    init(_ target: Target) throws(TranspositionError) {
      switch target {
      case .semitones(let count):
        guard (-127...127).contains(count) else { throw .intervalTooLarge(semitones: count) }
        self = .semitones(count)
      case .key(let text):
        guard let key = TargetKey(parsing: text) else { throw .unknownKey(text) }
        self = .key(key)
      }
    }
  }

  /// What stands before the first tune. Its static macros cannot move, as each tune has a key of its own.
  struct FileHeader {
    /// The new text.
    let text: [UInt8]
    let oldDefaults: TuneState
    let newDefaults: TuneState
    /// Whether its macros are put into the tunes.
    let isExpanded: Bool

    init(_ bytes: [UInt8], _ encoding: TextEncoding) {
      oldDefaults = TuneReader.defaults(bytes, encoding)
      isExpanded = oldDefaults.macros.contains(where: MacroDefinition.hasNotes)
      text = isExpanded ? MacroExpansion.expanded(bytes, encoding, nil) : bytes
      newDefaults = isExpanded ? TuneReader.defaults(text, encoding) : oldDefaults
    }
  }
}
