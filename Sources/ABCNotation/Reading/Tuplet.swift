/// A tuplet under way: `notes` in the time of `time`, for the next `remaining` notes (ABC 2.1, 4.13).
struct Tuplet: Sendable {
  let notes: Int
  let time: Int
  let factor: Fraction
  var remaining: Int
  let range: Range<Int>
  /// Its index among the tuplets of the voice, once it has a note.
  var span: Int?

  /// Nil if the time is not given and the standard defines none, or if a number is out of range.
  init?(notes: Int, time: Int?, count: Int?, isCompound: Bool, range: Range<Int>) {
    let defaultTime: Int? =
      switch notes {
      case 2, 4, 8: 3
      case 3, 6: 2
      case 5, 7, 9: isCompound ? 3 : 2
      default: nil
      }
    guard let time = time ?? defaultTime, (1...64).contains(time) else { return nil }
    let count = count ?? notes
    guard (1...64).contains(count) else { return nil }
    self.notes = notes
    self.time = time
    factor = Fraction(time, notes)
    remaining = count
    self.range = range
  }
}
