import CharacterModel

/// What a model predicted at the latest characters and what of that has been drawn, so that choices can be taken back.
///
/// The predictions stay as they are, in one ring: they are weighed again only where somebody goes back.
struct LatestChoices: Sendable {
  private let memory: Int
  private let width: Int
  /// Rings with a row for each choice: the predictions, a bit for each character that has been drawn, the text's length.
  private var logits: [Float]
  private var drawn: [UInt64]
  private var lengths: [Int]
  /// The row of the choice to come; those that are remembered end before it.
  private var next = 0
  private var count = 0
  /// Whether its predictions are there; until then those of the latest choice hold.
  private var isPredicted = false

  /// No choice yet, of `width` characters each; `memory` of them are remembered.
  init(memory: Int, width: Int) {
    (self.memory, self.width) = (memory, width)
    logits = Array(repeating: 0, count: (memory + 1) * width)
    drawn = Array(repeating: 0, count: (memory + 1) * ((width + 63) / 64))
    lengths = Array(repeating: 0, count: memory + 1)
  }

  private var row: Int { (next + memory) % (memory + 1) }
  private var wordsOfRow: Int { (width + 63) / 64 }

  /// The predictions for the choice to come.
  var predictions: [Float] {
    let row = isPredicted ? next : row
    return Array(logits[row * width..<(row + 1) * width])
  }

  /// Sets the predictions for the choice to come.
  mutating func predictions(are predictions: Span<Float>) {
    let start = next * width
    var ring = logits.mutableSpan
    for index in predictions.indices { ring[start + index] = predictions[index] }
    isPredicted = true
  }

  /// The choice to come is to be made now, behind a text of this length.
  mutating func begin(length: Int) {
    if !isPredicted {
      let latest = predictions
      predictions(are: latest.span)
    }
    isPredicted = false
    for word in 0..<wordsOfRow { drawn[next * wordsOfRow + word] = 0 }
    lengths[next] = length
    next = (next + 1) % (memory + 1)
    count = min(count + 1, memory)
  }

  /// The length of the text before the latest choice; nil where none is remembered.
  var length: Int? { count > 0 ? lengths[row] : nil }

  /// Gives what is left of the latest choice its weights.
  func weigh(_ weights: inout SamplingWeights, _ options: SamplingOptions) {
    guard count > 0 else { return }
    weights.set(to: logits.span.extracting(row * width..<(row + 1) * width), options: options)
    guard (0..<wordsOfRow).contains(where: { drawn[row * wordsOfRow + $0] != 0 }) else { return }
    for index in weights.values.indices
    where drawn[row * wordsOfRow + index / 64] >> UInt64(index % 64) & 1 == 1 {
      weights.remove(index)
    }
  }

  /// Draws at the latest choice, of which the weights are; nil where nothing is left.
  mutating func draw(_ weights: inout SamplingWeights, _ sampler: inout Sampler) -> Int? {
    guard count > 0, let index = sampler.draw(byWeights: weights.values) else { return nil }
    weights.remove(index)
    drawn[row * wordsOfRow + index / 64] |= 1 << UInt64(index % 64)
    return index
  }

  /// Forgets the latest choice; the one before it is the latest now.
  mutating func removeLast() {
    guard count > 0 else { return }
    (next, count, isPredicted) = (row, count - 1, false)
  }

  /// Forgets all of them.
  mutating func removeAll() { count = 0 }
}
