import ArgumentParser
import StandardMIDI

/// `--program`: a General MIDI program by number or by name.
struct ProgramOption: ExpressibleByArgument {
  let program: UInt7

  init?(argument: String) {
    if let number = UInt8(argument), let program = UInt7(exactly: number) {
      self.program = program
      return
    }
    // Of several that hold the word the first is the plainest: "flute" is also in "Pan Flute".
    guard argument.contains(where: \.isLetter), let program = Self.program(named: argument.lowercased())
    else {
      return nil
    }
    self.program = program
  }

  private static func program(named name: String) -> UInt7? {
    folk[name] ?? GeneralMIDI.programs(named: name).first
  }

  /// What players call their instruments.
  private static let folk: [String: UInt7] = [
    "piano": 0, "concertina": 23, "melodeon": 21, "guitar": 25, "bass": 32, "harp": 46, "tin whistle": 78,
    "pipes": 109, "bagpipes": 109, "voice": 53, "strings": 48, "organ": 19, "sax": 65, "horn": 60,
  ]
}
