/// The seven note names. The raw value counts from C.
public enum Step: Int, CaseIterable, Sendable {
  /// The steps of the scale of C major.
  case c, d, e, f, g, a, b

  /// Semitones above C.
  @inline(__always)
  public var semitones: Int {
    switch self {
    case .c: 0
    case .d: 2
    case .e: 4
    case .f: 5
    case .g: 7
    case .a: 9
    case .b: 11
    }
  }

  /// Where the natural note lies on the circle of fifths, C being 0.
  public var fifths: Int {
    switch self {
    case .c: 0
    case .d: 2
    case .e: 4
    case .f: -1
    case .g: 1
    case .a: 3
    case .b: 5
    }
  }

  /// The capital letter.
  public var letter: Character {
    switch self {
    case .c: "C"
    case .d: "D"
    case .e: "E"
    case .f: "F"
    case .g: "G"
    case .a: "A"
    case .b: "B"
    }
  }

  @inline(__always)
  init?(letter: UInt8) {
    guard letter.isNoteLetter else { return nil }
    // A and B lie above G: the letters turn around at C.
    self.init(rawValue: (Int(letter | 0x20) - 0x63 + 7) % 7)
  }
}

/// A number of semitones, sharp or flat, for each of the seven steps.
public struct Alterations: Hashable, Sendable {
  private var values = SIMD8<Int8>(repeating: 0)

  /// No sharps and no flats.
  public static let none = Alterations()

  init() {}

  /// The alteration of a step in semitones.
  public subscript(step: Step) -> Int {
    @inline(__always) get { Int(values[step.rawValue]) }
    set { values[step.rawValue] = Int8(clamping: newValue) }
  }

  /// All of them added up.
  public var sum: Int { Int(values.wrappedSum()) }

  /// The sharps (positive) or flats (negative) of a plain signature, in their order; beyond seven they double.
  public init(fifths: Int) {
    let order: [Step] = [.f, .c, .g, .d, .a, .e, .b]
    for index in 0..<min(fifths.magnitude, 28) {
      let step = fifths > 0 ? order[Int(index % 7)] : order[Int(6 - index % 7)]
      self[step] += fifths > 0 ? 1 : -1
    }
  }
}
