/// How bad a finding is.
public enum Severity: String, Comparable, Sendable {
  /// Worth knowing; not a fault.
  case info
  /// Most likely not what was meant, but it can be played.
  case warning
  /// It breaks the standard, or something of the music is lost.
  case error

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// Orders by badness: info, warning, error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// One thing that is wrong with an ABC text: what, how bad, and which bytes.
public struct Diagnostic: Equatable, Sendable {
  /// The code, which also decides the severity.
  public let code: DiagnosticCode
  /// The bytes at fault. May be empty: then the fault lies between two characters.
  public let range: Range<Int>
  /// One sentence for a musician, without the code and without a full stop.
  public let message: String
  /// What should stand there, where the rule knows it.
  public let replacement: String?

  /// Creates a finding at a byte range.
  public init(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, replacement: String? = nil) {
    self.code = code
    self.range = range
    self.message = message
    self.replacement = replacement
  }

  /// The same so many bytes further on.
  public func moved(by distance: Int) -> Diagnostic {
    moved(to: (range.lowerBound + distance)..<(range.upperBound + distance))
  }

  /// The same at another place.
  func moved(to range: Range<Int>) -> Diagnostic {
    Diagnostic(code, range, message, replacement: replacement)
  }

  /// How bad it is.
  public var severity: Severity { code.severity }
}
