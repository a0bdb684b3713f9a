import Glibc

/// Another program that is run and waited for.
package enum ChildProcess {
  /// How a program ended.
  package enum End: Equatable, Sendable {
    case status(Int32)
    case signal(Int32)
    /// There is no such program.
    case notFound
  }

  /// Runs a program that is looked for in `PATH`, with the files of this one.
  ///
  /// - Parameters:
  ///   - output: where its standard output goes instead; a file that is made or emptied.
  ///   - errors: the same for its standard error.
  /// - Throws: what the system says where it cannot be started for another reason than that it is not there.
  package static func run(
    _ program: String, _ arguments: [String], output: String? = nil, errors: String? = nil
  ) throws(SystemError) -> End {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, path) in [(STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      guard let path else { continue }
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o666)
    }
    // What this program ignores or handles is its own affair.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in 0..<(arguments.count + 1) { unsafe free(words[index]) } }
    var process = pid_t()
    let failure = unsafe posix_spawnp(&process, program, &actions, &attributes, &words, environ)
    if failure == ENOENT { return .notFound }
    if failure != 0 { throw SystemError(code: failure) }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      if errno != EINTR { throw .last }
    }
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }
}
