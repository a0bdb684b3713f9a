import TuneGenerator

/// Files that a corpus is made from.
enum CorpusFiles {
  /// Gives the tunes of a file block by block.
  static func read(
    _ name: String, _ bytes: [UInt8], _ take: (CorpusSource.Block) throws -> Void
  ) throws(InputError) {
    do {
      try CorpusSource(name: name, bytes: bytes).forEachBlock(take)
    } catch {
      throw InputError(name, reason: "\(error)")
    }
  }

  /// The same of every file that paths name.
  static func read(
    _ paths: [String], _ take: (CorpusSource.Block) throws -> Void
  ) throws(InputError) {
    for input in InputFiles.expand(paths, extensions: CorpusSource.extensions) {
      try read(input.name, try input.read(), take)
    }
  }
}
