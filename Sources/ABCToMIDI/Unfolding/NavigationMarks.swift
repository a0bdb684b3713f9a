import ABCNotation

/// The signs of a voice that send the player elsewhere: D.C., D.S., fine, segno and coda (ABC 2.1, 4.14).
///
/// The standard names them and leaves their meaning to music: `!D.C.!` goes back to the start, `!D.S.!` to
/// `!segno!`; the second time round `!fine!` ends the tune, and `!coda!` goes to the last `!coda!`.
struct NavigationMarks: Sendable {
  /// A place in a voice.
  struct Place: Hashable, Comparable, Sendable {
    let measure: Int
    /// In the bar, in whole notes; nil for its end.
    let onset: Fraction?

    static func < (left: Place, right: Place) -> Bool {
      guard left.measure == right.measure else { return left.measure < right.measure }
      guard let onset = left.onset else { return false }
      guard let other = right.onset else { return true }
      return onset < other
    }
  }

  /// What sends the player away.
  enum Departure: Hashable, Sendable {
    case daCapo
    case dalSegno
    case fine
    /// To the coda.
    case toCoda
  }

  /// Where the player is sent away, in order. `fine` and the coda count only on the way back.
  private(set) var departures: [(place: Place, departure: Departure)] = []
  private(set) var segno: Place?
  private(set) var coda: Place?

  private static let names: Set<String> = [
    "segno", "coda", "D.C.", "D.S.", "dacapo", "dacoda", "fine", "D.C.alcoda", "D.C.alfine", "D.S.alcoda",
    "D.S.alfine",
  ]

  /// The signs of a voice; nil if it sends nobody back.
  init?(_ voice: Voice) {
    guard Self.sendsBack(voice) else { return nil }
    var codas: [Place] = []
    for (index, measure) in voice.measures.enumerated() {
      for event in voice.events(in: measure) {
        for name in voice.decorations(of: event) where Self.names.contains(name) {
          let start = Place(measure: index, onset: event.onset)
          let end = event.onset + event.duration
          // What is said of a note is done behind it; a sign to come to, or to leave at, stands before it.
          add(name, start, Place(measure: index, onset: end < measure.length ? end : nil), &codas)
        }
      }
      for name in measure.closingDecorations where Self.names.contains(name) {
        let start = Place(measure: index + 1, onset: .zero)
        add(name, start, Place(measure: index, onset: nil), &codas)
      }
    }
    // One sign alone is where the coda starts: `!dacoda!` leads to it.
    coda = codas.last
    for place in codas.dropLast() {
      let isAtBarLine = place.onset == .zero && place.measure > 0
      let departure = isAtBarLine ? Place(measure: place.measure - 1, onset: nil) : place
      departures.append((departure, .toCoda))
    }
    departures.sort { $0.place < $1.place }
  }

  private mutating func add(_ name: String, _ start: Place, _ end: Place, _ codas: inout [Place]) {
    switch name {
    case "segno": segno = segno ?? start
    case "coda": codas.append(start)
    case "dacoda": departures.append((end, .toCoda))
    case "fine": departures.append((end, .fine))
    case let name where name.hasPrefix("D.S."): departures.append((end, .dalSegno))
    default: departures.append((end, .daCapo))
    }
  }

  /// Looks whether anything sends back at all, which is rare.
  private static func sendsBack(_ voice: Voice) -> Bool {
    func isReturn(_ name: String) -> Bool { name.hasPrefix("D.") || name == "dacapo" }
    // By index, so that nothing is copied of what is passed over.
    return voice.attachments.indices.contains {
      voice.attachments[$0].kind == .decoration && isReturn(voice.attachments[$0].text)
    }
      || voice.measures.indices.contains {
        !voice.measures[$0].closingDecorations.isEmpty
          && voice.measures[$0].closingDecorations.contains(where: isReturn)
      }
  }

  /// The first departure within a stretch of a bar that counts, with its place.
  func departure(
    in measure: Int, from start: Fraction?, isReturning: Bool, taken: Set<Place>
  ) -> (place: Place, departure: Departure)? {
    departures.first { entry in
      guard entry.place.measure == measure, !taken.contains(entry.place) else { return false }
      if let onset = entry.place.onset, let start, onset <= start { return false }
      switch entry.departure {
      case .daCapo: return true
      case .dalSegno: return segno != nil
      case .fine: return isReturning
      case .toCoda: return isReturning && coda != nil
      }
    }
  }
}
