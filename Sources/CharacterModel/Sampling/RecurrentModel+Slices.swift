/// The paper's way to measure a model: short slices from the middle of tunes, each from a zero state.
public struct SliceEvaluation: Sendable, Equatable {
  /// The mean loss of the slices of each tune that is long enough, in nats a predicted character.
  public let meansOfTunes: [Double]
  /// Characters of a slice, of which all but the first are predicted.
  public let sliceSize: Int

  /// The mean over tunes, in nats a predicted character; not a number where there are none.
  public var natsPerCharacter: Double { meansOfTunes.reduce(0, +) / Double(meansOfTunes.count) }

  /// The same as the paper counts it: a slice's losses divided by its characters, one of which is not predicted.
  public var paperLoss: Double { natsPerCharacter * paperFactor }

  /// The standard error of the same.
  public var paperStandardError: Double { standardError * paperFactor }

  private var paperFactor: Double { Double(sliceSize - 1) / Double(sliceSize) }

  /// The standard error of the mean over tunes.
  public var standardError: Double {
    let count = Double(meansOfTunes.count)
    let mean = natsPerCharacter
    let squares = meansOfTunes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / max(count - 1, 1) / count).squareRoot()
  }
}

extension RecurrentModel {
  /// The loss on random slices of each tune that has more than ten characters beyond a slice, as the paper's data has.
  ///
  /// - Parameters:
  ///   - sliceSize: characters of a slice, at least 2.
  ///   - slicesPerTune: slices of each tune, at least 1.
  ///   - seed: of the places of the slices.
  public func evaluateSlices(
    _ tunes: [[Int32]], sliceSize: Int = 30, slicesPerTune: Int, seed: UInt64, threads: Int = 2
  ) -> SliceEvaluation {
    precondition(sliceSize >= 2 && slicesPerTune >= 1)
    let long = tunes.filter { $0.count > sliceSize + 10 }
    var random = RandomSource(seed: seed)
    let slices = long.flatMap { tune in
      (0..<slicesPerTune).map { _ in
        let start = random.nextIndex(below: tune.count - sliceSize + 1)
        return Array(tune[start..<start + sliceSize])
      }
    }
    let nats = evaluate(slices, threads: threads).natsOfTunes
    return SliceEvaluation(
      meansOfTunes: long.indices.map { index in
        nats[index * slicesPerTune..<(index + 1) * slicesPerTune].reduce(0, +)
          / Double(slicesPerTune * (sliceSize - 1))
      }, sliceSize: sliceSize)
  }
}
