/// How many intervals must be changed, put in or taken out to make one melody of another (Levenshtein 1965), found for a
/// word of them at once (Myers 1999, in the form of Hyyrö 2003).
struct EditDistance: Sendable {
  private let count: Int
  private let words: Int
  /// For each interval, as a byte, the places where it stands.
  private var places: [UInt64]

  /// Prepares a melody that is to be compared with many.
  init(_ pattern: [Int8]) {
    count = pattern.count
    words = max((pattern.count + 63) / 64, 1)
    places = [UInt64](repeating: 0, count: 256 * words)
    for (index, interval) in pattern.enumerated() {
      places[Int(UInt8(bitPattern: interval)) * words + index / 64] |= 1 << UInt64(index % 64)
    }
  }

  /// The distance to another melody; `limit` where it is no less.
  func distance(to other: [Int8], below limit: Int) -> Int {
    guard count > 0 else { return min(other.count, limit) }
    guard abs(other.count - count) < limit else { return limit }
    var (positive, negative) = ([UInt64](repeating: .max, count: words), [UInt64](repeating: 0, count: words))
    var score = count
    let last = UInt64(1) << UInt64((count - 1) % 64)
    for (place, interval) in other.enumerated() {
      let row = Int(UInt8(bitPattern: interval)) * words
      // What goes over from one word to the next: +1 into the first, since whole melodies are compared.
      var (carryUp, carryDown) = (UInt64(1), UInt64(0))
      for word in 0..<words {
        let (up, down) = (positive[word], negative[word])
        let equal = places[row + word] | carryDown
        let diagonal = ((equal & up) &+ up) ^ up | equal
        var rise = down | ~(diagonal | up)
        var fall = up & diagonal
        if word == words - 1 {
          if rise & last != 0 { score += 1 } else if fall & last != 0 { score -= 1 }
        }
        let (nextUp, nextDown) = (rise >> 63, fall >> 63)
        rise = rise << 1 | carryUp
        fall = fall << 1 | carryDown
        let vertical = places[row + word] | down
        positive[word] = fall | ~(vertical | rise)
        negative[word] = rise & vertical
        (carryUp, carryDown) = (nextUp, nextDown)
      }
      if score - (other.count - place - 1) >= limit { return limit }
    }
    return min(score, limit)
  }
}
