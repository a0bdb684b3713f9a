/// The characters a model knows, each with an index from 0.
///
/// A character is one Unicode scalar: a letter and a combining accent are two. An entry of several scalars,
/// such as `<start>`, is a marker; text never encodes to a marker, `index(of:)` finds it.
public struct Vocabulary: Sendable, Equatable {
  /// The most entries a vocabulary may have.
  public static let maximumCount = 65_536

  /// The characters and markers in the order of their indices.
  public let entries: [String]
  private let indices: [String: Int32]
  private let scalarIndices: [UInt32: Int32]

  /// The number of characters and markers.
  public var count: Int { entries.count }

  /// A vocabulary of `entries`, in their order.
  ///
  /// Throws `CharacterModelError.vocabulary` when there are none or too many, or one is empty or repeated.
  public init(entries: [String]) throws(CharacterModelError) {
    guard !entries.isEmpty else { throw .vocabulary(reason: "it has no characters") }
    guard entries.count <= Self.maximumCount else {
      throw .vocabulary(reason: "it has \(entries.count) entries, the most is \(Self.maximumCount)")
    }
    var indices: [String: Int32] = [:]
    var scalarIndices: [UInt32: Int32] = [:]
    for (index, entry) in entries.enumerated() {
      guard let first = entry.unicodeScalars.first else {
        throw .vocabulary(reason: "entry \(index) is empty")
      }
      if entry.unicodeScalars.count == 1 {
        guard scalarIndices.updateValue(Int32(index), forKey: first.value) == nil else {
          throw .vocabulary(reason: "entry \(index) repeats an earlier one")
        }
      } else {
        // Compared as scalars: String equality would merge canonically equivalent spellings.
        guard !entries[..<index].contains(where: { $0.unicodeScalars.elementsEqual(entry.unicodeScalars) })
        else { throw .vocabulary(reason: "entry \(index) repeats an earlier one") }
        indices[entry] = Int32(index)
      }
    }
    self.entries = entries
    self.indices = indices
    self.scalarIndices = scalarIndices
  }

  /// The distinct characters of `texts` in the order of their code points, after `markers`.
  ///
  /// Throws `CharacterModelError.vocabulary` as `init(entries:)` does.
  public init(
    charactersOf texts: some Sequence<String>, markers: [String] = []
  ) throws(CharacterModelError) {
    var scalars: Set<Unicode.Scalar> = []
    for text in texts { scalars.formUnion(text.unicodeScalars) }
    try self.init(entries: markers + scalars.sorted().map { String($0) })
  }

  /// The index of a character or marker.
  public func index(of entry: String) -> Int32? {
    if let first = entry.unicodeScalars.first, entry.unicodeScalars.count == 1 {
      return scalarIndices[first.value]
    }
    return indices[entry]
  }

  /// The index of one character.
  public func index(of character: Unicode.Scalar) -> Int32? { scalarIndices[character.value] }

  /// The indices of the characters of `text`, one a Unicode scalar.
  ///
  /// Throws `CharacterModelError.unknownCharacter` at the first character that has none.
  public func encode(_ text: String) throws(CharacterModelError) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard let index = scalarIndices[scalar.value] else {
        throw .unknownCharacter(String(scalar), offset: result.count)
      }
      result.append(index)
    }
    return result
  }

  /// The indices of the known characters of `text`, and how many characters were left out.
  public func encodeSkippingUnknown(_ text: String) -> (indices: [Int32], unknown: Int) {
    var result: [Int32] = []
    var unknown = 0
    for scalar in text.unicodeScalars {
      if let index = scalarIndices[scalar.value] { result.append(index) } else { unknown += 1 }
    }
    return (result, unknown)
  }

  /// The text of `indices`; markers appear as they are written. Each index is below `count`.
  public func decode(_ indices: some Sequence<Int32>) -> String {
    var text = String.UnicodeScalarView()
    for index in indices { text.append(contentsOf: entries[Int(index)].unicodeScalars) }
    return String(text)
  }

  /// Whether both have the same entries, scalar for scalar, in the same order.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.unicodeScalars.elementsEqual($1.unicodeScalars) }
  }
}
