import Glibc

/// What the last failed system call says in words.
func systemError() -> String {
  unsafe String(cString: strerror(errno))
}
