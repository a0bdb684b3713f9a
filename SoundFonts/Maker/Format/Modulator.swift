/// One modulator of an instrument zone (SoundFont 2.04, section 8.2), always linear and without a second source.
struct Modulator: Equatable {
  /// The controller and its curve (section 8.2): index, direction bit, polarity bit and curve type.
  let source: UInt16
  let destination: Generator.Operator
  let amount: Int16

  /// Replaces the default velocity response (section 8.4.1): `decibels` between velocity 127 and the softest note.
  static func velocityToAttenuation(decibels: Int) -> Modulator {
    Modulator(source: 0x0502, destination: .initialAttenuation, amount: Int16(decibels * 10))
  }

  /// Replaces the default velocity-to-filter response (section 8.4.2): how far a soft note closes the filter.
  static func velocityToFilter(cents: Int) -> Modulator {
    Modulator(source: 0x0102, destination: .initialFilterCutoff, amount: Int16(-cents))
  }
}
