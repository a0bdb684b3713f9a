/// A `%%MIDI` command that cannot be understood.
struct DirectiveError: Error, Hashable, Sendable {
  /// The command and what stands behind it.
  let text: String
  /// What was expected behind it: `a number from 0 to 127`.
  let expectation: String
  /// The command as it might be.
  let example: String
}

extension DirectiveError: CustomStringConvertible {
  /// A sentence for a musician.
  var description: String {
    "'%%MIDI \(text)' needs \(expectation), as in '%%MIDI \(example)'"
  }
}
