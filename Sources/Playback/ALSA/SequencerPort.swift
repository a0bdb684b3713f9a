import CALSA
import Glibc
import StandardMIDI

/// A port of this program in ALSA's sequencer, connected to a synthesizer: messages go out when a queue of the sequencer
/// says so, whatever this program does meanwhile.
@safe
public final class SequencerPort: TimedMIDIOutput {
  /// The address that it was connected to.
  public let address: String

  private let sequencer: OpaquePointer
  private let encoder: OpaquePointer
  private let port: Int32
  private let queue: Int32

  /// Connects to a port by `CLIENT:PORT`, each a number or, the client, a name.
  public init(address: String) throws(PlaybackError) {
    calsa_silence_messages()
    let sequencer = unsafe try Self.open()
    var encoder: OpaquePointer?
    var destination = snd_seq_addr_t()
    do throws(PlaybackError) {
      func check(_ result: Int32, _ operation: String) throws(PlaybackError) -> Int32 {
        if result >= 0 { return result }
        throw .midiPortFailed(address: address, operation: operation, reason: Self.message(result))
      }
      _ = unsafe snd_seq_set_client_name(sequencer, "hornpipe")
      guard unsafe snd_seq_parse_address(sequencer, &destination, address) >= 0 else {
        throw .noMIDIPort(address: address)
      }
      port = try check(
        unsafe snd_seq_create_simple_port(
          sequencer, "hornpipe", UInt32(SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ),
          UInt32(SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_APPLICATION)), "make a port")
      guard
        unsafe snd_seq_connect_to(sequencer, port, Int32(destination.client), Int32(destination.port)) >= 0
      else { throw .noMIDIPort(address: address) }
      queue = try check(unsafe snd_seq_alloc_queue(sequencer), "make a queue")
      _ = try check(unsafe snd_midi_event_new(4096, &encoder), "encode MIDI")
      _ = try check(unsafe calsa_start_queue(sequencer, queue), "start its queue")
      _ = try check(unsafe snd_seq_drain_output(sequencer), "start its queue")
    } catch {
      if let encoder = unsafe encoder { unsafe snd_midi_event_free(encoder) }
      unsafe snd_seq_close(sequencer)
      throw error
    }
    guard let encoder = unsafe encoder else { preconditionFailure("ALSA gave an encoder") }
    self.address = address
    unsafe self.sequencer = sequencer
    unsafe self.encoder = encoder
  }

  deinit {
    unsafe snd_midi_event_free(encoder)
    unsafe snd_seq_free_queue(sequencer, queue)
    unsafe snd_seq_close(sequencer)
  }

  private static func open() throws(PlaybackError) -> OpaquePointer {
    var opened: OpaquePointer?
    let result = unsafe snd_seq_open(&opened, "default", SND_SEQ_OPEN_DUPLEX, Int32(SND_SEQ_NONBLOCK))
    guard result >= 0, let sequencer = unsafe opened else { throw .noSequencer(reason: message(result)) }
    return unsafe sequencer
  }

  /// The seconds that the queue has run.
  public var seconds: Double {
    var status: OpaquePointer?
    guard unsafe snd_seq_queue_status_malloc(&status) >= 0, let status = unsafe status else { return 0 }
    defer { unsafe snd_seq_queue_status_free(status) }
    guard unsafe snd_seq_get_queue_status(sequencer, queue, status) >= 0,
      let time = unsafe snd_seq_queue_status_get_real_time(status)
    else { return 0 }
    return unsafe Double(time.pointee.tv_sec) + Double(time.pointee.tv_nsec) * 1e-9
  }

  /// Sends a message when the queue has run for so many seconds.
  public func schedule(_ message: MIDIMessage, atSeconds seconds: Double) throws(PlaybackError) {
    let whole = max(seconds, 0).rounded(.down)
    unsafe try output(message) { event in
      unsafe calsa_schedule(
        event, port, queue, UInt32(whole), UInt32((max(seconds, 0) - whole) * 1e9))
    }
  }

  /// Sends a message at once.
  public func send(_ message: MIDIMessage) throws(PlaybackError) {
    unsafe try output(message) { event in unsafe calsa_send_now(event, port) }
  }

  private func output(
    _ message: MIDIMessage, _ address: (UnsafeMutablePointer<snd_seq_event_t>) -> Void
  ) throws(PlaybackError) {
    guard let bytes = message.wireBytes else { return }
    var event = unsafe snd_seq_event_t()
    unsafe snd_midi_event_reset_encode(encoder)
    let taken = unsafe snd_midi_event_encode(encoder, bytes, bytes.count, &event)
    guard taken > 0 else { return }
    unsafe address(&event)
    // Its memory is full only where thousands of messages wait; they leave as time passes.
    for _ in 0..<500 {
      let result = unsafe snd_seq_event_output(sequencer, &event)
      guard result == -EAGAIN else { return try check(result, "send") }
      _ = unsafe snd_seq_drain_output(sequencer)
      usleep(10_000)
    }
    throw .midiPortFailed(address: self.address, operation: "send", reason: "its memory stays full")
  }

