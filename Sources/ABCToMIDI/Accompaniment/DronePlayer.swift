import ABCNotation

/// What `%%MIDI drone` sets. What it leaves out stays as it is.
struct DroneSettings: Hashable, Sendable {
  /// The General MIDI program, 0…127.
  var program: Int?
  /// The MIDI pitches of its two notes, 0…127, the first one first.
  var pitches: [Int] = []
  /// How hard these are struck, 1…127.
  var velocities: [Int] = []
}

/// Plays the drone of a tune: two notes, from `droneon` to `droneoff` or the end of the tune. Unless `%%MIDI drone`
/// says otherwise, a bassoon plays the A two and three octaves below the tuning fork's.
///
/// A `drone` command takes effect at once, also while the drone sounds. abc2midi (4.84) brings in a drone
/// that starts within a tune at twice its time and never ends its second note; here it starts where it is
/// written.
struct DronePlayer {
  private(set) var drone = LayerRecorder(program: 70)

  private var pitches = [45, 33]
  private var velocities = [80, 80]
  private var transposition = 0
  private var isOn = false

  /// Plays the drone until the end of the tune, in whole notes.
  mutating func play(_ instructions: [AccompanimentPlan.TimedInstruction], until end: Fraction) {
    for timed in instructions where timed.onset < end {
      switch timed.instruction {
      case .transposition(let semitones):
        guard semitones != transposition else { continue }
        transposition = semitones
      case .directive(.drone(let settings)):
        if let program = settings.program { drone.setProgram(program, at: timed.onset) }
        pitches = settings.pitches + pitches.dropFirst(settings.pitches.count)
        velocities = settings.velocities + velocities.dropFirst(settings.velocities.count)
      case .directive(.droneIsOn(let isOn)):
        guard isOn != self.isOn else { continue }
        self.isOn = isOn
      default: continue
      }
      drone.cut(at: timed.onset)
      if isOn { strike(from: timed.onset, to: end) }
    }
  }

  private mutating func strike(from onset: Fraction, to end: Fraction) {
    drone.beginStroke()
    for (index, pitch) in pitches.enumerated() where index == 0 || pitch != pitches[0] {
      drone.add(pitch: pitch + transposition, velocity: velocities[index], from: onset, to: end)
    }
  }
}
