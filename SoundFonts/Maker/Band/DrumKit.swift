/// The percussion of the band, laid over the keys of the General MIDI percussion map.
struct DrumKit {
  /// The recorded strokes, at the key that sounds them untransposed.
  enum Stroke: Int, CaseIterable {
    case kick = 36
    case sideStick = 37
    case snare = 38
    case clap = 39
    case closedHat = 42
    case openHat = 46
    case tom = 45
    case crash = 49
    case ride = 51
    case tambourine = 54
    case cowbell = 56
    case bodhran = 41
    case bodhranRim = 65
    case shaker = 70
    case woodblock = 76
    case claves = 75
    case triangle = 81
    case spoons = 85
  }

  private(set) var strokes: [Stroke: Int] = [:]

  /// Records every stroke into the builder's samples.
  init(builder: inout BandBuilder) {
    for stroke in Stroke.allCases {
      let recipe = stroke.recipe
      strokes[stroke] = builder.addStroke(
        recipe.name, key: recipe.rootKey, level: recipe.level, window: 0.06, of: recipe.sound)
    }
  }

  /// The instrument: one zone a key, each stroke transposed by the map and placed in the room.
  func instrument() -> SoundFont.Instrument {
    let settings: [Generator] = [
      // One-shot sounds must not be cut by a short note.
      .time(.releaseVolumeEnvelope, seconds: 3), Generator(.reverbSend, 160),
    ]
    var zones = [SoundFont.Zone(generators: settings, modulators: [.velocityToAttenuation(decibels: 72)])]
    for entry in Self.map {
      guard let sample = strokes[entry.stroke] else { preconditionFailure("\(entry.stroke) is not recorded") }
      var generators: [Generator] = []
      if entry.pan != 0 { generators.append(Generator(.pan, entry.pan)) }
      if let group = entry.group { generators.append(Generator(.exclusiveClass, group)) }
      generators.append(Generator(.overridingRootKey, entry.keys.lowerBound - entry.semitones))
      zones.append(SoundFont.Zone(keys: entry.keys, generators: generators, target: sample))
    }
    return SoundFont.Instrument(name: "Folk Kit", zones: zones)
  }

  /// Which stroke each key sounds, how far transposed, where, and which strokes cut each other off.
  static let map: [(keys: ClosedRange<Int>, stroke: Stroke, semitones: Int, pan: Int, group: Int?)] = [
    (0...26, .bodhran, 0, 0, nil), (27...27, .spoons, 5, -150, nil), (28...28, .clap, 3, -100, nil),
    (29...30, .shaker, -4, 150, nil), (31...31, .sideStick, 4, 0, nil), (32...32, .claves, -12, 0, nil),
    (33...33, .woodblock, -3, 0, nil), (34...34, .triangle, 4, 0, nil), (35...35, .kick, -2, 0, nil),
    (36...36, .kick, 0, 0, nil), (37...37, .sideStick, 0, -60, nil), (38...38, .snare, 0, 0, nil),
    (39...39, .clap, 0, 60, nil), (40...40, .snare, 2, 0, nil), (41...41, .bodhran, 0, 120, nil),
    (42...42, .closedHat, 0, -120, 1), (43...43, .bodhran, 2, 100, nil), (44...44, .closedHat, -3, -120, 1),
    (45...45, .tom, 0, 60, nil), (46...46, .openHat, 0, -120, 1), (47...47, .tom, 3, 20, nil),
    (48...48, .tom, 5, -60, nil), (49...49, .crash, 0, -180, nil), (50...50, .tom, 8, -120, nil),
    (51...51, .ride, 0, 180, nil), (52...52, .crash, 3, 180, nil), (53...53, .ride, 5, 180, nil),
    (54...54, .tambourine, 0, 150, nil), (55...55, .crash, 6, -150, nil), (56...56, .cowbell, 0, 100, nil),
    (57...57, .crash, -2, 180, nil), (58...58, .shaker, -7, 120, nil), (59...59, .ride, -2, 180, nil),
    (60...60, .bodhran, 14, -120, nil), (61...61, .bodhran, 9, -120, nil),
    (62...62, .bodhranRim, 3, 120, nil),
    (63...63, .bodhran, 7, 120, nil), (64...64, .bodhran, 3, 120, nil), (65...65, .bodhranRim, 0, -60, nil),
    (66...66, .bodhranRim, -5, -60, nil), (67...67, .cowbell, 7, 140, nil), (68...68, .cowbell, 2, 140, nil),
    (69...69, .shaker, -2, -140, nil), (70...70, .shaker, 0, 140, nil), (71...72, .triangle, -5, -100, nil),
    (73...74, .shaker, 3, -100, nil), (75...75, .claves, 0, 80, nil), (76...76, .woodblock, 0, 0, nil),
    (77...77, .woodblock, -6, 0, nil), (78...79, .tom, 10, 0, nil), (80...80, .triangle, -1, 160, 2),
    (81...81, .triangle, 0, 160, 2), (82...82, .shaker, 2, 0, nil), (83...84, .tambourine, 5, 0, nil),
    (85...85, .spoons, 0, 60, nil), (86...86, .bodhran, -2, 0, 3), (87...87, .bodhran, -4, 0, 3),
    (88...127, .woodblock, 0, 0, nil),
  ]
}
