/// A collection of tunes that anybody may fetch.
public struct PublicCollection: Sendable {
  /// Where it comes from.
  public enum Origin: Sendable {
    /// Files within a package of the Python index.
    case pythonPackage(name: String, version: String, files: String)
    /// One file at an address.
    case file(address: String)
  }

  /// What `corpus fetch` calls it.
  public let name: String
  /// What it is.
  public let title: String
  /// On what terms it may be used.
  public let licence: String
  /// Where it comes from.
  public let origin: Origin
  /// The SHA-256 of what is fetched; nil for what is changed by its keepers from time to time.
  public let checksum: String?

  /// The collections that are known.
  public static let all: [PublicCollection] = [
    music21("oneills", "O'Neill's Music of Ireland (Chicago, 1903)", "oneills1850", publicDomain),
    music21("ryans", "Ryan's Mammoth Collection (Boston, 1883)", "ryansMammoth", publicDomain),
    music21("airds", "Aird's Selection of Airs (Glasgow, 1782-1801)", "airdsAirs", publicDomain),
    music21(
      "essen", "Essen Folksong Collection", "essenFolksong",
      "for research and teaching that is not commercial; train nothing on it that you sell or give away"),
    PublicCollection(
      name: "thesession", title: "The Session: all settings of all tunes, tunes.csv",
      licence:
        "Open Database License 1.0: name The Session (thesession.org), and share what you make of it alike",
      origin: .file(
        address: "https://raw.githubusercontent.com/adactio/TheSession-data/main/csv/tunes.csv"),
      checksum: nil),
  ]

  /// The collection of a name.
  public static func named(_ name: String) -> PublicCollection? { all.first { $0.name == name } }

  private static let publicDomain =
    "tunes in the public domain; their ABC as part of music21 under the BSD licence"

  private static func music21(
    _ name: String, _ title: String, _ folder: String, _ licence: String
  ) -> PublicCollection {
    PublicCollection(
      name: name, title: title, licence: licence,
      origin: .pythonPackage(name: "music21", version: "9.1.0", files: "music21/corpus/\(folder)/*.abc"),
      checksum: "f3d312159be73867bd86fb0b6f201fc7285e5f6886d6f0c0a115eeeff0e67741")
  }
}
