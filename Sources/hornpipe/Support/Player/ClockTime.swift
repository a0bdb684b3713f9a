/// Times as a player shows them.
enum ClockTime {
  /// `1:05 of 3:20`, in minutes and whole seconds.
  static func text(_ seconds: Double, of total: Double) -> String { "\(text(seconds)) of \(text(total))" }

  private static func text(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9))
    return "\(whole / 60):" + (whole % 60 < 10 ? "0" : "") + "\(whole % 60)"
  }
}
