import ABCNotation
import StandardMIDI

/// Writes one voice as a track.
struct VoiceTrack {
  private struct BentChannel {
    let channel: Channel
    var bend: UInt14 = .center
    var busyUntil = Fraction.zero
  }

  private struct Unisons {
    var channel: Channel?
    /// When the latest note of a key ends on the channel of the voice.
    var busyUntil: [Int: Fraction] = [:]
  }

  private var builder = MIDITrackBuilder()
  private let performance: Performance
  private var channel: Channel
  private var program: UInt7
  private var bentChannels: [BentChannel] = []
  /// The notes that begin while another of their key sounds: on one channel the end of the first would end both.
  private var unisons = Unisons()

  /// - Parameters:
  ///   - name: what the track is called; empty for none.
  ///   - channel: the channel of the voice, until a command names another.
  ///   - program: the instrument that it begins with.
  init(_ performance: Performance, name: String, channel: Channel, program: UInt7) {
    self.performance = performance
    self.channel = channel
    self.program = program
    if !name.isEmpty { builder.add(.meta(.text(.trackName, name)), at: 0) }
    if channel != .percussion { builder.add(.programChange(channel: channel, program: program), at: 0) }
  }

  /// The track.
  ///
  /// - Parameter pool: where further channels come from, which quarter tones in chords need.
  mutating func write(pool: inout ChannelPool) -> MIDITrackBuilder {
    for lyric in performance.lyrics {
      builder.add(.meta(.text(.lyric, lyric.text)), at: MIDIConverter.tick(lyric.onset))
    }
    var changes = performance.instrumentChanges[...]
    let isBent = performance.notes.contains { $0.cents != 0 }
    if changes.isEmpty, !isBent, !performance.hasUnisons {
      let (notes, channel) = (performance.notes, channel)
      builder.add(
        [NoteSpan](capacity: notes.count) { spans in
          for note in notes { spans.append(NoteSpan(note, channel)) }
        })
      return builder
    }
    for note in performance.notes {
      while let (onset, change) = changes.first, onset <= note.onset {
        apply(change, at: MIDIConverter.tick(onset))
        changes.removeFirst()
      }
      var channel = isBent ? bentChannel(for: note, &pool) : channel
      if performance.hasUnisons, !isBent, channel != .percussion { channel = ownChannel(for: note, &pool) }
      builder.add(NoteSpan(note, channel))
    }
    for (onset, change) in changes { apply(change, at: MIDIConverter.tick(onset)) }
    return builder
  }

  private mutating func apply(_ change: InstrumentChange, at tick: Int) {
    switch change {
    case .channel(let number):
      guard channel != Channel(number) else { return }
      channel = Channel(number)
      bentChannels = []
      unisons = Unisons()
      if channel != .percussion { builder.add(.programChange(channel: channel, program: program), at: tick) }
    case .program(let number, let other):
      if other == nil {
        guard program != UInt7(number) || tick > 0 else { return }
        program = UInt7(number)
      }
      builder.add(
        .programChange(channel: other.map { Channel($0) } ?? channel, program: UInt7(number)), at: tick)
    case .controller, .pitchBend:
      if let message = change.controlMessage(channel) { builder.add(message, at: tick) }
    }
  }

  /// The channel of the voice, or a second one while the key of the note sounds there.
  private mutating func ownChannel(for note: TimedNote, _ pool: inout ChannelPool) -> Channel {
    let end = note.onset + note.duration
    guard let busyUntil = unisons.busyUntil[note.pitch], busyUntil > note.onset, busyUntil != end else {
      unisons.busyUntil[note.pitch] = end
      return channel
    }
    if unisons.channel == nil, let further = pool.takeFree() {
      builder.add(.programChange(channel: further, program: program), at: MIDIConverter.tick(note.onset))
      unisons.channel = further
    }
    return unisons.channel ?? channel
  }

  /// The channel for a note in a voice with quarter tones: the pitch wheel bends all notes of a channel, so that
  /// notes that sound together and are bent otherwise need channels of their own.
  private mutating func bentChannel(for note: TimedNote, _ pool: inout ChannelPool) -> Channel {
    if bentChannels.isEmpty { bentChannels = [BentChannel(channel: channel)] }
    // General MIDI: the whole wheel is two semitones up and two down.
    let bend = UInt14(clamping: Int(UInt14.center.rawValue) + (note.cents * 8192 + 100) / 200)
    var index = bentChannels.firstIndex { $0.bend == bend }
    if index == nil { index = bentChannels.firstIndex { $0.busyUntil <= note.onset } }
    if index == nil, let further = pool.takeFree() {
      builder.add(.programChange(channel: further, program: program), at: MIDIConverter.tick(note.onset))
      bentChannels.append(BentChannel(channel: further))
      index = bentChannels.count - 1
    }
    let place = index ?? 0
    if bentChannels[place].bend != bend {
      bentChannels[place].bend = bend
      builder.add(
        .pitchBend(channel: bentChannels[place].channel, value: bend), at: MIDIConverter.tick(note.onset))
    }
    let end = note.onset + note.duration
    if bentChannels[place].busyUntil < end { bentChannels[place].busyUntil = end }
    return bentChannels[place].channel
  }
}

extension NoteSpan {
  @inline(__always)
  fileprivate init(_ note: TimedNote, _ channel: Channel) {
    let (start, end): (Int, Int)
    if let exact = MIDIConverter.exactTick(note.onset), let length = MIDIConverter.exactTick(note.duration) {
      (start, end) = (exact, exact &+ length)
    } else {
      (start, end) = (MIDIConverter.tick(note.onset), MIDIConverter.tick(note.onset + note.duration))
    }
    self.init(
      channel: channel, key: UInt7(note.pitch), velocity: UInt7(note.velocity), from: start, to: end)
  }
}

extension InstrumentChange {
  /// The message that moves a controller or the pitch wheel of a channel; nil for other changes.
  func controlMessage(_ channel: Channel) -> MIDIMessage? {
    switch self {
    case .controller(let controller, let value):
      .controlChange(channel: channel, controller: UInt7(controller), value: UInt7(value))
    case .pitchBend(let value): .pitchBend(channel: channel, value: UInt14(value))
    case .channel, .program: nil
    }
  }
}
