/// One generator of a zone: an operator with its 16-bit amount (SoundFont 2.04, sections 8.1.2 and 8.1.3).
struct Generator: Equatable {
  /// The generator operators this font uses, with their numbers in the file.
  enum Operator: UInt16 {
    case vibratoLFOToPitch = 6
    case modulationEnvelopeToPitch = 7
    case initialFilterCutoff = 8
    case modulationEnvelopeToFilterCutoff = 11
    case modulationLFOToVolume = 13
    case chorusSend = 15
    case reverbSend = 16
    case pan = 17
    case delayModulationLFO = 21
    case frequencyModulationLFO = 22
    case delayVibratoLFO = 23
    case frequencyVibratoLFO = 24
    case attackModulationEnvelope = 26
    case decayModulationEnvelope = 28
    case sustainModulationEnvelope = 29
    case attackVolumeEnvelope = 34
    case decayVolumeEnvelope = 36
    case sustainVolumeEnvelope = 37
    case releaseVolumeEnvelope = 38
    case keyToVolumeEnvelopeDecay = 40
    case instrument = 41
    case keyRange = 43
    case velocityRange = 44
    case initialAttenuation = 48
    case coarseTune = 51
    case fineTune = 52
    case sampleID = 53
    case sampleModes = 54
    case exclusiveClass = 57
    case overridingRootKey = 58
  }

  let kind: Operator
  let amount: UInt16

  /// A generator whose amount is the plain number that the specification gives it.
  init(_ kind: Operator, _ amount: Int) {
    self.kind = kind
    self.amount =
      amount < 0 ? UInt16(bitPattern: Int16(amount)) : UInt16(amount)
  }

  /// A key or velocity range, low bound in the low byte.
  init(_ kind: Operator, range: ClosedRange<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= 127, "ranges lie in 0...127")
    self.kind = kind
    self.amount = UInt16(range.lowerBound) | UInt16(range.upperBound) << 8
  }

  /// A duration generator, written in absolute timecents (1200 log2 seconds).
  static func time(_ kind: Operator, seconds: Double) -> Generator {
    Generator(kind, Int((1200 * PortableMath.log2(seconds)).rounded()))
  }

  /// A frequency generator, written in absolute cents (0 is 8.176 Hz, MIDI key 0).
  static func frequency(_ kind: Operator, hertz: Double) -> Generator {
    Generator(kind, Int((1200 * PortableMath.log2(hertz / 8.175_798_915_643_707)).rounded()))
  }
}
