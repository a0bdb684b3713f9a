import FoundationEssentials

/// A list of collections: which files belong to which book, and what the book's layout says about rhythms.
///
/// `Corpus/collections.json` is one. Files whose tunes lack `R:` get the rhythm that their place in the book
/// implies.
public struct CollectionList: Codable, Sendable {
  /// One printed book.
  public struct Book: Codable, Sendable {
    /// The title for the `B:` field.
    public let title: String
    /// The folder or file, relative to the folder given on the command line.
    public let path: String
    /// Rhythms by ranges of reference numbers, both ends included.
    public let sections: [Section]?
    /// What the style of its tunes is called.
    public let style: String?
    /// False where the `X:` numbers are not those of the book.
    public let isNumbered: Bool?

    private enum CodingKeys: String, CodingKey {
      case title, path, sections, style
      case isNumbered = "numbered"
    }
  }

  /// A run of tunes of one rhythm.
  public struct Section: Codable, Sendable {
    /// The first number.
    public let first: Int
    /// The last number.
    public let last: Int
    /// Their rhythm.
    public let rhythm: String
  }

  /// The books.
  public let books: [Book]

  /// Reads the JSON of a list.
  public init(json bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(CollectionList.self, from: Data(bytes))
  }
}

extension CollectionList.Book {
  /// The rhythm of the tune of a number, if its place in the book tells.
  func rhythm(of number: Int?) -> String? {
    guard let number else { return nil }
    return sections?.first { ($0.first...max($0.first, $0.last)).contains(number) }?.rhythm
  }
}

extension CollectionList.Book {
  /// A book without a title: files that belong to no list.
  public static func unlisted(path: String) -> CollectionList.Book {
    CollectionList.Book(title: "", path: path, sections: nil, style: nil, isNumbered: nil)
  }

  /// The same book with its path below a directory.
  public func below(_ directory: String) -> CollectionList.Book {
    CollectionList.Book(
      title: title, path: "\(directory)/\(path)", sections: sections, style: style, isNumbered: isNumbered)
  }
}
