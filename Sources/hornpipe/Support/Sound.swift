import ABCNotation
import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI

/// The options of every command that makes sound.
struct SoundOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The SoundFont to play with, instead of the built-in one.", valueName: "file"))
  var soundfont: String?

  @Option(
    help:
      "The instrument: a General MIDI program 0-127 or its name, such as flute; a violin plays melodies without it."
  )
  var program: ProgramOption?

  @Option(help: "How loud, 0.1 to 10.")
  var gain: Double?

  @Option(help: "The ALSA device to play on.")
  var device = "default"

  @Option(
    help: ArgumentHelp(
      "Play through ALSA's sequencer on a synthesizer outside of this program.", valueName: "client:port"))
  var midiPort: String?

  func validate() throws {
    if let gain, !(0.1...10).contains(gain) { throw ValidationError("--gain takes a number from 0.1 to 10.") }
  }

  /// What melodies are played on where nothing else is said: a fiddle.
  static let defaultProgram: UInt7 = 40

  var melodyProgram: UInt7 { program?.program ?? Self.defaultProgram }

  func makeSynthesizer() throws(PlaybackError) -> Synthesizer {
    var options = Synthesizer.Options()
    if let gain { options.gain = gain }
    return try Synthesizer(soundFont: soundfont.map { .file($0) } ?? .builtIn, options: options)
  }
}
