/// Where the instruments come from.
public enum SoundFont: Hashable, Sendable {
  /// The font in the program itself.
  case builtIn
  /// A SoundFont 2 file.
  case file(String)
}
