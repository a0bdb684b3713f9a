/// A `%%MIDI` command that moves a controller or the pitch wheel: `control`, `pitchbend`, `portamento`,
/// `noportamento`, each of the voice's own channel or of that of the bass or the chords (abc2midi's guide).
struct ControlCommand: Hashable, Sendable {
  /// Whose channel it is, if it is not the voice's own.
  enum Target: String, Sendable {
    case bass, chord
  }

  let target: Target?
  /// What changes, in this order.
  let changes: [InstrumentChange]

  /// Reads a command.
  ///
  /// - Parameters:
  ///   - command: the word behind `%%MIDI`, in small letters.
  ///   - arguments: the words behind it.
  /// - Returns: nil for a command of another name.
  /// - Throws: ``DirectiveError`` where the name is known and the rest is not as it should be.
  init?(command: Substring, arguments: [Substring]) throws(DirectiveError) {
    guard ["control", "pitchbend", "portamento", "noportamento"].contains(command) else { return nil }
    target = arguments.first.flatMap { Target(rawValue: String($0)) }
    let numbers = ArgumentReader(
      command: command, arguments: target == nil ? arguments : Array(arguments.dropFirst()))
    switch command {
    case "control":
      let controller = try numbers.number(at: 0, in: 0...127, example: "7 100")
      changes = [.controller(controller, value: try numbers.number(at: 1, in: 0...127, example: "7 100"))]
    case "pitchbend":
      let high = try numbers.number(at: 0, in: 0...127, example: "64 0")
      changes = [.pitchBend(try high << 7 | numbers.number(at: 1, in: 0...127, example: "64 0"))]
    case "portamento":
      let time = try numbers.number(at: 0, in: 0...63, example: "10")
      changes = [.controller(Self.portamento, value: 127), .controller(Self.portamentoTime, value: time)]
    default: changes = [.controller(Self.portamento, value: 0)]
    }
  }

  // MIDI 1.0, table 3: controllers.
  private static let portamentoTime = 5
  private static let portamento = 65
}
