@testable import ABCNotation

/// Makes texts for tests out of those at hand, whole and broken: at random, but in every run the same ones.
struct TextBreaker {
  var generator: SplitMix

  init(seed: UInt64) {
    generator = SplitMix(state: seed)
  }

  /// A few tunes in a row. Each collection comes up equally often, however large it is.
  mutating func slice(of collections: [[Collections.Book]] = Collections.books) -> [UInt8] {
    guard let book = collections.randomElement(using: &generator)?.randomElement(using: &generator),
      !book.tunes.isEmpty
    else { return [] }
    let first = Int.random(in: book.tunes.indices, using: &generator)
    var end = book.tunes[first].upperBound
    for tune in book.tunes[first...].dropFirst().prefix(Int.random(in: 0..<6, using: &generator))
    where tune.upperBound - book.tunes[first].lowerBound < 10_000 {
      end = tune.upperBound
    }
    return Array(book.bytes[book.tunes[first].lowerBound..<end])
  }

  /// The text with some of its tokens deleted, doubled or swapped, or with a byte changed in them.
  mutating func broken(_ bytes: [UInt8]) -> [UInt8] {
    var pieces = tokens(of: bytes).map { Array(bytes[$0.range]) }
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      guard let index = pieces.indices.randomElement(using: &generator) else { break }
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: pieces.remove(at: index)
      case 1: pieces.insert(pieces[index], at: index)
      case 2: pieces.swapAt(index, Int.random(in: pieces.indices, using: &generator))
      default:
        guard let place = pieces[index].indices.randomElement(using: &generator) else { break }
        pieces[index][place] ^= UInt8.random(in: 1...255, using: &generator)
      }
    }
    return pieces.flatMap { $0 }
  }

  /// Signs of music without sense, at times with a field or an empty line among them.
  mutating func nonsense() -> [UInt8] {
    var text = ""
    for _ in 0..<Int.random(in: 0..<100, using: &generator) {
      if Int.random(in: 0..<12, using: &generator) == 0 {
        text += Self.phrases.randomElement(using: &generator) ?? ""
      } else if let sign = Self.signs.randomElement(using: &generator) {
        text.append(sign)
      }
    }
    return Array(text.utf8)
  }

  /// The start of a tune in which nonsense may mean much.
  mutating func header() -> [UInt8] {
    Array((Self.headers.randomElement(using: &generator) ?? "").utf8)
  }

  /// A few lines that change what the lines behind them mean, and at times an empty one.
  mutating func lines() -> [UInt8] {
    let count = Int.random(in: 0..<4, using: &generator)
    let chosen = (0..<count).compactMap { _ in Self.lines.randomElement(using: &generator) }
    let end = Bool.random(using: &generator) ? "\n" : ""
    return Array((chosen.map { $0 + "\n" }.joined() + end).utf8)
  }

  private static let signs = Array("ABcd'/,2340^_=|:[](){}<>-~.\"!+&zxZy `%\\\n\r wKM")
  private static let phrases = [
    "[K:D]", "[M:3/4]", "[L:1/4]", "[V:2]", "[I:linebreak !]", "(3", "(3:2:2", "{/c}", "[CEG]2-", "!p!",
    "!p!A!", "+CE+", "+trill+", ":|]", "[1", "|2", "\"Am\"", "\nw:a b-c|*_\n", "\nM:6/8\n", "\n+:4\n",
    "\nV:2\n", "\nP:B\n", "\n\n", "\r\n", "\nX:2\nT:b\nK:D\n", "%c\n", "%%begintext\n", "%%endtext\n",
    "A2>B2", "^/C", "__B-", "~C3", "\u{E9}",
  ]
  private static let headers = [
    "", "X:1\nT:a\nM:4/4\nL:1/8\nK:C\n", "X:1\nT:a\nM:3/4\nL:1/4\nK:none\n", "X:1\nT:a\n",
    "T:a\nM:6/8\n+:\nK:D\n", "X:1\nT:a\nM:C\nm:~n2 = n{o}n\nm:A = (3Bcd\nK:Eb\n",
    "X:1\nT:a\nI:linebreak !\nK:A\n", "X:1\nT:a\nI:decoration +\nU:w=!p!\nK:Hp\n",
    "%abc-2.1\nX:1\nT:a\nV:1\nV:2 octave=1\nK:Ador\n",
    "X:1\nT:a\nP:A2B\nM:2/4\nI:propagate-accidentals octave\nK:F\n",
    "M:3/4\nL:1/4\n\nX:1\nT:a\nK:C clef=bass-8\n", "<start>\nX:1\nT:a\nM:9/8\nK:Gmix\n",
  ]
  private static let lines = [
    "", "", "%%begintext", "%%endtext", "%%begintext\n\nX:7", "M:3/4", "L:1/4", "K:D", "+:4", "+:minor",
    "T:a", "X:1", "X:", "\nX:3\nT:b\nM:4/\n+:4\nK:C", "\nM:2/4\n\nX:4", "<start>", "<end>", "V:2", "P:B",
    "H:a", "a\\", "%abc-2.1", "I:abc-charset utf-8", "I:linebreak !", "%%propagate-accidentals not",
    "m:A = B2", "U:T=!p!", "w:a b", "s:!p! *", "\"Am", "!p!y|", "CDEF|", "[V:2] C", "&C8|", "{c}", "(3",
    "A-", ":|", "|:",
  ]
}
