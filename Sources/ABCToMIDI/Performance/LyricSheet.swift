import ABCNotation

/// The lyrics of a voice, by the note and by how often it has been played.
struct LyricSheet {
  private let voice: Voice
  /// The indices of the syllables of an event, by verse.
  private var syllables: [Int: [Int]] = [:]
  private let verses: Int
  private var visits: [Int: Int] = [:]
  private var verse = 1

  init(_ voice: Voice) {
    self.voice = voice
    for index in voice.lyrics.indices { syllables[voice.lyrics[index].event, default: []].append(index) }
    verses = voice.lyrics.map(\.verse).max() ?? 1
  }

  /// A bar begins: the second time it is played, the second verse is sung, if there is one.
  mutating func enter(measure: Int) {
    let visit = visits[measure, default: 0] + 1
    visits[measure] = visit
    verse = min(visit, verses)
  }

  /// What is sung at an event. Where the verse has nothing for a bar, the one before it is sung again.
  func syllables(of event: Int) -> [String] {
    let own = (syllables[event] ?? []).map { voice.lyrics[$0] }
    guard let number = own.map(\.verse).filter({ $0 <= verse }).max() else { return [] }
    return own.filter { $0.verse == number }.map { $0.isHyphenated ? $0.text + "-" : $0.text + " " }
  }
}
