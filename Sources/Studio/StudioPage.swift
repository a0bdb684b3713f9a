import CStudioPage

/// The files of the page, which are in the program.
enum StudioPage {
  struct File: Sendable {
    let type: String
    let bytes: [UInt8]
  }

  /// The files by their paths.
  static let files: [String: File] = {
    var files: [String: File] = [:]
    guard var next = unsafe cstudiopage_files() else { return files }
    while let name = unsafe next.pointee.name {
      let file = unsafe next.pointee
      unsafe files[String(cString: name)] = unsafe File(
        type: String(cString: file.type),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.size)))
      unsafe next += 1
    }
    return files
  }()

  /// The log of the run that trained the embedded model.
  static var trainingLog: [UInt8] {
    let file = unsafe cstudiopage_training_log()
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
  }
}
