/// Why bytes are not a Standard MIDI File. Every case says at which byte, counted from 0.
public enum MIDIFileError: Error, Hashable, Sendable {
  /// The file does not begin with `MThd`; the offset is 0.
  case noHeader(offset: Int)
  /// The header is shorter than its six bytes; the offset is that of its length.
  case shortHeader(length: UInt32, offset: Int)
  /// A format other than 0, 1 and 2, and its offset.
  case unknownFormat(UInt16, offset: Int)
  /// A division that gives a tick no length, or a frame rate that does not exist, and its offset.
  case invalidDivision(UInt16, offset: Int)
  /// The file, or a chunk, ends in the middle of something; the offset is that of its end.
  case truncated(offset: Int)
  /// Fewer tracks than the header promises; the offset is that of the end of the file, or of the stray bytes there.
  case missingTracks(declared: Int, found: Int, offset: Int)
  /// A variable-length quantity of more than four bytes; the offset is that of its first byte.
  case quantityTooLong(offset: Int)
  /// A data byte where no message has come before it whose status it could share, and its offset.
  case missingStatus(UInt8, offset: Int)
  /// A status byte that a file cannot hold, `F1` to `F6` and `F8` to `FE`, and its offset.
  case forbiddenStatus(UInt8, offset: Int)
  /// A status byte where a message needs a data byte, and its offset.
  case invalidData(UInt8, offset: Int)
  /// More bytes, tracks or events than the limit allows; the offset is that of the first byte, chunk or event that
  /// is too many.
  case tooLarge(limit: Int, offset: Int)

  /// The byte where the fault is, counted from 0.
  public var offset: Int {
    switch self {
    case .noHeader(let offset), .shortHeader(_, let offset), .unknownFormat(_, let offset),
      .invalidDivision(_, let offset), .truncated(let offset), .missingTracks(_, _, let offset),
      .quantityTooLong(let offset), .missingStatus(_, let offset), .forbiddenStatus(_, let offset),
      .invalidData(_, let offset), .tooLarge(_, let offset):
      offset
    }
  }
}

extension MIDIFileError: CustomStringConvertible {
  /// One sentence with the byte offset.
  public var description: String {
    "\(reason) (at byte \(offset))"
  }

  private var reason: String {
    switch self {
    case .noHeader: "not a MIDI file: it does not begin with \"MThd\""
    case .shortHeader(let length, _): "the MIDI header has \(length) bytes instead of 6"
    case .unknownFormat(let format, _): "MIDI file format \(format) does not exist; 0, 1 and 2 do"
    case .invalidDivision(let division, _): "the MIDI header's division \(division) gives a tick no length"
    case .truncated: "the MIDI file is cut short"
    case .missingTracks(let declared, let found, _):
      "the MIDI file is cut short: \(found) of its \(declared) tracks are there"
    case .quantityTooLong: "a MIDI time or length has more than four bytes"
    case .missingStatus(let byte, _): "MIDI data byte \(hexadecimal(byte)) belongs to no message"
    case .forbiddenStatus(let byte, _): "MIDI message \(hexadecimal(byte)) cannot stand in a file"
    case .invalidData(let byte, _): "MIDI status \(hexadecimal(byte)) stands where a data byte belongs"
    case .tooLarge(let limit, _): "the MIDI file is larger than the limit of \(limit)"
    }
  }
}
