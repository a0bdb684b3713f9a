import CFluidSynth
import Synchronization

/// FluidSynth's messages, which it would otherwise print. Its log is one for the whole process.
enum FluidSynthLog {
  private static let capacity = 32
  private static let lines = Mutex<[String]>([])

  /// Sends the messages here from now on; must come before any other call of FluidSynth.
  static let install: Void = {
    for level in [FLUID_PANIC, FLUID_ERR, FLUID_WARN] {
      _ = unsafe fluid_set_log_function(Int32(level.rawValue), record, nil)
    }
    for level in [FLUID_INFO, FLUID_DBG] {
      _ = unsafe fluid_set_log_function(Int32(level.rawValue), nil, nil)
    }
  }()

  /// The latest messages, oldest first, which are then forgotten.
  static func take() -> [String] {
    lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }

  /// The first of the latest messages that says something, for an error: what follows it follows from it.
  static func takeText() -> String {
    let line = take().first { !$0.isEmpty } ?? "it does not say why"
    let printable = line.unicodeScalars.filter {
      $0.properties.generalCategory != .control && $0 != "\u{FFFD}"
    }
    return String(String(String.UnicodeScalarView(printable)).prefix(200))
  }

  private static let record: fluid_log_function_t = { _, message, _ in
    guard let message = unsafe message else { return }
    let line = unsafe String(cString: message)
    lines.withLock { lines in
      if lines.count == capacity { lines.removeFirst() }
      lines.append(line)
    }
  }
}
