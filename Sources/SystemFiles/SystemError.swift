import Glibc

/// A call of the system that failed.
package struct SystemError: Error, Equatable {
  /// The number that tells why, one of those in `errno.h`.
  package let code: Int32

  package init(code: Int32) {
    self.code = code
  }

  /// Why the last call failed.
  package static var last: SystemError { SystemError(code: errno) }
}

extension SystemError: CustomStringConvertible {
  /// What the system says of it, such as "No space left on device".
  package var description: String { unsafe String(cString: strerror(code)) }
}
