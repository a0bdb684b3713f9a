import StandardMIDI

/// Gives each part of a tune a channel of its own, as long as there are any.
struct ChannelPool {
  /// A bit for each channel that nobody has.
  private var free: UInt16
  /// Who plays a program already, for when there is no channel left.
  private var players: [UInt7: Channel] = [:]

  /// A pool of all channels but that of percussion and those that the tune names itself.
  init(taken: Set<Channel>) {
    free = ~(1 << UInt16(Channel.percussion.rawValue))
    for channel in taken { free &= ~(1 << UInt16(channel.rawValue)) }
  }

  /// The channel of a further part: a free one, else that of another part of the same program.
  mutating func take(program: UInt7) -> Channel? {
    guard let channel = takeFree() else { return players[program] }
    if players[program] == nil { players[program] = channel }
    return channel
  }

  /// A free channel, if there is one.
  mutating func takeFree() -> Channel? {
    guard free != 0 else { return nil }
    let number = free.trailingZeroBitCount
    free &= free - 1
    return Channel(number)
  }
}
