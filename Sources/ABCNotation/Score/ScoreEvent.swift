/// A note, a chord or a rest.
public struct ScoreEvent: Sendable {
  /// What sort of event it is.
  public enum Kind: UInt8, Sendable {
    /// A single note.
    case note
    /// Notes between `[` and `]`.
    case chord
    /// `z`.
    case rest
    /// `x`.
    case invisibleRest
    /// `Z` or `X`: whole bars.
    case measureRest
    /// `y`: no music, but decorations may hang on it.
    case spacer
  }

  /// What sort of event it is.
  public internal(set) var kind: Kind
  /// Whether its grace notes are an acciaccatura: `{/…}`.
  public internal(set) var hasAcciaccatura = false
  private var brokenByte: Int8 = 0
  private let layerNumber: UInt8
  /// Where in the bar it starts, in whole notes.
  public internal(set) var onset: Fraction
  /// How long it is, in whole notes.
  public internal(set) var duration: Fraction
  private var start: UInt32
  private var end: UInt32
  private var firstGrace: UInt32
  private var firstNote: UInt32
  private var endNote: UInt32
  private var firstAttachment: UInt32 = 0
  private var endAttachment: UInt32 = 0
  private var tupletIndex: Int32 = -1

  @inline(__always)
  init(
    _ kind: Kind, _ range: Range<Int>, onset: Fraction, duration: Fraction, layer: Int, firstGrace: Int,
    firstNote: Int, endNote: Int
  ) {
    self.kind = kind
    layerNumber = UInt8(clamping: layer)
    self.onset = onset
    self.duration = duration
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
    self.firstGrace = UInt32(truncatingIfNeeded: firstGrace)
    self.firstNote = UInt32(truncatingIfNeeded: firstNote)
    self.endNote = UInt32(truncatingIfNeeded: endNote)
  }

  /// 0 for the voice itself, 1 and up for its overlays (`&`).
  public var layer: Int { Int(layerNumber) }

  /// The broken-rhythm sign between it and the event before it: 1 for `>`, 2 for `>>`, −1 for `<`; 0 for none.
  public internal(set) var brokenRhythm: Int {
    get { Int(brokenByte) }
    set { brokenByte = Int8(clamping: newValue) }
  }

  /// Its bytes, without decorations and grace notes.
  public internal(set) var range: Range<Int> {
    get { Int(start)..<Int(end) }
    set {
      start = UInt32(newValue.lowerBound)
      end = UInt32(newValue.upperBound)
    }
  }

  /// The indices of what sounds among the notes of its voice; empty for a rest.
  public var notes: Range<Int> { Int(firstNote)..<Int(endNote) }

  /// The indices of the grace notes before it among the notes of its voice.
  public var graceNotes: Range<Int> { Int(firstGrace)..<Int(firstNote) }

  /// The indices of what is attached to it among the attachments of its voice.
  public internal(set) var attachments: Range<Int> {
    get { Int(firstAttachment)..<Int(endAttachment) }
    set {
      firstAttachment = UInt32(newValue.lowerBound)
      endAttachment = UInt32(newValue.upperBound)
    }
  }

  /// The index of the innermost tuplet that it belongs to among the tuplets of its voice.
  public internal(set) var tuplet: Int? {
    get { tupletIndex < 0 ? nil : Int(tupletIndex) }
    set { tupletIndex = Int32(newValue ?? -1) }
  }

  /// Whether it is a rest of any kind.
  public var isRest: Bool { kind == .rest || kind == .invisibleRest || kind == .measureRest }
}