  /// Hands what was scheduled to the sequencer.
  ///
  /// Throws `PlaybackError.midiPortGone` where nobody listens any more.
  public func flush() throws(PlaybackError) {
    guard isConnected else { throw .midiPortGone(address: address) }
    for _ in 0..<500 {
      let result = unsafe snd_seq_drain_output(sequencer)
      if result == 0 { return }
      if result < 0, result != -EAGAIN { return try check(result, "send") }
      usleep(10_000)
    }
    throw .midiPortFailed(address: address, operation: "send", reason: "it takes nothing for five seconds")
  }

  /// Whether a port takes what this one sends: the one it was connected to, or another that somebody has connected since.
  /// A port that vanishes takes its connections with it, and what is sent then is lost without a word.
  private var isConnected: Bool {
    var info: OpaquePointer?
    guard unsafe snd_seq_port_info_malloc(&info) >= 0, let info = unsafe info else { return true }
    defer { unsafe snd_seq_port_info_free(info) }
    guard unsafe snd_seq_get_port_info(sequencer, port, info) >= 0 else { return false }
    return unsafe snd_seq_port_info_get_read_use(info) > 0
  }

  /// Takes back what has not been sent yet.
  public func dropScheduled() {
    unsafe snd_seq_drop_output(sequencer)
  }

  private func check(_ result: Int32, _ operation: String) throws(PlaybackError) {
    if result < 0 {
      throw .midiPortFailed(address: address, operation: operation, reason: Self.message(result))
    }
  }

  private static func message(_ result: Int32) -> String {
    unsafe String(cString: snd_strerror(result))
  }
}

extension SequencerPort {
  /// A port that can be played on.
  public struct Description: Hashable, Sendable {
    /// `CLIENT:PORT` in numbers.
    public let address: String
    /// The names of client and port.
    public let name: String
  }

  /// The ports of other programs and of hardware that take MIDI, in the order of their addresses.
  public static func all() throws(PlaybackError) -> [Description] {
    calsa_silence_messages()
    let sequencer = unsafe try open()
    defer { unsafe snd_seq_close(sequencer) }
    var clientInfo: OpaquePointer?
    var portInfo: OpaquePointer?
    guard unsafe snd_seq_client_info_malloc(&clientInfo) >= 0, let client = unsafe clientInfo,
      unsafe snd_seq_port_info_malloc(&portInfo) >= 0, let port = unsafe portInfo
    else { return [] }
    defer {
      unsafe snd_seq_port_info_free(port)
      unsafe snd_seq_client_info_free(client)
    }
    let needed = UInt32(SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE)
    var ports: [Description] = []
    unsafe snd_seq_client_info_set_client(client, -1)
    while unsafe snd_seq_query_next_client(sequencer, client) >= 0 {
      let number = unsafe snd_seq_client_info_get_client(client)
      unsafe snd_seq_port_info_set_client(port, number)
      unsafe snd_seq_port_info_set_port(port, -1)
      while unsafe snd_seq_query_next_port(sequencer, port) >= 0 {
        // Number 0 is the sequencer itself: its clock and announcements.
        guard number != 0, unsafe snd_seq_port_info_get_capability(port) & needed == needed else { continue }
        let names = unsafe [
          String(cString: snd_seq_client_info_get_name(client)),
          String(cString: snd_seq_port_info_get_name(port)),
        ]
        ports.append(
          unsafe Description(
            address: "\(number):\(snd_seq_port_info_get_port(port))", name: names.joined(separator: ", ")))
      }
    }
    return ports
  }
}

extension MIDIMessage {
  /// The bytes of a message on a cable; nil for what is only for files.
  var wireBytes: [UInt8]? {
    switch self {
    case .noteOff(let channel, let key, let velocity):
      [0x80 | channel.rawValue, key.rawValue, velocity.rawValue]
    case .noteOn(let channel, let key, let velocity):
      [0x90 | channel.rawValue, key.rawValue, velocity.rawValue]
    case .polyphonicPressure(let channel, let key, let pressure):
      [0xA0 | channel.rawValue, key.rawValue, pressure.rawValue]
    case .controlChange(let channel, let controller, let value):
      [0xB0 | channel.rawValue, controller.rawValue, value.rawValue]
    case .programChange(let channel, let program): [0xC0 | channel.rawValue, program.rawValue]
    case .channelPressure(let channel, let pressure): [0xD0 | channel.rawValue, pressure.rawValue]
    case .pitchBend(let channel, let value):
      [0xE0 | channel.rawValue, UInt8(value.rawValue & 0x7F), UInt8(value.rawValue >> 7)]
    case .systemExclusive(let data) where data.last == 0xF7: [0xF0] + data
    case .systemExclusive, .escape, .meta: nil
    }
  }
}
