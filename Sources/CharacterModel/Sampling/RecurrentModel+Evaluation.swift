import Glibc

/// How well a model predicts some tunes.
public struct Evaluation: Sendable, Equatable {
  /// The sum of the losses of each tune, in nats.
  public let natsOfTunes: [Double]
  /// The characters that losses are counted over: those predicted, of each tune all but the first, or those of its text.
  public let characters: Int

  package init(natsOfTunes: [Double], characters: Int) {
    self.natsOfTunes = natsOfTunes
    self.characters = characters
  }

  /// The same losses over another number of characters: that of the text, where a model reads a marker of several characters
  /// as one. So models compare that read the same text in other pieces.
  public func counting(characters: Int) -> Evaluation {
    Evaluation(natsOfTunes: natsOfTunes, characters: characters)
  }

  /// The number of tunes.
  public var tunes: Int { natsOfTunes.count }
  /// The mean loss of a character; not a number where there are none.
  public var natsPerCharacter: Double { natsOfTunes.reduce(0, +) / Double(characters) }
  /// The same in bits.
  public var bitsPerCharacter: Double { natsPerCharacter / 0.693_147_180_559_945_3 }
}

extension RecurrentModel {
  /// The loss over whole tunes: zero state at each start, dropout off, each character but the first predicted.
  /// Every index is below the vocabulary's count. The result does not depend on `threads`.
  public func evaluate(_ tunes: [[Int32]], threads: Int = 2) -> Evaluation {
    Self.evaluate([self], on: tunes, threads: threads)
  }

  /// The loss of the mean of the probabilities that several models give, each as `evaluate(_:threads:)` lets it read.
  ///
  /// - Parameter models: at least one; all have the same vocabulary.
  public static func evaluate(_ models: [RecurrentModel], on tunes: [[Int32]], threads: Int = 2) -> Evaluation
  {
    precondition(!models.isEmpty && models.allSatisfy { $0.vocabulary == models[0].vocabulary })
    // Lanes of nearly equal length end together.
    let order = tunes.indices.sorted { (tunes[$0].count, $1) > (tunes[$1].count, $0) }
    let lanes = 16
    let groups = (order.count + lanes - 1) / lanes
    let nats = TuneLosses(count: tunes.count)
    Parallel(threads: threads).forEach(groups) { group in
      let members = order[group * lanes..<min((group + 1) * lanes, order.count)]
      evaluate(models, together: members.map { tunes[$0] }).enumerated().forEach { offset, sum in
        nats.set(sum, at: members[members.startIndex + offset])
      }
    }
    return Evaluation(
      natsOfTunes: nats.values, characters: tunes.reduce(0) { $0 + max($1.count - 1, 0) })
  }

  /// The sum of the losses of each of a few tunes, the longest first.
  private static func evaluate(_ models: [RecurrentModel], together tunes: [[Int32]]) -> [Double] {
    let steppers = models.map { Stepper($0, lanes: tunes.count) }
    var states = models.map { RecurrentState(of: $0, lanes: tunes.count) }
    let losses = models.map { _ in FloatBuffer(count: tunes.count) }
    var sums = [Double](repeating: 0, count: tunes.count)
    var active = tunes.count
    var position = 0
    while true {
      while active > 0, tunes[active - 1].count < position + 2 { active -= 1 }
      if active == 0 { return sums }
      let characters = tunes[..<active].map { $0[position] }
      let targets = tunes[..<active].map { $0[position + 1] }
      for (index, stepper) in steppers.enumerated() {
        stepper.advance(characters[...], &states[index])
        stepper.crossEntropy(of: targets[...], into: losses[index])
      }
      for lane in 0..<active {
        guard models.count > 1 else {
          sums[lane] += Double(losses[0][lane])
          continue
        }
        let probability = losses.reduce(0) { $0 + exp(-Double($1[lane])) } / Double(models.count)
        // Even where each alone rounds to 0, the loss is finite.
        sums[lane] -= log(max(probability, .leastNormalMagnitude))
      }
      position += 1
    }
  }
}
