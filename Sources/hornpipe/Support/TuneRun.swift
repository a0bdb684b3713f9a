import ArgumentParser
import TuneGenerator

/// Many tunes written in groups, on all cores, and taken in their order.
struct TuneRun {
  let writer: TuneWriter
  let options: TuneWriter.Options
  /// Threads; nil for all cores.
  let jobs: Int?

  /// Writes a tune for each seed.
  ///
  /// - Parameter take: is handed each tune with its place among the seeds.
  func write(_ seeds: [UInt64], take: (Int, GeneratedTune) throws -> Void) throws {
    let (writer, options) = (writer, options)
    let pipeline = Pipeline<[UInt64], [Result<GeneratedTune, GenerationError>?]>(jobs: jobs) {
      writer.write(seeds: $0, options: options, shouldStop: { Interruption.isRequested })
    }
    defer { pipeline.stop() }
    // Large enough to keep the lanes full, and small enough for all cores.
    let size = max(1, min(2 * TuneWriter.sideBySide, (seeds.count + 3) / 4))
    var (begun, done) = (0, 0)
    func begin() {
      guard begun < seeds.count else { return }
      let end = min(begun + size, seeds.count)
      pipeline.add(Array(seeds[begun..<end]))
      begun = end
    }
    while begun < seeds.count, !pipeline.isFull { begin() }
    while let results = pipeline.next() {
      begin()
      for result in results {
        guard let result, !Interruption.isRequested else { throw ExitCode.interrupted }
        try take(done, try result.get())
        done += 1
      }
    }
  }
}
