/// A bar on standard error that is drawn over itself; draws nothing where that is no terminal.
struct ProgressBar {
  private let isShown: Bool
  private var lastDrawn = ContinuousClock.now - .seconds(1)

  init(quiet: Bool) {
    isShown = Console.isInteractive && !quiet
  }

  /// Draws the bar at a share 0…1, ten times a second at most.
  mutating func draw(_ share: Double, _ text: @autoclosure () -> String) {
    guard isShown, ContinuousClock.now - lastDrawn > .milliseconds(100) else { return }
    lastDrawn = .now
    let width = 24
    let filled = Int((share * Double(width)).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    Console.draw("\r\u{1B}[K\(bar) \(text())")
  }

  /// Wipes the bar, so that a line can be printed in its place.
  func clear() {
    guard isShown else { return }
    Console.draw("\r\u{1B}[K")
  }
}
