import SystemFiles

/// Sheet music by `abcm2ps`, where it is installed.
struct SheetMusic {
  private let folder: String
  private let isInstalled: Bool

  /// Pictures in a directory that is there.
  init(folder: String) {
    self.folder = folder
    isInstalled = (try? Self.run("abcm2ps -V")) == .status(0)
  }

  /// Draws a tune as SVG in a file of this name; nil where there is no `abcm2ps` or it cannot draw the tune.
  func draw(_ abc: String, name: String) throws -> String? {
    guard isInstalled else { return nil }
    let source = "\(folder)/.\(name).abc"
    let target = "\(folder)/.\(name)-"
    try OutputFile.write(abc.utf8, to: source)
    defer { OutputFile.remove(source) }
    // It adds the number of the page, and does not always end on what a model writes.
    _ = try Self.run("timeout 10 abcm2ps -q -g -O \"$1\" \"$0\"", source, target)
    let page = target + "001.svg"
    guard let picture = try? [UInt8](contentsOfFile: page) else { return nil }
    OutputFile.remove(page)
    try OutputFile.write(picture, to: "\(folder)/\(name)")
    return name
  }

  private static func run(_ script: String, _ arguments: String...) throws -> ChildProcess.End {
    try ChildProcess.run("sh", ["-c", script + " >/dev/null 2>&1"] + arguments)
  }
}
