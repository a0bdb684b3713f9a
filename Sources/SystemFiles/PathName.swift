/// The parts of a path as it is written; nobody looks whether anything is there. Slashes at its end do not count.
package struct PathName {
  private let path: Substring
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  package init(_ path: String) {
    self.path = Self.withoutSlashesAtEnd(path[...])
  }

  /// What comes after the last slash; "/" of the root.
  package var lastComponent: String {
    let component = path[componentStart...]
    return String(component.isEmpty ? path : component)
  }

  /// What the last component is in: empty where there is no slash.
  package var folder: String { String(Self.withoutSlashesAtEnd(path[..<componentStart])) }

  /// What comes after the last dot of the last component; empty where that begins or ends with this dot.
  package var fileExtension: String { dotIndex.map { String(path[path.utf8.index(after: $0)...]) } ?? "" }

  /// The path up to the dot before its extension; all of it where it has none.
  package var withoutExtension: String { String(path[..<(dotIndex ?? path.endIndex)]) }

  /// The path of something in this folder.
  package func appending(_ name: String) -> String {
    path.isEmpty || path == "/" ? "\(path)\(name)" : "\(path)/\(name)"
  }

  private var componentStart: Substring.Index {
    path.utf8.lastIndex(of: Self.slash).map { path.utf8.index(after: $0) } ?? path.startIndex
  }

  private var dotIndex: Substring.Index? {
    let component = path.utf8[componentStart...]
    guard let dot = component.lastIndex(of: Self.dot), dot > component.startIndex,
      component.index(after: dot) < component.endIndex
    else { return nil }
    return dot
  }

  /// The root keeps its one slash.
  private static func withoutSlashesAtEnd(_ path: Substring) -> Substring {
    guard let last = path.utf8.lastIndex(where: { $0 != slash }) else { return path.prefix(1) }
    return path[..<path.utf8.index(after: last)]
  }
}
