/// A format of sound files.
public enum SoundFileFormat: String, CaseIterable, Sendable {
  /// Samples as they are, in a RIFF file.
  case wav
  /// Samples as they are, packed to about half the size.
  case flac
  /// Ogg Vorbis: a tenth of the size, and not quite the same sound.
  case ogg

  /// By the ending of a file's name, without its dot; nil for an ending of no such format.
  public init?(fileExtension: String) {
    switch fileExtension.lowercased() {
    case "wav", "wave": self = .wav
    case "flac": self = .flac
    case "ogg", "oga": self = .ogg
    default: return nil
    }
  }
}

/// Takes the sound of a performance into a file, which is there whole when it is finished and not at all before.
protocol SoundFileWriter: AnyObject {
  /// Adds frames, left and right in turn.
  func append(_ samples: [Int16]) throws(PlaybackError)
  /// Completes the file and gives it its name. To be called once, last.
  func finish() throws(PlaybackError)
}

extension WAVWriter: SoundFileWriter {}
