import ABCNotation
import TuneGenerator

/// Tunes for training and evaluation, from marked text files and ABC files.
enum TuneFiles {
  /// The tunes of a file, or of every `.txt` and `.abc` file below a directory, each between its markers.
  ///
  /// ABC files give their tunes in normal form; those that have none are told to `report`.
  static func read(_ path: String, report: (String) -> Void) throws(InputError) -> [String] {
    var tunes: [String] = []
    for input in InputFiles.expand([path], extensions: ["abc", "txt"]) {
      let bytes = try input.read()
      if TrainingText.isMarked(bytes) {
        tunes += TrainingText.tunes(in: bytes)
        continue
      }
      var preparation = CorpusPreparation()
      preparation.add(
        Tunebook(parsing: SourceText(name: input.name, bytes: bytes)),
        book: CollectionList.Book.unlisted(path: path))
      tunes += preparation.entries.map { TrainingText.marked($0.tune.abc()) }
      let leftOut = preparation.leftOut.values.reduce(0, +)
      if leftOut > 0 { report("\(input.name): \(leftOut) tunes without a normal form were left out") }
    }
    return tunes
  }
}
