import ABCNotation

/// The accompaniment of a tune: what its chord symbols and `%%MIDI` commands ask for, much as abc2midi plays it.
///
/// A bass and chords follow the chord symbols in the rhythm of the meter or of `%%MIDI gchord`; drums and a drone
/// play where `%%MIDI drumon` and `%%MIDI droneon` start them.
enum Accompaniment {
  /// The tracks that sound, in the order chords, drums, drone. Takes time in proportion to the bars and the
  /// instructions of the plan.
  static func tracks(for plan: AccompanimentPlan) -> [AccompanimentTrack] {
    var hasChords = false
    var hasDrums = false
    var hasDrone = false
    for timed in plan.instructions {
      switch timed.instruction {
      case .chordSymbol: hasChords = true
      case .directive(.drumPattern): hasDrums = true
      case .directive(.droneIsOn(true)): hasDrone = true
      default: break
      }
    }
    if hasChords { hasChords = namesChord(plan) }
    guard hasChords || hasDrums || hasDrone else { return [] }
    let end = plan.end
    var tracks: [AccompanimentTrack] = []
    if hasChords {
      var player = ChordPlayer()
      PatternSweep.play(plan, with: &player)
      append("gchord track", [player.bass, player.chords], to: &tracks)
    }
    if hasDrums {
      var player = DrumPlayer()
      PatternSweep.play(plan, with: &player)
      append("drum track", [player.drums], to: &tracks)
    }
    if hasDrone {
      var player = DronePlayer()
      player.play(plan.instructions, until: end)
      append("drone track", [player.drone], to: &tracks)
    }
    return tracks
  }

  /// Whether any text may be a chord. Most tunes without chords that have texts say `Fine` or `D.C.`
  private static func namesChord(_ plan: AccompanimentPlan) -> Bool {
    var vocabulary = ChordVocabulary()
    return plan.instructions.contains { timed in
      switch timed.instruction {
      case .chordSymbol(let text): if case .harmony = vocabulary.meaning(of: text) { true } else { false }
      // A directive may define a kind of chord.
      case .directive: true
      case .transposition: false
      }
    }
  }

  private static func append(
    _ name: String, _ recorders: [LayerRecorder], to tracks: inout [AccompanimentTrack]
  ) {
    let layers = recorders.compactMap { $0.layer.notes.isEmpty ? nil : $0.layer }
    if !layers.isEmpty { tracks.append(AccompanimentTrack(name: name, layers: layers)) }
  }
}
