/// An instrument of a SoundFont.
public struct Instrument: Hashable, Sendable {
  /// The bank; 128 holds drum kits.
  public let bank: Int
  /// The program, counted from 0.
  public let program: Int
  /// What the font calls it.
  public let name: String
}
