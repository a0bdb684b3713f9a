import CALSA
import Glibc

/// A sound device that ALSA knows.
public struct AudioDevice: Hashable, Sendable {
  /// The name by which it is opened.
  public let name: String
  /// What it is, on one line.
  public let description: String

  /// A device of this name.
  public init(name: String, description: String) {
    self.name = name
    self.description = description
  }

  /// The devices that can play, in ALSA's order; empty where there are none.
  public static func playbackDevices() -> [AudioDevice] {
    calsa_silence_messages()
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard unsafe snd_device_name_hint(-1, "pcm", &hints) == 0, let hints = unsafe hints else { return [] }
    defer { unsafe snd_device_name_free_hint(hints) }
    var devices: [AudioDevice] = []
    var next = unsafe hints
    while let hint = unsafe next.pointee {
      unsafe next += 1
      let direction = unsafe text("IOID", of: hint)
      guard direction == nil || direction == "Output", let name = unsafe text("NAME", of: hint) else {
        continue
      }
      let description = unsafe text("DESC", of: hint) ?? ""
      devices.append(
        AudioDevice(
          name: name, description: description.split(separator: "\n").joined(separator: ", ")))
    }
    return devices
  }

  private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
    guard let value = unsafe snd_device_name_get_hint(hint, key) else { return nil }
    defer { unsafe free(value) }
    return unsafe String(cString: value)
  }
}
