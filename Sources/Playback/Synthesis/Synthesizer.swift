import CFluidSynth
import StandardMIDI

/// FluidSynth with one SoundFont: MIDI messages go in, sound comes out when it is asked for.
///
/// It has no thread, no player and no audio driver; whoever owns it decides when time passes. FluidSynth
/// computes 64 frames at a time, so that a message takes effect at the next multiple of 64 frames, at most
/// 1.5 ms late. The same messages at the same frames after `reset()` give the same sound, bit for bit.
@safe
public final class Synthesizer {
  /// Frames a second.
  public static let sampleRate = 44_100

  /// How a synthesizer sounds.
  public struct Options: Sendable {
    /// Amplification, 0...10. FluidSynth's own 0.2 leaves a solo tune 25 dB below full scale.
    public var gain: Double
    /// Whether there is a little reverberation.
    public var hasReverb: Bool

    /// The default is a solo melody well below full scale with some air around it.
    public init(gain: Double = 2, hasReverb: Bool = true) {
      self.gain = gain
      self.hasReverb = hasReverb
    }
  }

  private let handles: Handles
  private var framesIntoBlock = 0
  private static let blockLength = 64

  /// Starts FluidSynth and loads a SoundFont; never another one than that asked for.
  public init(soundFont: SoundFont = .builtIn, options: Options = Options()) throws(PlaybackError) {
    handles = try Handles(options)
    try load(soundFont)
  }

  /// How many notes, or layers of notes, are sounding.
  public var activeVoiceCount: Int {
    unsafe Int(fluid_synth_get_active_voice_count(handles.synth))
  }

  /// The instruments of the SoundFont, by bank and program.
  public var instruments: [Instrument] {
    guard let font = unsafe fluid_synth_get_sfont(handles.synth, 0) else { return [] }
    unsafe fluid_sfont_iteration_start(font)
    var instruments: [Instrument] = []
    while let preset = unsafe fluid_sfont_iteration_next(font) {
      instruments.append(
        unsafe Instrument(
          bank: Int(fluid_preset_get_banknum(preset)), program: Int(fluid_preset_get_num(preset)),
          name: fluid_preset_get_name(preset).map { unsafe String(cString: $0) } ?? ""))
    }
    return instruments.sorted { ($0.bank, $0.program) < ($1.bank, $1.program) }
  }

  /// What FluidSynth has warned of since last asked, such as an instrument that the font lacks and what
  /// plays in its place.
  public func takeWarnings() -> [String] {
    FluidSynthLog.take()
  }

