import CharacterModel
import Glibc
import TuneGenerator

/// What `evaluate` finds, as objects of JSON.
extension Evaluate {
  /// How well the model predicts a corpus.
  struct Loss: Encodable {
    let natsPerCharacter, bitsPerCharacter, perplexity: Double
    let characters, predictions, tunes: Int

    /// - Parameter predictions: what the model predicted, where a marker of several characters is one.
    init(_ evaluation: Evaluation, predictions: Int) {
      natsPerCharacter = evaluation.natsPerCharacter
      bitsPerCharacter = evaluation.bitsPerCharacter
      perplexity = exp(evaluation.natsPerCharacter)
      characters = evaluation.characters
      self.predictions = predictions
      tunes = evaluation.tunes
    }

    private enum CodingKeys: String, CodingKey {
      case perplexity, characters, predictions, tunes
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
    let completed: Rate
    let keptProbability: Double?
    let structure: Structure
    let novelty: Novelty?
    let divergences: TuneSetReport.Divergences?

    /// A share with the bounds of its interval.
    struct Rate: Encodable {
      let rate, low, high: Double

      init(_ rate: CleanlinessReport.Rate) {
        self.rate = rate.value
        low = rate.interval.lowerBound
        high = rate.interval.upperBound
      }
    }

    /// What the tunes are like.
    struct Structure: Encodable {
      let forms: [String: Int]
      let eightBarStrains, endsOnTonic: Rate
      let range, repeatedBars: TuneSetReport.Spread

      private enum CodingKeys: String, CodingKey {
        case forms, range
        case eightBarStrains = "eight_bar_strains"
        case endsOnTonic = "ends_on_tonic"
        case repeatedBars = "repeated_bars"
      }
    }

    /// What they share with the training tunes.
    struct Novelty: Encodable {
      let longestRun, copiedBars, nearestDistance: TuneSetReport.Spread

      private enum CodingKeys: String, CodingKey {
        case longestRun = "longest_run"
        case copiedBars = "copied_bars"
        case nearestDistance = "nearest_distance"
      }
    }

    init(_ report: CleanlinessReport, _ set: TuneSetReport, temperature: Double) {
      self.temperature = temperature
      tunes = report.ended.total
      ended = Rate(report.ended)
      withoutError = Rate(report.withoutError)
      clean = Rate(report.clean)
      rightBars = Rate(report.rightBars)
      findings = report.findings
      completed = Rate(report.completed)
      keptProbability = report.keptProbability
      structure = Structure(
        forms: set.structure.forms, eightBarStrains: Rate(set.structure.eightBarStrains),
        endsOnTonic: Rate(set.structure.endsOnTonic), range: set.structure.range,
        repeatedBars: set.structure.repeatedBars)
      novelty = set.novelty.map {
        Novelty(
          longestRun: $0.longestRun, copiedBars: $0.copiedBars, nearestDistance: $0.nearestDistance)
      }
      divergences = set.divergences
    }

    private enum CodingKeys: String, CodingKey {
      case temperature, tunes, ended, clean, findings, completed, structure, novelty, divergences
      case keptProbability = "kept_probability"
      case withoutError = "without_error"
      case rightBars = "right_bars"
    }
  }
}
