import ArgumentParser
import FoundationEssentials
import Glibc
import SystemFiles
import TuneGenerator

/// Why a collection was not fetched, and what to do.
struct FetchError: Error {
  let description: String
}

/// Fetches a collection into a folder of its name: whole, or not at all.
struct CollectionFetcher {
  private let collection: PublicCollection
  private let address: String?
  private let checksum: String?
  private let again: Bool
  private let quiet: Bool
  /// The folder that it goes to, and the one that it is gathered in.
  private let folder: String
  private let gathering: String

  init(
    _ collection: PublicCollection, directory: String, address: String?, checksum: String?, again: Bool,
    quiet: Bool
  ) {
    self.collection = collection
    self.address = address
    // Another address may have another file.
    self.checksum = checksum?.lowercased() ?? (address == nil ? collection.checksum : nil)
    self.again = again
    self.quiet = quiet
    folder = PathName(directory).appending(collection.name)
    gathering = PathName(directory).appending(".\(collection.name).part")
  }

  /// Fetches it, and returns where it is.
  func fetch() throws -> String {
    if FileKind(folder) == .directory, !again { return folder }
    try OutputFile.makeDirectory(gathering)
    switch (collection.origin, address) {
    case (.file(let original), let address): try fetchFile(address ?? original)
    case (.pythonPackage(_, _, let files), let address?):
      let archive = try download(address, as: "archive.zip")
      try unpack(archive, files)
    case (.pythonPackage(let name, let version, let files), nil):
      let archive = try downloadPackage(name, version)
      try unpack(archive, files)
    }
    return folder
  }

  private func fetchFile(_ address: String) throws {
    let name = PathName(String(address.prefix { $0 != "?" })).lastComponent
    let file = try download(address, as: name)
    let fresh = PathName(gathering).appending("new")
    try OutputFile.makeDirectory(fresh)
    try rename(file, PathName(fresh).appending(name))
    try finish(fresh)
  }

  /// The file at an address. What an earlier try has left is gone on with, if the file is still the same one.
  private func download(_ address: String, as name: String) throws -> String {
    let part = PathName(gathering).appending(name)
    let tag = part + ".tag"
    for isLastTry in [false, true] {
      let isResumed = FileKind(part) != .nothing
      var arguments = ["--fail", "--location", "--retry", "3", "--output", part, "--etag-save", tag + ".new"]
      arguments += Console.isInteractive && !quiet ? ["--progress-bar"] : ["--silent", "--show-error"]
      if isResumed {
        arguments += ["--continue-at", "-"]
        // Of another file the server sends all, which curl does not put behind the old one.
        if let old = try? [UInt8](contentsOfFile: tag), !old.isEmpty {
          let value = String(decoding: old, as: UTF8.self).filter { !$0.isNewline }
          arguments += ["--header", "If-Range: \(value)"]
        }
      }
      let end = try run("curl", arguments + [address], package: "curl")
      if FileKind(tag + ".new") != .nothing { try? rename(tag + ".new", tag) }
      if end == .status(0) { break }
      if Interruption.isRequested || end == .signal(SIGINT) { throw ExitCode.interrupted }
      guard isResumed, !isLastTry else {
        throw FetchError(
          description: "the download of \(address) failed\(Self.reason(end)); run it again to go on")
      }
      // The server cannot go on, or the file is another one by now: from the start.
      OutputFile.remove(part)
      OutputFile.remove(tag)
    }
    OutputFile.remove(tag)
    try check(part)
    return part
  }

  private static func reason(_ end: ChildProcess.End) -> String {
    switch end {
    case .status(6): " (there is no such server, or no network)"
    case .status(7): " (the server does not answer)"
    case .status(22): " (the server has no such file)"
    case .status(23): " (it cannot be written)"
    case .status(28): " (it took too long)"
    case .status(let status): " (curl: \(status))"
    case .signal(let signal): " (signal \(signal))"
    case .notFound: ""
    }
  }

  private func downloadPackage(_ name: String, _ version: String) throws -> String {
    if let archive = archive() {
      do {
        try check(archive)
        return archive
      } catch {
        OutputFile.remove(archive)
      }
    }
    var arguments = [
      "-m", "pip", "download", "--no-deps", "--disable-pip-version-check", "--dest", gathering,
    ]
    if quiet || !Console.isInteractive { arguments.append("--quiet") }
    // Its progress is no result.
    let end = try run(
      "python3", arguments + ["\(name)==\(version)"], package: "python3-pip", output: "/dev/null")
    guard end == .status(0), let archive = archive() else {
      throw FetchError(
        description:
          "pip did not get \(name) \(version); see whether 'python3 -m pip download \(name)==\(version)' works"
      )
    }
    try check(archive)
    return archive
  }

  /// The wheel among what has been gathered.
  private func archive() -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: gathering)) ?? []
    return names.first { $0.hasSuffix(".whl") }.map(PathName(gathering).appending)
  }

  private func unpack(_ archive: String, _ files: String) throws {
    let fresh = PathName(gathering).appending("new")
    try? FileManager.default.removeItem(atPath: fresh)
    try OutputFile.makeDirectory(fresh)
    let end = try run("unzip", ["-q", "-o", "-j", archive, files, "-d", fresh], package: "unzip")
    guard end == .status(0) else {
      throw FetchError(description: "the archive holds no \(files)")
    }
    try finish(fresh)
  }

  /// Puts what is complete into its place.
  private func finish(_ fresh: String) throws {
    if again { try? FileManager.default.removeItem(atPath: folder) }
    try rename(fresh, folder)
    try? FileManager.default.removeItem(atPath: gathering)
  }

  /// Compares the SHA-256 of a file with the one that it must have. A wrong file is removed.
  private func check(_ file: String) throws {
    guard let checksum else { return }
    let sum = PathName(gathering).appending("sum")
    let end = try run("sha256sum", [file], package: "coreutils", output: sum)
    defer { OutputFile.remove(sum) }
    let text = String(decoding: (try? [UInt8](contentsOfFile: sum)) ?? [], as: UTF8.self)
    guard end == .status(0), let found = text.split(separator: " ").first else {
      throw FetchError(description: "its checksum cannot be told")
    }
    // Names with strange letters are marked by a backslash.
    guard found.drop(while: { $0 == "\\" }) == checksum else {
      OutputFile.remove(file)
      throw FetchError(
        description: "its SHA-256 is \(found) instead of \(checksum); what was fetched has been removed")
    }
  }

  private func run(
    _ program: String, _ arguments: [String], package: String, output: String? = nil
  ) throws -> ChildProcess.End {
    do {
      let end = try ChildProcess.run(program, arguments, output: output)
      if end == .notFound {
        throw FetchError(description: "\(program) is missing; install it with 'apt install \(package)'")
      }
      return end
    } catch let error as SystemError {
      throw FetchError(description: "\(program) cannot be started: \(error)")
    }
  }

  private func rename(_ old: String, _ new: String) throws {
    if unsafe Glibc.rename(old, new) != 0 { throw OutputError(path: new, .last) }
  }
}
