/// Where one tune goes: how far its notes move, and which key each of its keys becomes.
struct TranspositionPlan: Sendable {
  /// The shift of the key at the start of the tune.
  let shift: TonalShift
  /// The voices that go on sounding as they do, because their notes name drums.
  let fixedVoices: Set<String>
  private let startKey: Key

  /// The plan for a number of semitones. The new key is the one with the fewer signs; where six sharps and six
  /// flats are left, sharps stay with sharps and flats with flats, and from a key without either the accidentals
  /// of the notes decide, or else the way up (sharps) or down (flats).
  init(semitones: Int, score: Score) {
    let key = score.key
    var leaning = key.fifths
    if leaning == 0 {
      for voice in score.voices { leaning += voice.notes.reduce(0) { $0 + $1.alteration } }
    }
    if leaning == 0 { leaning = semitones }
    let fifths = Self.simplest(
      from: key.fifths, by: 7 * (semitones % 12), prefersSharps: leaning > 0)
    self.init(TonalShift(semitones: semitones, fifths: fifths), score)
  }

  /// The plan for a key to go to, by the nearest way (from five semitones down to six up); nil if the tune has no
  /// tonic.
  init?(target: TargetKey, score: Score) {
    guard let tonic = score.key.tonic else { return nil }
    let place = tonic.fifths + 7 * score.key.tonicAlteration
    var fifths = target.tonicFifths(mode: score.key.mode) - place
    // A relative key may come out beyond seven signs; its enharmonic twin is meant.
    let signature = score.key.fifths + fifths
    if abs(signature) > 7 { fifths += signature > 0 ? -12 : 12 }
    let up = ((7 * fifths) % 12 + 12) % 12
    self.init(TonalShift(semitones: up > 6 ? up - 12 : up, fifths: fifths), score)
  }

  private init(_ shift: TonalShift, _ score: Score) {
    self.shift = shift
    startKey = score.key
    fixedVoices = Set(score.voices.filter { $0.staff.clef?.shape == .percussion }.map(\.identifier))
  }

  /// What the tonic of a key moves by on the circle of fifths.
  func fifths(for key: Key) -> Int {
    if shift.fifths == 0 || key.fifths == startKey.fifths { return shift.fifths }
    if (-6...6).contains(key.fifths + shift.fifths) { return shift.fifths }
    return Self.simplest(from: key.fifths, by: shift.fifths, prefersSharps: startKey.fifths > 0)
  }

  /// What a key becomes, less the accidentals of its own; nil for a key without a tonic.
  func key(for key: Key) -> Key? {
    guard let tonic = key.tonic else { return nil }
    let name = SpelledPitch.name(fifths: tonic.fifths + 7 * key.tonicAlteration + fifths(for: key))
    return Key(tonic: name.step, alteration: name.alteration, mode: key.mode)
  }

  /// How the notes move from one key to another. Where the keys say nothing of it (there is no tonic, or the field
  /// could not be read), the notes move as those of the tune's first key.
  func shift(from old: Key, to new: Key) -> (shift: TonalShift, key: Key?) {
    guard let oldTonic = old.tonic, let newTonic = new.tonic else { return (shift, nil) }
    let before = oldTonic.fifths + 7 * old.tonicAlteration
    let after = newTonic.fifths + 7 * new.tonicAlteration
    guard TonalShift.agree(semitones: shift.semitones, fifths: after - before) else { return (shift, nil) }
    return (TonalShift(semitones: shift.semitones, fifths: after - before), new)
  }

  /// The way on the circle of fifths, whole rounds left out or added, that ends with the fewest signs.
  private static func simplest(from start: Int, by distance: Int, prefersSharps: Bool) -> Int {
    // A whole number of octaves changes no name, however many signs the key has.
    if distance % 12 == 0 { return 0 }
    let round = ((start + distance + 6) % 12 + 12) % 12 - 6
    return (round == -6 && prefersSharps ? 6 : round) - start
  }
}

/// The key that tunes are to be moved to.
struct TargetKey: Sendable {
  private let key: Key
  private let namesMode: Bool

  /// Reads `D`, `Bb`, `F#m`, `A dorian`. Nil if there is no tonic, or more than a key.
  init?(parsing text: String) {
    let text = text.trimmed
    guard let key = Key(parsing: text), let tonic = key.tonic, key.kind == .modal else { return nil }
    let rest = text.dropFirst(key.tonicAlteration == 0 ? 1 : 2).trimmed
    let isOnlyMode = rest.utf8.allSatisfy(\.isLetter)
    let plain = Key(tonic: tonic, alteration: key.tonicAlteration, mode: key.mode)
    guard isOnlyMode, key == plain, rest.isEmpty || Key(parsing: "C\(rest)") != nil else { return nil }
    self.key = key
    namesMode = !rest.isEmpty
  }

  /// Where the new tonic of a tune in some mode lies on the circle of fifths. Where only a tonic is named, it is
  /// that one; where a mode is named, the tune gets the signature of the named key: a tune in G major goes to
  /// F major if D minor is asked for.
  func tonicFifths(mode: Key.Mode) -> Int {
    namesMode ? key.fifths - mode.fifths : key.fifths - key.mode.fifths
  }
}
