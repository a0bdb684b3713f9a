/// How closely each unit of a model follows features of the text that it reads: Pearson's correlation r of its
/// activation with the feature over all characters where the feature means something.
///
/// For a feature that is 0 or 1, r is the point-biserial correlation: 1 where the unit alone tells the two apart.
public struct UnitCorrelations: Sendable {
  /// A unit and how closely it follows a feature.
  public struct Ranked: Sendable, Equatable {
    /// Its layer, from 0.
    public let layer: Int
    /// Its number in the layer, from 0.
    public let unit: Int
    /// Pearson's r, -1...1: below 0 where it falls when the feature rises.
    public let correlation: Double
  }

  private struct Sums: Sendable {
    var count = 0.0
    var feature = 0.0
    var featureSquares = 0.0
    var activations: [Double]
    var activationSquares: [Double]
    var products: [Double]

    static let empty = Sums(activations: [], activationSquares: [], products: [])
  }

  private let layers: Int
  private let units: Int
  private var sums: [Sums]

  /// Sums of nothing yet.
  public init(layers: Int, units: Int, features: Int) {
    self.layers = layers
    self.units = units
    let zeros = [Double](repeating: 0, count: layers * units)
    sums = (0..<features).map { _ in Sums(activations: zeros, activationSquares: zeros, products: zeros) }
  }

  /// Takes a text into account.
  ///
  /// - Parameter features: for each feature its value at each position of the trace; NaN where it means nothing.
  public mutating func add(_ trace: ActivationTrace, features: [[Double]]) {
    precondition(trace.layers == layers && trace.units == units && features.count == sums.count)
    for (index, feature) in features.enumerated() {
      precondition(feature.count == trace.positions)
      // A sum of its own, so that nothing is copied when it changes.
      var sum = sums[index]
      sums[index] = Sums.empty
      for (position, value) in feature.enumerated() where !value.isNaN {
        sum.count += 1
        sum.feature += value
        sum.featureSquares += value * value
        for layer in 0..<layers {
          let first = (layer * trace.positions + position) * units
          for unit in 0..<units {
            let activation = Double(trace.values[first + unit])
            sum.activations[layer * units + unit] += activation
            sum.activationSquares[layer * units + unit] += activation * activation
            sum.products[layer * units + unit] += activation * value
          }
        }
      }
      sums[index] = sum
    }
  }

  /// The characters at which a feature meant something.
  public func positions(feature: Int) -> Int { Int(sums[feature].count) }

  /// Pearson's r; 0 where either never changes.
  public func correlation(layer: Int, unit: Int, feature: Int) -> Double {
    let sum = sums[feature]
    let place = layer * units + unit
    let covariance = sum.products[place] - sum.activations[place] * sum.feature / max(sum.count, 1)
    let spread =
      (sum.activationSquares[place] - sum.activations[place] * sum.activations[place] / max(sum.count, 1))
      * (sum.featureSquares - sum.feature * sum.feature / max(sum.count, 1))
    // What is left of rounding is no spread.
    guard spread > 1e-12 * max(sum.activationSquares[place] * sum.featureSquares, .leastNormalMagnitude)
    else { return 0 }
    return min(max(covariance / spread.squareRoot(), -1), 1)
  }

  /// The units that follow a feature most closely, in either direction, the closest first.
  public func ranking(feature: Int, count: Int) -> [Ranked] {
    let all = (0..<layers * units).map { place in
      let (layer, unit) = (place / units, place % units)
      return Ranked(
        layer: layer, unit: unit, correlation: correlation(layer: layer, unit: unit, feature: feature))
    }
    // Of equal ones the lower number comes first, since sorting is stable.
    return Array(all.sorted { abs($0.correlation) > abs($1.correlation) }.prefix(count))
  }
}