  /// Performs a message now. What the SoundFont cannot do is left out, as on any MIDI instrument; meta
  /// events do nothing.
  public func send(_ message: MIDIMessage) {
    let synth = unsafe handles.synth
    switch message {
    case .noteOn(let channel, let key, let velocity) where velocity > 0:
      _ = unsafe fluid_synth_noteon(synth, channel.int32, key.int32, velocity.int32)
    case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _):
      _ = unsafe fluid_synth_noteoff(synth, channel.int32, key.int32)
    case .polyphonicPressure(let channel, let key, let pressure):
      _ = unsafe fluid_synth_key_pressure(synth, channel.int32, key.int32, pressure.int32)
    case .controlChange(let channel, let controller, let value):
      _ = unsafe fluid_synth_cc(synth, channel.int32, controller.int32, value.int32)
    case .programChange(let channel, let program):
      _ = unsafe fluid_synth_program_change(synth, channel.int32, program.int32)
    case .channelPressure(let channel, let pressure):
      _ = unsafe fluid_synth_channel_pressure(synth, channel.int32, pressure.int32)
    case .pitchBend(let channel, let value):
      _ = unsafe fluid_synth_pitch_bend(synth, channel.int32, Int32(value.rawValue))
    case .systemExclusive(let data) where data.last == 0xF7:
      let body = data.dropLast().map { CChar(bitPattern: $0) }
      _ = unsafe fluid_synth_sysex(synth, body, Int32(body.count), nil, nil, nil, 0)
    case .systemExclusive, .escape, .meta:
      break
    }
  }

  /// Fills the array with the sound that follows: left and right in turn, full scale at ±1, louder than
  /// that where much sounds at once. The number of samples must be even.
  public func render(into samples: inout [Float]) {
    precondition(samples.count.isMultiple(of: 2), "a frame has two samples")
    let frames = samples.count / 2
    let result = unsafe samples.withUnsafeMutableBufferPointer { buffer in
      let start = buffer.baseAddress
      return unsafe fluid_synth_write_float(handles.synth, Int32(frames), start, 0, 2, start, 1, 2)
    }
    precondition(result == FLUID_OK, "FluidSynth renders whatever it is asked for")
    framesIntoBlock = (framesIntoBlock + frames) % Self.blockLength
  }

  /// Ends all sound at once and returns every setting to that of a new synthesizer.
  public func reset() {
    if framesIntoBlock > 0 {
      var rest = [Float](repeating: 0, count: 2 * (Self.blockLength - framesIntoBlock))
      render(into: &rest)
    }
    _ = unsafe fluid_synth_system_reset(handles.synth)
  }

  private func load(_ soundFont: SoundFont) throws(PlaybackError) {
    let name: String
    switch soundFont {
    case .file(let path):
      try SoundFontFile.check(path: path)
      name = path
    case .builtIn:
      name = BuiltInFontStream.name
      guard let loader = unsafe new_fluid_defsfloader(handles.settings) else {
        throw .synthesis(operation: "make a SoundFont loader", reason: "")
      }
      guard unsafe BuiltInFontStream.attach(to: loader) else {
        unsafe delete_fluid_sfloader(loader)
        throw .synthesis(operation: "read from memory", reason: "")
      }
      unsafe fluid_synth_add_sfloader(handles.synth, loader)
    }
    _ = FluidSynthLog.take()
    guard unsafe fluid_synth_sfload(handles.synth, name, 1) != FLUID_FAILED else {
      throw .synthesis(
        operation: "load the SoundFont \(name)", reason: FluidSynthLog.take().joined(separator: "; "))
    }
  }
}

extension Synthesizer {
  /// FluidSynth's settings and the synthesizer made from them, freed in reverse order.
  @safe
  private struct Handles: ~Copyable {
    let settings: OpaquePointer
    let synth: OpaquePointer

    init(_ options: Options) throws(PlaybackError) {
      FluidSynthLog.install
      var noDrivers: [UnsafePointer<CChar>?] = unsafe [nil]
      // Otherwise the drivers that FluidSynth knows look for devices, slowly, and some print what they find.
      _ = unsafe fluid_audio_driver_register(&noDrivers)
      guard let settings = unsafe new_fluid_settings() else {
        throw .synthesis(operation: "make its settings", reason: FluidSynthLog.take().joined(separator: "; "))
      }
      let numbers = [
        ("synth.sample-rate", Double(sampleRate)), ("synth.gain", options.gain),
        ("synth.reverb.room-size", 0.4), ("synth.reverb.damp", 0.3), ("synth.reverb.width", 0.6),
        ("synth.reverb.level", 0.35),
      ]
      let switches = [
        ("synth.reverb.active", options.hasReverb), ("synth.chorus.active", false),
        ("synth.dynamic-sample-loading", true), ("synth.lock-memory", false),
        ("synth.threadsafe-api", false),
      ]
      for (name, value) in numbers { _ = unsafe fluid_settings_setnum(settings, name, value) }
      for (name, value) in switches { _ = unsafe fluid_settings_setint(settings, name, value ? 1 : 0) }
      guard let synth = unsafe new_fluid_synth(settings) else {
        unsafe delete_fluid_settings(settings)
        throw .synthesis(operation: "start", reason: FluidSynthLog.take().joined(separator: "; "))
      }
      unsafe self.settings = settings
      unsafe self.synth = synth
    }

    deinit {
      unsafe delete_fluid_synth(synth)
      unsafe delete_fluid_settings(settings)
    }
  }
}

extension BoundedInteger where RawValue == UInt8 {
  fileprivate var int32: Int32 { Int32(rawValue) }
}
