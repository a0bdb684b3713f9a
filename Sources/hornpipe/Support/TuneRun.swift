import ArgumentParser
import Dispatch
import FoundationEssentials
import TuneGenerator

/// Many tunes written side by side, on all cores, and taken in their order.
///
/// Every core takes the next seed as soon as it has room for one, so that none has nothing to do before the end.
struct TuneRun {
  let writer: TuneWriter
  let options: TuneWriter.Options
  /// Threads; nil for all cores.
  let jobs: Int?

  /// Writes a tune for each seed.
  ///
  /// - Parameter take: is handed each tune with its place among the seeds.
  func write(_ seeds: [UInt64], take: (Int, GeneratedTune) throws -> Void) throws {
    guard !seeds.isEmpty else { return }
    let threads = min(max(jobs ?? ProcessInfo.processInfo.activeProcessorCount, 1), seeds.count)
    let lanes = min(TuneWriter.sideBySide, (seeds.count + threads - 1) / threads)
    let queue = TuneQueue(seeds)
    let (writer, options) = (writer, options)
    let group = DispatchGroup()
    for _ in 1..<threads {
      DispatchQueue.global().async(group: group) {
        writer.write(
          sideBySide: lanes, options: options, next: queue.next, shouldStop: { queue.isStopped },
          finish: queue.put)
      }
    }
    defer {
      queue.stop()
      group.wait()
    }
    var failure: (any Error)?
    func takeFinished() {
      while failure == nil, let (number, result) = queue.takeNext() {
        do { try take(number, try result.get()) } catch { failure = error }
      }
      if failure != nil { queue.stop() }
    }
    writer.write(
      sideBySide: lanes, options: options, next: queue.next, shouldStop: { queue.isStopped },
      finish: { number, result in
        queue.put(number, result)
        takeFinished()
      })
    while failure == nil, !queue.isEmpty, !queue.isStopped {
      queue.waitForOne()
      takeFinished()
    }
    if let failure { throw failure }
    if !queue.isEmpty { throw ExitCode.interrupted }
  }
}
