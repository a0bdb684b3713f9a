extension ChordSymbol {
  /// The intervals of a chord (ABC 2.1, 4.18, which leaves the list open). The raw value is the kind in its
  /// shortest spelling.
  public enum Quality: String, CaseIterable, Sendable {
    /// The triads.
    case major = ""
    case minor = "m"
    case diminished = "dim"
    case augmented = "+"
    case flatFive = "b5"
    case suspendedSecond = "sus2"
    case suspendedFourth = "sus4"
    /// Root and fifth.
    case power = "5"
    /// The chords of a sixth.
    case sixth = "6"
    case minorSixth = "m6"
    case sixthNinth = "69"
    case minorSixthNinth = "m69"
    /// The chords of a seventh.
    case seventh = "7"
    case minorSeventh = "m7"
    case majorSeventh = "maj7"
    case minorMajorSeventh = "mmaj7"
    case diminishedSeventh = "dim7"
    case halfDiminishedSeventh = "m7b5"
    case augmentedSeventh = "+7"
    case augmentedMajorSeventh = "+maj7"
    case seventhFlatFive = "7b5"
    case seventhFlatNinth = "7b9"
    case seventhSharpNinth = "7#9"
    case alteredSeventh = "7alt"
    case seventhSuspendedSecond = "7sus2"
    case seventhSuspendedFourth = "7sus4"
    /// The chords of a ninth or more.
    case ninth = "9"
    case minorNinth = "m9"
    case majorNinth = "maj9"
    case ninthSuspendedFourth = "9sus4"
    case eleventh = "11"
    case minorEleventh = "m11"
    case majorEleventh = "maj11"
    case thirteenth = "13"
    case minorThirteenth = "m13"
    case majorThirteenth = "maj13"
    /// Triads with a note added.
    case addedNinth = "add9"
    case minorAddedNinth = "madd9"
    case addedFourth = "add4"

    /// Semitones above the root, each 0…11, from the root up as the chord is named.
    public var pitchClasses: [Int] {
      switch self {
      case .major: [0, 4, 7]
      case .minor: [0, 3, 7]
      case .diminished: [0, 3, 6]
      case .augmented: [0, 4, 8]
      case .flatFive: [0, 4, 6]
      case .suspendedSecond: [0, 2, 7]
      case .suspendedFourth: [0, 5, 7]
      case .power: [0, 7]
      case .sixth: [0, 4, 7, 9]
      case .minorSixth: [0, 3, 7, 9]
      case .sixthNinth: [0, 4, 7, 9, 2]
      case .minorSixthNinth: [0, 3, 7, 9, 2]
      case .seventh: [0, 4, 7, 10]
      case .minorSeventh: [0, 3, 7, 10]
      case .majorSeventh: [0, 4, 7, 11]
      case .minorMajorSeventh: [0, 3, 7, 11]
      case .diminishedSeventh: [0, 3, 6, 9]
      case .halfDiminishedSeventh: [0, 3, 6, 10]
      case .augmentedSeventh: [0, 4, 8, 10]
      case .augmentedMajorSeventh: [0, 4, 8, 11]
      case .seventhFlatFive: [0, 4, 6, 10]
      case .seventhFlatNinth: [0, 4, 7, 10, 1]
      case .seventhSharpNinth: [0, 4, 7, 10, 3]
      case .alteredSeventh: [0, 4, 8, 10, 3]
      case .seventhSuspendedSecond: [0, 2, 7, 10]
      case .seventhSuspendedFourth: [0, 5, 7, 10]
      case .ninth: [0, 4, 7, 10, 2]
      case .minorNinth: [0, 3, 7, 10, 2]
      case .majorNinth: [0, 4, 7, 11, 2]
      case .ninthSuspendedFourth: [0, 5, 7, 10, 2]
      case .eleventh: [0, 4, 7, 10, 2, 5]
      case .minorEleventh: [0, 3, 7, 10, 2, 5]
      case .majorEleventh: [0, 4, 7, 11, 2, 5]
      case .thirteenth: [0, 4, 7, 10, 2, 9]
      case .minorThirteenth: [0, 3, 7, 10, 2, 9]
      case .majorThirteenth: [0, 4, 7, 11, 2, 9]
      case .addedNinth: [0, 4, 7, 2]
      case .minorAddedNinth: [0, 3, 7, 2]
      case .addedFourth: [0, 4, 7, 5]
      }
    }

    /// The quality that the pieces of a kind stand for, each piece in its shortest spelling. Pieces at the end
    /// that belong to no quality on the list are left out, down to the triad that the kind starts with.
    init(pieces: [String]) {
      for count in stride(from: pieces.count, through: 1, by: -1) {
        let spelling = pieces[..<count].joined()
        if let quality = Quality(rawValue: spelling) ?? Quality.otherSpellings[spelling] {
          self = quality
          return
        }
      }
      self = .major
    }

    private static let otherSpellings: [String: Quality] = [
      "maj": .major, "maj6": .sixth, "maj69": .sixthNinth,
      "mb5": .diminished, "#5": .augmented, "+5": .augmented, "ø": .halfDiminishedSeventh,
      "ø7": .halfDiminishedSeventh,
      "7+": .augmentedSeventh, "7#5": .augmentedSeventh,
      "maj7+": .augmentedMajorSeventh, "maj7#5": .augmentedMajorSeventh, "9#5": .augmentedSeventh,
      "alt": .alteredSeventh, "7#5#9": .alteredSeventh,
      "sus": .suspendedFourth, "4": .suspendedFourth, "11sus4": .ninthSuspendedFourth,
      "2": .suspendedSecond, "sus9": .suspendedSecond, "7sus9": .seventhSuspendedSecond,
      "7sus": .seventhSuspendedFourth, "sus7": .seventhSuspendedFourth, "sus47": .seventhSuspendedFourth,
      "9sus": .ninthSuspendedFourth, "11sus": .ninthSuspendedFourth,
      "m7add11": .minorEleventh, "7add11": .eleventh, "7add13": .thirteenth,
      "7maj": .majorSeventh, "mmaj9": .minorMajorSeventh, "m7maj": .minorMajorSeventh,
      "add2": .addedNinth, "madd2": .minorAddedNinth, "add11": .addedFourth, "no3": .power, "5no3": .power,
    ]
  }
}
