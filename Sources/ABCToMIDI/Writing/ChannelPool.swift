import StandardMIDI

/// Gives each part of a tune a channel of its own, as long as there are any.
struct ChannelPool {
  private var free: [Channel]
  /// Who plays a program already, for when there is no channel left.
  private var players: [UInt7: Channel] = [:]

  /// A pool of all channels but that of percussion and those that the tune names itself.
  init(taken: Set<Channel>) {
    free = Channel.all.filter { $0 != .percussion && !taken.contains($0) }.reversed()
  }

  /// The channel of a further part: a free one, else that of another part of the same program.
  mutating func take(program: UInt7) -> Channel? {
    guard let channel = free.popLast() else { return players[program] }
    if players[program] == nil { players[program] = channel }
    return channel
  }

  /// A free channel, if there is one.
  mutating func takeFree() -> Channel? { free.popLast() }
}
