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
    /// Amplification, 0...10; nil is what leaves a solo melody a little below full scale: 1.6 for the
    /// built-in font, 2 for others, which are made softer. FluidSynth's own 0.2 is 20 dB too soft.
    public var gain: Double?
    /// Whether there is a little reverberation.
    public var hasReverb: Bool

    /// The default is a solo melody a little below full scale with some air around it.
    public init(gain: Double? = nil, hasReverb: Bool = true) {
      self.gain = gain
      self.hasReverb = hasReverb
    }
  }

  private let soundFont: SoundFont
  private let options: Options
  private var engine: Engine
  private var isUsed = false

  /// Starts FluidSynth and loads a SoundFont; never another one than that asked for.
  public init(soundFont: SoundFont = .builtIn, options: Options = Options()) throws(PlaybackError) {
    self.soundFont = soundFont
    self.options = options
    engine = try Engine.start(with: soundFont, options)
  }

  /// Whether somebody chose how loud it is.
  var hasGivenGain: Bool { options.gain != nil }

  /// How many notes, or layers of notes, are sounding.
  public var activeVoiceCount: Int {
    unsafe Int(fluid_synth_get_active_voice_count(engine.synth))
  }

  /// The instruments of the SoundFont, by bank and program.
  public var instruments: [Instrument] {
    guard let font = unsafe fluid_synth_get_sfont(engine.synth, 0) else { return [] }
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
    let synth = unsafe engine.synth
    isUsed = true
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
    isUsed = true
    let frames = samples.count / 2
    let result = unsafe samples.withUnsafeMutableBufferPointer { buffer in
      let start = buffer.baseAddress
      return unsafe fluid_synth_write_float(engine.synth, Int32(frames), start, 0, 2, start, 1, 2)
    }
    precondition(result == FLUID_OK, "FluidSynth renders whatever it is asked for")
  }

  /// Ends all sound at once and returns every setting to that of a new synthesizer.
  ///
  /// FluidSynth is started anew where it has been used, a matter of milliseconds: its own reset leaves the
  /// reverberation and its slow oscillators where they are, and the same notes would sound another way.
  public func reset() throws(PlaybackError) {
    guard isUsed else { return }
    engine = try Engine.start(with: soundFont, options)
    isUsed = false
  }
}

extension BoundedInteger where RawValue == UInt8 {
  fileprivate var int32: Int32 { Int32(rawValue) }
}
