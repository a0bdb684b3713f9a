import CharacterModel
import Glibc
import TuneGenerator

/// What `evaluate` finds, as objects of JSON.
extension Evaluate {
  /// How well the model predicts a corpus.
  struct Loss: Encodable {
    let natsPerCharacter, bitsPerCharacter, perplexity: Double
    let characters, tunes: Int

    init(_ evaluation: Evaluation) {
      natsPerCharacter = evaluation.natsPerCharacter
      bitsPerCharacter = evaluation.bitsPerCharacter
      perplexity = exp(evaluation.natsPerCharacter)
      characters = evaluation.characters
      tunes = evaluation.tunes
    }

    private enum CodingKeys: String, CodingKey {
      case perplexity, characters, tunes
      case natsPerCharacter = "nats_per_character"
      case bitsPerCharacter = "bits_per_character"
    }
  }

  /// How many tunes of a temperature are sound.
  struct Cleanliness: Encodable {
    let temperature: Double
    let tunes: Int
    let ended, withoutError, clean, rightBars: Rate
    /// Findings a code.
    let findings: [String: Int]

    /// A share with the bounds of its interval.
    struct Rate: Encodable {
      let rate, low, high: Double

      init(_ rate: CleanlinessReport.Rate) {
        self.rate = rate.value
        low = rate.interval.lowerBound
        high = rate.interval.upperBound
      }
    }

    init(_ report: CleanlinessReport, temperature: Double) {
      self.temperature = temperature
      tunes = report.ended.total
      ended = Rate(report.ended)
      withoutError = Rate(report.withoutError)
      clean = Rate(report.clean)
      rightBars = Rate(report.rightBars)
      findings = report.findings
    }

    private enum CodingKeys: String, CodingKey {
      case temperature, tunes, ended, clean, findings
      case withoutError = "without_error"
      case rightBars = "right_bars"
    }
  }
}
