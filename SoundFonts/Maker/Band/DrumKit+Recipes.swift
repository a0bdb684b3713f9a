extension DrumKit.Stroke {
  /// How a stroke is made, how loud, and the key it is recorded at.
  struct Recipe {
    var name: String
    var rootKey = 60
    var level: Double
    var sound: Percussion
  }

  /// The recipe of the stroke; mode ratios of the drums are those of an ideal membrane.
  var recipe: Recipe {
    let seed = UInt64(600 + rawValue)
    typealias Mode = Percussion.Mode
    typealias Noise = Percussion.Noise
    switch self {
    case .kick:
      return Recipe(
        name: "Kick", level: -8,
        sound: Percussion(
          modes: [
            Mode(frequency: 130, fallsTo: 52, amplitude: 1, decay: 0.45),
            Mode(frequency: 190, fallsTo: 92, amplitude: 0.25, decay: 0.15),
          ],
          noises: [Noise(centre: 900, quality: 0.7, amplitude: 0.25, decay: 0.05)], glide: 0.025,
          length: 0.34,
          rate: 16_000, seed: seed))
    case .bodhran:
      return Recipe(
        name: "Bodhran", level: -9,
        sound: Percussion(
          modes: [
            Mode(frequency: 118, fallsTo: 84, amplitude: 1, decay: 0.75),
            Mode(frequency: 178, fallsTo: 133, amplitude: 0.4, decay: 0.35),
            Mode(frequency: 230, fallsTo: 179, amplitude: 0.25, decay: 0.25),
            Mode(frequency: 300, fallsTo: 245, amplitude: 0.16, decay: 0.16),
          ],
          noises: [
            Noise(centre: 420, quality: 0.8, amplitude: 0.35, decay: 0.09),
            Noise(centre: 1700, quality: 0.8, amplitude: 0.18, decay: 0.035),
          ], glide: 0.045, length: 0.48, rate: 16_000, seed: seed))
    case .bodhranRim:
      return Recipe(
        name: "Bodhran rim", level: -13,
        sound: Percussion(
          modes: [
            Mode(frequency: 640, amplitude: 0.8, decay: 0.09),
            Mode(frequency: 1130, amplitude: 0.7, decay: 0.06),
            Mode(frequency: 1890, amplitude: 0.4, decay: 0.04),
            Mode(frequency: 190, fallsTo: 150, amplitude: 0.5, decay: 0.16),
          ],
          noises: [Noise(centre: 2300, quality: 0.9, amplitude: 0.5, decay: 0.03)], length: 0.2, seed: seed))
    case .sideStick:
      return Recipe(
        name: "Side stick", level: -14,
        sound: Percussion(
          modes: [
            Mode(frequency: 830, amplitude: 0.8, decay: 0.06),
            Mode(frequency: 1720, amplitude: 0.7, decay: 0.05),
          ],
          noises: [Noise(centre: 3400, quality: 1, amplitude: 0.4, decay: 0.03)], length: 0.12, seed: seed))
    case .snare:
      return Recipe(
        name: "Snare", level: -12,
        sound: Percussion(
          modes: [
            Mode(frequency: 230, fallsTo: 186, amplitude: 0.8, decay: 0.2),
            Mode(frequency: 380, fallsTo: 331, amplitude: 0.4, decay: 0.14),
          ],
          noises: [
            Noise(centre: 2400, quality: 0.5, amplitude: 0.6, decay: 0.26),
            Noise(centre: 6000, quality: 0.7, amplitude: 0.4, decay: 0.22),
          ], length: 0.25, seed: seed))
    case .clap:
      return Recipe(
        name: "Clap", level: -14,
        sound: Percussion(
          noises: [
            Noise(centre: 1100, quality: 1.2, amplitude: 1, decay: 0.16, rise: 0.012),
            Noise(centre: 2200, quality: 1, amplitude: 0.5, decay: 0.1, rise: 0.004),
          ], length: 0.18, seed: seed))
    case .closedHat:
      return Recipe(
        name: "Closed hat", level: -20,
        sound: Percussion(
          noises: [
            Noise(centre: 9500, quality: 1, amplitude: 1, decay: 0.09),
            Noise(centre: 6200, quality: 2.5, amplitude: 0.5, decay: 0.07),
          ], length: 0.1, seed: seed))
    case .openHat:
      return Recipe(
        name: "Open hat", level: -20,
        sound: Percussion(
          modes: Self.metal(from: 4100, amplitude: 0.06, decay: 0.5),
          noises: [
            Noise(centre: 9500, quality: 1, amplitude: 1, decay: 0.55),
            Noise(centre: 6200, quality: 2.5, amplitude: 0.5, decay: 0.45),
          ], length: 0.3, seed: seed))
    case .tom:
      return Recipe(
        name: "Tom", rootKey: 48, level: -9,
        sound: Percussion(
          modes: [
            Mode(frequency: 165, fallsTo: 130.81, amplitude: 1, decay: 0.7),
            Mode(frequency: 250, fallsTo: 208, amplitude: 0.3, decay: 0.3),
            Mode(frequency: 340, fallsTo: 280, amplitude: 0.15, decay: 0.2),
          ],
          noises: [Noise(centre: 900, quality: 0.7, amplitude: 0.25, decay: 0.06)], glide: 0.04, length: 0.45,
          rate: 16_000, seed: seed))
    case .crash:
      return Recipe(
        name: "Crash", level: -15,
        sound: Percussion(
          modes: Self.metal(from: 1900, amplitude: 0.08, decay: 1.2),
          noises: [
            Noise(centre: 5200, quality: 0.6, amplitude: 0.8, decay: 1.3),
            Noise(centre: 9000, quality: 0.9, amplitude: 0.7, decay: 0.9, rise: 0.004),
          ], length: 0.62, seed: seed))
    case .ride:
      return Recipe(
        name: "Ride", level: -21,
        sound: Percussion(
          modes: Self.metal(from: 2700, amplitude: 0.16, decay: 1),
          noises: [
            Noise(centre: 8200, quality: 1, amplitude: 0.5, decay: 0.6),
            Noise(centre: 4000, quality: 1.5, amplitude: 0.5, decay: 0.06),
          ], length: 0.4, seed: seed))
    case .tambourine:
      return Recipe(
        name: "Tambourine", level: -18,
        sound: Percussion(
          modes: Self.metal(from: 5600, amplitude: 0.1, decay: 0.22),
          noises: [
            Noise(centre: 8800, quality: 1.6, amplitude: 1, decay: 0.24, rise: 0.003),
            Noise(centre: 1200, quality: 1, amplitude: 0.25, decay: 0.04),
          ], length: 0.2, seed: seed))
    case .cowbell:
      return Recipe(
        name: "Cowbell", level: -16,
        sound: Percussion(
          modes: [
            Mode(frequency: 562, amplitude: 0.8, decay: 0.28),
            Mode(frequency: 845, amplitude: 0.8, decay: 0.3),
            Mode(frequency: 1690, amplitude: 0.25, decay: 0.12),
            Mode(frequency: 2540, amplitude: 0.15, decay: 0.07),
          ],
          noises: [Noise(centre: 3200, quality: 1, amplitude: 0.2, decay: 0.02)], length: 0.2, rate: 20_000,
          seed: seed))
    case .shaker:
      return Recipe(
        name: "Shaker", level: -20,
        sound: Percussion(
          noises: [Noise(centre: 6800, quality: 1.4, amplitude: 1, decay: 0.12, rise: 0.02)], length: 0.12,
          seed: seed))
    case .woodblock:
      return Recipe(
        name: "Woodblock", level: -13,
        sound: Percussion(
          modes: [
            Mode(frequency: 1046.5, amplitude: 1, decay: 0.1),
            Mode(frequency: 1590, amplitude: 0.35, decay: 0.06),
            Mode(frequency: 2870, amplitude: 0.25, decay: 0.035),
          ],
          noises: [Noise(centre: 2400, quality: 1, amplitude: 0.3, decay: 0.015)], length: 0.16, seed: seed))
    case .claves:
      return Recipe(
        name: "Claves", level: -14,
        sound: Percussion(
          modes: [
            Mode(frequency: 2500, amplitude: 1, decay: 0.12),
            Mode(frequency: 5100, amplitude: 0.1, decay: 0.05),
          ],
          noises: [Noise(centre: 4000, quality: 1, amplitude: 0.15, decay: 0.01)], length: 0.15, seed: seed))
    case .triangle:
      return Recipe(
        name: "Triangle", level: -20,
        sound: Percussion(
          modes: [
            Mode(frequency: 4180, amplitude: 0.7, decay: 1.5),
            Mode(frequency: 5230, amplitude: 0.5, decay: 1.8),
            Mode(frequency: 7410, amplitude: 0.5, decay: 1.2),
            Mode(frequency: 9960, amplitude: 0.4, decay: 0.8),
            Mode(frequency: 12_340, amplitude: 0.3, decay: 0.6),
          ], length: 0.55, rate: 27_000, seed: seed))
    case .spoons:
      return Recipe(
        name: "Spoons", level: -16,
        sound: Percussion(
          modes: [
            Mode(frequency: 1820, amplitude: 0.8, decay: 0.05),
            Mode(frequency: 3150, amplitude: 0.7, decay: 0.06),
            Mode(frequency: 4720, amplitude: 0.4, decay: 0.05),
          ],
          noises: [Noise(centre: 4200, quality: 0.9, amplitude: 0.4, decay: 0.02)], length: 0.1, seed: seed))
    }
  }

  /// The dense modes of a cymbal or jingle, in ratios that share no factor.
  private static func metal(from lowest: Double, amplitude: Double, decay: Double) -> [Percussion.Mode] {
    [1, 1.342, 1.511, 1.847, 2.118, 2.393, 2.671].filter { lowest * $0 < 14_000 }.map {
      Percussion.Mode(frequency: lowest * $0, amplitude: amplitude, decay: decay / $0)
    }
  }
}
