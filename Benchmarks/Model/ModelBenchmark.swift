import CharacterModel
import Dispatch
import Glibc

/// How fast the character model trains and writes: run by `Benchmarks/model`, which sets PyTorch beside it.
///
///     model-benchmark peak
///     model-benchmark train LANES WINDOW HIDDEN LAYERS THREADS SECONDS
///     model-benchmark generate LANES HIDDEN LAYERS THREADS SECONDS
///
/// Prints a number: billions of floating-point operations a second of one core, or characters a second.
@main
enum ModelBenchmark {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.dropFirst().compactMap { Double($0) }
    switch (arguments.first, numbers.count) {
    case ("peak", 0): print(Kernels.best.peakGigaflops())
    case ("train", 6): print(train(numbers.map { Int($0) }, seconds: numbers[5]))
    case ("generate", 5): print(generate(numbers.map { Int($0) }, seconds: numbers[4]))
    default:
      print(
        "model-benchmark peak | train LANES WINDOW HIDDEN LAYERS THREADS SECONDS | generate LANES HIDDEN LAYERS THREADS SECONDS"
      )
      exit(64)
    }
  }

  private static let vocabularySize = 93

  private static func vocabulary() -> Vocabulary {
    guard
      let vocabulary = try? Vocabulary(
        entries: (0..<vocabularySize).map { String(Unicode.Scalar(UInt8(33 + $0))) })
    else { preconditionFailure("distinct letters") }
    return vocabulary
  }

  /// Forward, backward and Adam on random text, dropout 0.1 on the output as the paper has it.
  private static func train(_ numbers: [Int], seconds: Double) -> Double {
    var configuration = TrainingConfiguration.paper
    configuration.architecture = ModelArchitecture(
      cell: .lstm, layers: numbers[3], embeddingSize: numbers[2], hiddenSize: numbers[2], dropout: 0.1)
    configuration.recipe = .streams
    configuration.batchSize = numbers[0]
    configuration.sequenceSize = numbers[1]
    configuration.threads = numbers[4]
    configuration.epochs = 1_000_000
    var random = RandomSource(seed: 1)
    let text = (0..<20_000).map { _ in Int32(random.nextIndex(below: vocabularySize)) }
    guard
      let trainer = try? Trainer(
        configuration: configuration, vocabulary: vocabulary(), corpus: TrainingCorpus(tunes: [text]))
    else { preconditionFailure("a valid configuration") }
    var (updates, start) = (0, ContinuousClock.now)
    _ = try? trainer.run(
      shouldStop: {
        // The first update touches the memory for the first time.
        if updates == 1 { start = .now }
        updates += 1
        return updates > 2 && start.duration(to: .now) > .seconds(seconds)
      })
    return Double((updates - 2) * numbers[0] * numbers[1]) / (start.duration(to: .now) / .seconds(1))
  }

  /// Sampling at temperature 0.8, several texts side by side, divided over the threads.
  private static func generate(_ numbers: [Int], seconds: Double) -> Double {
    let model = RecurrentModel(
      vocabulary: vocabulary(),
      architecture: ModelArchitecture(
        cell: .lstm, layers: numbers[2], embeddingSize: numbers[1], hiddenSize: numbers[1]), seed: 1)
    let threads = min(numbers[3], numbers[0])
    let lanes = numbers[0] / threads
    let start = ContinuousClock.now
    let written = (0..<threads).map { _ in Counter() }
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let stepper = Stepper(model, lanes: lanes)
      var state = RecurrentState(of: model, lanes: lanes)
      var samplers = (0..<lanes).map {
        Sampler(options: SamplingOptions(temperature: 0.8), seed: UInt64(thread * lanes + $0))
      }
      var characters = [Int32](repeating: 0, count: lanes)
      while start.duration(to: .now) < .seconds(seconds) {
        for _ in 0..<50 {
          let logits = stepper.step(characters, &state)
          for lane in 0..<lanes {
            let row = Array(logits[lane * vocabularySize..<(lane + 1) * vocabularySize])
            characters[lane] = Int32(samplers[lane].draw(from: row) ?? 0)
          }
        }
        written[thread].value += 50 * lanes
      }
    }
    return Double(written.reduce(0) { $0 + $1.value }) / (start.duration(to: .now) / .seconds(1))
  }

  /// Written by one thread, read when all are done.
  private final class Counter: @unchecked Sendable {
    var value = 0
  }
}
