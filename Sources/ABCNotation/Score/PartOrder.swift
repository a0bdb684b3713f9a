/// The order of play in a `P:` field of the header (ABC 2.1, 3.1.9): `AABB`, `(AB)3(CD)2`, dots between allowed.
enum PartOrder {
  /// The most parts that an order may come to when it is written out.
  static let limit = 1000

  struct Malformed: Error {
    let message: String
    /// Whether it is well written, but comes to more parts than anybody plays.
    var isTooLong = false
  }

  /// The labels one after the other, groups and counts written out.
  static func parse(_ text: String) throws(Malformed) -> [Character] {
    var stack: [[Character]] = [[]]
    var latest: [Character] = []
    var characters = text.filter { !" \t.".contains($0) }[...]
    while let character = characters.popFirst() {
      if character == "(" {
        stack.append([])
        latest = []
      } else if character == ")" {
        guard stack.count > 1 else { throw Malformed(message: "a ')' in this order of play opens nowhere") }
        latest = stack.removeLast()
        try append(latest, to: &stack)
      } else if character.isLetter, character.isASCII {
        latest = [character]
        try append(latest, to: &stack)
      } else if let digit = character.wholeNumberValue {
        var count = digit
        while let next = characters.first?.wholeNumberValue, count <= limit {
          count = count * 10 + next
          characters.removeFirst()
        }
        guard !latest.isEmpty, count > 0 else {
          throw Malformed(message: "a number in this order of play must follow a part or a ')'")
        }
        guard count <= limit, count * latest.count <= limit else { throw tooLong }
        for _ in 1..<max(count, 1) { try append(latest, to: &stack) }
        latest = []
      } else {
        throw Malformed(
          message: "'\(character)' means nothing in an order of play; write one such as P:AABB or P:(AB)3")
      }
    }
    guard stack.count == 1 else { throw Malformed(message: "a '(' in this order of play is never closed") }
    return stack[0]
  }

  private static let tooLong = Malformed(
    message: "this order of play comes to more than \(limit) parts; shorten it",
    isTooLong: true)

  private static func append(_ labels: [Character], to stack: inout [[Character]]) throws(Malformed) {
    stack[stack.count - 1] += labels
    guard stack[stack.count - 1].count <= limit else { throw tooLong }
  }
}
