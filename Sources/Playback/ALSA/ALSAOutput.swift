import CALSA
import Glibc

/// A sound device opened through ALSA: 44.1 kHz, two channels, 16 bits, a tenth of a second of latency.
///
/// Once it is open no call waits without a bound: whoever writes is asked again and again whether to go on,
/// and a device that takes nothing for five seconds is an error.
@safe
public final class ALSAOutput {
  /// The name by which the device was opened.
  public let name: String

  private let pcm: OpaquePointer
  private let periodLength: Int
  /// Whether the device has stalled; closing it could then wait for ever.
  private var isStalled = false
  private static let latencyMicroseconds: UInt32 = 100_000
  /// The longest wait between two looks at whether to stop, in milliseconds.
  private static let patience: Int32 = 20
  private static let longestStallSeconds = 5

  /// Opens a device; `default` is the one that the system is set up to use.
  public init(name: String = "default") throws(PlaybackError) {
    calsa_silence_messages()
    var opened: OpaquePointer?
    let result = unsafe snd_pcm_open(&opened, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    guard result >= 0, let pcm = unsafe opened else {
      throw .noSoundDevice(name: name, reason: Self.message(result))
    }
    let configured = unsafe snd_pcm_set_params(
      pcm, SND_PCM_FORMAT_S16_LE, SND_PCM_ACCESS_RW_INTERLEAVED, 2, UInt32(Synthesizer.sampleRate), 1,
      Self.latencyMicroseconds)
    var bufferLength: snd_pcm_uframes_t = 0
    var periodLength: snd_pcm_uframes_t = 0
    guard configured >= 0, unsafe snd_pcm_get_params(pcm, &bufferLength, &periodLength) >= 0 else {
      unsafe snd_pcm_close(pcm)
      throw .noSoundDevice(name: name, reason: Self.message(configured))
    }
    self.name = name
    unsafe self.pcm = pcm
    self.periodLength = Int(periodLength)
  }

  deinit {
    guard !isStalled else { return }
    unsafe snd_pcm_drop(pcm)
    unsafe snd_pcm_close(pcm)
  }

  /// How many frames have been written that are not heard yet.
  public var delay: Int {
    var frames: snd_pcm_sframes_t = 0
    return unsafe snd_pcm_delay(pcm, &frames) < 0 ? 0 : max(0, frames)
  }

  /// Makes the device ready for sound, after it was opened, stopped or finished.
  public func prepare() throws(PlaybackError) {
    try check(unsafe snd_pcm_prepare(pcm), "make ready")
  }

  /// Plays frames, left and right in turn, after those written before. Gaps where the sound came too late
  /// are mended without a word.
  ///
  /// - Parameter shouldStop: asked at least fifty times a second while the device is full.
  /// - Returns: false where it was stopped.
  public func write(_ samples: [Int16], shouldStop: () -> Bool) throws(PlaybackError) -> Bool {
    var written = 0
    var stall = StallWatch(limitSeconds: Self.longestStallSeconds)
    while written < samples.count / 2 {
      if shouldStop() { return false }
      let result = unsafe samples.withUnsafeBytes { bytes in
        unsafe snd_pcm_writei(
          pcm, bytes.baseAddress! + 4 * written, snd_pcm_uframes_t(samples.count / 2 - written))
      }
      if result > 0 {
        written += result
        stall.restart()
      } else {
        if result != 0 && result != -Int(EAGAIN) { try recover(from: Int32(result)) }
        try wait(stall)
      }
    }
    return true
  }

  /// Waits until all that was written has been heard.
  ///
  /// - Returns: false where it was stopped; what was still to be heard is then dropped.
  public func finish(shouldStop: () -> Bool) throws(PlaybackError) -> Bool {
    // What is left in the last period of the device's memory would be heard too.
    let silence = [Int16](repeating: 0, count: 2 * periodLength)
    guard try write(silence, shouldStop: shouldStop) else {
      drop()
      return false
    }
    if unsafe snd_pcm_state(pcm) == SND_PCM_STATE_PREPARED {
      try check(unsafe snd_pcm_start(pcm), "start")
    }
    var stall = StallWatch(limitSeconds: Self.longestStallSeconds)
    var remaining = delay
    var isStopped = false
    while remaining > 0, unsafe snd_pcm_state(pcm) == SND_PCM_STATE_RUNNING {
      isStopped = shouldStop()
      if isStopped { break }
      pause(milliseconds: Int32(min(Int(Self.patience), remaining * 1000 / Synthesizer.sampleRate + 1)))
      try failIfOver(stall)
      let now = delay
      if now < remaining { stall.restart() }
      remaining = now
    }
    drop()
    return !isStopped
  }

  /// Stops at once; what has not been heard never will be.
  public func drop() {
    unsafe snd_pcm_drop(pcm)
  }

  /// Waits a little until the device takes more.
  private func wait(_ stall: StallWatch) throws(PlaybackError) {
    let result = unsafe snd_pcm_wait(pcm, Self.patience)
    if result < 0 { try recover(from: result) }
    // Some plugins say that they are ready and then take nothing; a millisecond keeps that from spinning.
    if result != 0 { pause(milliseconds: 1) }
    try failIfOver(stall)
  }

  private func pause(milliseconds: Int32) {
    usleep(UInt32(milliseconds) * 1000)
  }

  private func failIfOver(_ stall: StallWatch) throws(PlaybackError) {
    guard stall.isOver else { return }
    isStalled = true
    throw .deviceStalled(name: name, seconds: stall.limitSeconds)
  }

  /// Goes on after an underrun or a suspended machine; any other failure is thrown.
  private func recover(from error: Int32) throws(PlaybackError) {
    switch -error {
    case EINTR, EAGAIN:
      break
    case EPIPE:
      try prepare()
    case ESTRPIPE:
      let resumed = unsafe snd_pcm_resume(pcm)
      if resumed < 0 && resumed != -EAGAIN { try prepare() }
    default:
      try check(error, "play")
    }
  }

  private func check(_ result: Int32, _ operation: String) throws(PlaybackError) {
    guard result < 0 else { return }
    throw .deviceFailed(name: name, operation: operation, reason: Self.message(result))
  }

  private static func message(_ result: Int32) -> String {
    unsafe String(cString: snd_strerror(result))
  }
}
