import ABCNotation

/// Writes down the notes of one layer, a stroke at a time.
struct LayerRecorder {
  private(set) var layer: AccompanimentTrack.Layer
  /// The index of the first note of the latest stroke; what comes before it no longer sounds.
  private var latestStroke = 0

  /// A layer with the program that it starts with, or a layer of percussion.
  init(program: Int?) {
    layer = .init(
      isPercussion: program == nil, programs: program.map { [(onset: .zero, program: $0)] } ?? [],
      controls: [],
      notes: [])
  }

  /// Sets the program, 0…127, from a moment on.
  mutating func setProgram(_ program: Int, at onset: Fraction) {
    if let last = layer.programs.last, last.onset >= onset { layer.programs.removeLast() }
    layer.programs.append((onset: onset, program: program))
  }

  /// Moves controllers or the pitch wheel at a moment.
  mutating func control(_ changes: [InstrumentChange], at onset: Fraction) {
    layer.controls += changes.map { (onset, $0) }
  }

  /// Begins a stroke: the notes that follow sound together.
  mutating func beginStroke() {
    latestStroke = layer.notes.count
  }

  /// Adds a note to the stroke. Silent notes and those beyond the reach of MIDI are left out.
  mutating func add(pitch: Int, velocity: Int, from onset: Fraction, to end: Fraction) {
    guard velocity > 0, (0...127).contains(pitch), end > onset else { return }
    layer.notes.append(
      TimedNote(onset: onset, duration: end - onset, pitch: pitch, velocity: min(velocity, 127)))
  }

  /// Ends what still sounds at a moment.
  mutating func cut(at moment: Fraction) {
    var index = latestStroke
    while index < layer.notes.count {
      let note = layer.notes[index]
      if note.onset >= moment {
        layer.notes.remove(at: index)
        continue
      }
      if note.onset + note.duration > moment { layer.notes[index].duration = moment - note.onset }
      index += 1
    }
  }
}
