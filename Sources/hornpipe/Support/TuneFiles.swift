import ABCNotation
import TuneGenerator

/// Tunes for training and evaluation, from marked text files and ABC files.
enum TuneFiles {
  /// The tunes of a file, or of every file below a directory that may hold tunes, each between its markers.
  ///
  /// ABC files give their tunes in normal form; those that have none are told to `report`.
  static func read(_ path: String, report: (String) -> Void) throws(InputError) -> [String] {
    var tunes: [String] = []
    for input in InputFiles.expand([path], extensions: CorpusSource.extensions) {
      let bytes = try input.read()
      if TrainingText.isMarked(bytes) {
        tunes += TrainingText.tunes(in: bytes)
        continue
      }
      var preparation = CorpusPreparation()
      try CorpusFiles.read(input.name, bytes) { block in
        preparation.add(block.source, book: .unlisted(path: path), tuneIDs: block.tuneIDs)
      }
      tunes += preparation.entries.map { TrainingText.marked($0.tune.abc()) }
      let leftOut = preparation.leftOut.values.reduce(0, +)
      if leftOut > 0 { report("\(input.name): \(leftOut) tunes without a normal form were left out") }
    }
    return tunes
  }
}
