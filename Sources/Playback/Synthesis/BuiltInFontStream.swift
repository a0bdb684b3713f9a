import CFluidSynth
import CSoundFont
import Glibc

/// The built-in SoundFont as the file that FluidSynth's loader reads: five functions over bytes in memory.
enum BuiltInFontStream {
  /// The name under which the loader opens it.
  static let name = "built-in SoundFont"

  /// Makes a loader read the built-in font, whatever name it is asked for.
  static func attach(to loader: OpaquePointer) -> Bool {
    unsafe fluid_sfloader_set_callbacks(loader, open, read, seek, tell, close) == FLUID_OK
  }

  private typealias Cursor = UnsafeMutablePointer<Int>

  private static let open: fluid_sfloader_callback_open_t = { _ in
    let cursor = Cursor.allocate(capacity: 1)
    unsafe cursor.initialize(to: 0)
    return UnsafeMutableRawPointer(cursor)
  }

  private static let read: fluid_sfloader_callback_read_t = { buffer, count, handle in
    guard let buffer = unsafe buffer, let handle = unsafe handle else { return FLUID_FAILED }
    let cursor = unsafe handle.assumingMemoryBound(to: Int.self)
    let position = unsafe cursor.pointee
    guard count >= 0, count <= csoundfont_size() - position else { return FLUID_FAILED }
    unsafe buffer.copyMemory(from: csoundfont_bytes() + position, byteCount: Int(count))
    unsafe cursor.pointee += Int(count)
    return Int32(FLUID_OK)
  }

  private static let seek: fluid_sfloader_callback_seek_t = { handle, offset, origin in
    guard let handle = unsafe handle else { return FLUID_FAILED }
    let cursor = unsafe handle.assumingMemoryBound(to: Int.self)
    let base =
      switch origin {
      case SEEK_CUR: unsafe cursor.pointee
      case SEEK_END: csoundfont_size()
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, (0...csoundfont_size()).contains(target) else { return FLUID_FAILED }
    unsafe cursor.pointee = target
    return Int32(FLUID_OK)
  }

  private static let tell: fluid_sfloader_callback_tell_t = { handle in
    guard let handle = unsafe handle else { return Int64(FLUID_FAILED) }
    return unsafe Int64(handle.assumingMemoryBound(to: Int.self).pointee)
  }

  private static let close: fluid_sfloader_callback_close_t = { handle in
    unsafe handle?.assumingMemoryBound(to: Int.self).deallocate()
    return Int32(FLUID_OK)
  }
}
