/// Why music could not be made to sound.
public enum PlaybackError: Error, Hashable, Sendable {
  /// A SoundFont that cannot be read; the reason is the system's.
  case soundFontNotReadable(path: String, reason: String)
  /// A file that is not a whole SoundFont 2.
  case notASoundFont(path: String, reason: String)
  /// FluidSynth could not do something; the reason is what it said.
  case synthesis(operation: String, reason: String)
  /// A sound device that cannot be opened; the reason is ALSA's.
  case noSoundDevice(name: String, reason: String)
  /// A sound device that failed while it was open; the reason is ALSA's.
  case deviceFailed(name: String, operation: String, reason: String)
  /// A sound device that took no sound for so many seconds.
  case deviceStalled(name: String, seconds: Int)
  /// There is no ALSA sequencer; the reason is ALSA's.
  case noSequencer(reason: String)
  /// No such port in the ALSA sequencer.
  case noMIDIPort(address: String)
  /// A port that failed while it was connected; the reason is ALSA's.
  case midiPortFailed(address: String, operation: String, reason: String)
  /// A port that went away, or was disconnected, while it was played on.
  case midiPortGone(address: String)
  /// A sound file that cannot be written; the reason is the system's.
  case fileNotWritten(path: String, operation: String, reason: String)
  /// More sound than four gigabytes, what a WAV file can hold.
  case tooLong(path: String, seconds: Double)
}

extension PlaybackError: CustomStringConvertible {
  /// One sentence that says what happened, to what, and what to do.
  public var description: String {
    switch self {
    case .soundFontNotReadable(let path, let reason):
      "cannot read the SoundFont \(path): \(reason); give the path of an .sf2 file, "
        + "or none to use the built-in instruments"
    case .notASoundFont(let path, let reason):
      "\(path) is not a SoundFont: \(reason); give the path of an .sf2 file, "
        + "or none to use the built-in instruments"
    case .synthesis(let operation, let reason):
      "FluidSynth could not \(operation)" + (reason.isEmpty ? "" : ": \(reason)")
    case .noSoundDevice(let name, let reason):
      "no sound device \"\(name)\" (\(reason)); use --wav FILE to write the sound to a file instead"
    case .deviceFailed(let name, let operation, let reason):
      "sound device \"\(name)\" failed to \(operation): \(reason)"
    case .deviceStalled(let name, let seconds):
      "sound device \"\(name)\" took no sound for \(seconds) seconds; "
        + "use --wav FILE to write the sound to a file instead"
    case .noSequencer(let reason):
      "there is no ALSA sequencer (\(reason)); load it with 'modprobe snd-seq', or play without --midi-port"
    case .noMIDIPort(let address):
      "no MIDI port \"\(address)\"; --list-midi-ports shows those that there are"
    case .midiPortFailed(let address, let operation, let reason):
      "MIDI port \"\(address)\" failed to \(operation): \(reason)"
    case .midiPortGone(let address):
      "MIDI port \"\(address)\" is gone: its program has ended or was disconnected; --list-midi-ports shows those that there are"
    case .fileNotWritten(let path, let operation, let reason):
      "cannot \(operation) \(path): \(reason)"
    case .tooLong(let path, let seconds):
      "cannot write \(path): \(Int(clamping: seconds)) seconds of sound are more than a sound file can hold"
    }
  }
}

extension Int {
  /// The whole part, or the nearest `Int`.
  fileprivate init(clamping seconds: Double) {
    self = seconds < 1e15 ? Int(seconds) : Int.max
  }
}
