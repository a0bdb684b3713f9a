import CharacterModel

/// How closely the units of a model follow the features of tunes.
public struct UnitRanking: Sendable {
  /// By the features of `TuneFeature.allCases`.
  public private(set) var correlations: UnitCorrelations
  /// Tunes that the model read.
  public let read: Int
  /// Tunes with characters that it does not know.
  public let unknown: Int

  /// Lets a model read marked tunes.
  public init(model: RecurrentModel, tunes: [String]) throws(CharacterModelError) {
    let encoding = TuneEncoding(model.vocabulary)
    var correlations = UnitCorrelations(
      layers: model.architecture.layers, units: model.architecture.hiddenSize,
      features: TuneFeature.allCases.count)
    var read = 0
    // Few enough at a time that their activations stay small.
    for first in stride(from: 0, to: tunes.count, by: 16) {
      let known = tunes[first..<min(first + 16, tunes.count)].compactMap { tune in
        (try? encoding.encode(tune)).map { (tune: tune, indices: $0) }
      }
      for (tune, trace) in zip(known, model.traces(known.map(\.indices))) {
        correlations.add(trace, features: TuneFeatures(of: tune.tune, hasMarkers: encoding.hasMarkers).all)
      }
      read += known.count
    }
    self.correlations = correlations
    self.read = read
    unknown = tunes.count - read
  }
}
