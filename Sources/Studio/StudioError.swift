/// Why the studio could not begin, or had to end.
public enum StudioError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The port cannot be had; the reason is the system's.
  case portTaken(Int, reason: String)

  /// One sentence that says what happened and what to do.
  public var description: String {
    switch self {
    case .portTaken(let port, let reason):
      "the studio cannot have port \(port) (\(reason)); give another with --port, or --port 0 for any"
    }
  }
}

/// What is answered to a request that asks for something that cannot be: a status and a sentence for the person.
struct RequestFault: Error {
  let status: Int
  let sentence: String

  init(_ status: Int, _ sentence: String) { (self.status, self.sentence) = (status, sentence) }

  /// A request that is wrong in itself.
  init(_ sentence: String) { self.init(400, sentence) }
}
