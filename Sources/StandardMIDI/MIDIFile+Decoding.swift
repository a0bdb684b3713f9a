extension MIDIFile {
  /// How much a file may hold before reading it is refused.
  public struct Limits: Sendable {
    /// The most bytes.
    public var bytes: Int
    /// The most events, over all tracks; their ends are none, and a chunk that is no track counts as one.
    public var events: Int

    /// Limits far above any real file: 64 MiB and eight million events, which take a gigabyte at most.
    public init(bytes: Int = 64 << 20, events: Int = 8_000_000) {
      self.bytes = bytes
      self.events = events
    }
  }

  /// Reads a Standard MIDI File (SMF 1.0).
  ///
  /// Lenient where files in the wild are and the meaning is plain:
  ///
  /// - running status goes on across meta and system exclusive events, although these cancel it;
  /// - a track may lack its end, and what stands after its end is left out;
  /// - the end of a track may hold data, which is left out;
  /// - times and lengths may be padded with leading zeros, up to the four bytes they may take;
  /// - the header may be longer than six bytes, of which the rest is left out;
  /// - there may be more tracks than the header promises, up to 65535, and any number in format 0;
  /// - up to seven stray bytes may follow the last chunk;
  /// - meta events may have types of 128 and more, and those of a known type with data of another form become
  ///   `MetaEvent.other`.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - limits: how much it may hold.
  /// - Throws: what is wrong and at which byte; no bytes make it crash. Memory is only taken for what is there,
  ///   whatever lengths and counts a file declares.
  public init(decoding bytes: [UInt8], limits: Limits = Limits()) throws(MIDIFileError) {
    guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes, offset: limits.bytes) }
    var reader = ByteReader(bytes)
    let header = try Header(&reader)
    var tracks: [MIDITrack] = []
    var unknownChunks: [UnknownChunk] = []
    var eventsLeft = limits.events
    while reader.remaining >= 8 || (reader.remaining > 0 && tracks.count < header.trackCount) {
      let start = reader.position
      let type = try reader.readUInt32()
      let length = Int(try reader.readUInt32())
      var chunk = try reader.split(length)
      if type == ChunkType.track {
        guard tracks.count < Self.maximumTrackCount else {
          throw .tooLarge(limit: Self.maximumTrackCount, offset: start)
        }
        tracks.append(try MIDITrack(&chunk, eventsLeft: &eventsLeft, limit: limits.events))
      } else {
        guard eventsLeft > 0 else { throw .tooLarge(limit: limits.events, offset: start) }
        eventsLeft -= 1
        let data = try chunk.readBytes(length)
        unknownChunks.append(UnknownChunk(type: type, data: data, precedingTracks: tracks.count))
      }
    }
    guard tracks.count >= header.trackCount else {
      throw .missingTracks(declared: header.trackCount, found: tracks.count, offset: reader.position)
    }
    self.init(
      format: header.format, division: header.division, tracks: tracks, unknownChunks: unknownChunks)
  }

  private struct Header {
    let format: Format
    let trackCount: Int
    let division: Division

    init(_ reader: inout ByteReader) throws(MIDIFileError) {
      guard reader.remaining >= 4, try reader.readUInt32() == ChunkType.header else {
        throw .noHeader(offset: 0)
      }
      let lengthOffset = reader.position
      let length = try reader.readUInt32()
      guard length >= 6 else { throw .shortHeader(length: length, offset: lengthOffset) }
      let rawFormat = try reader.readUInt16()
      guard let format = Format(rawValue: rawFormat) else {
        throw .unknownFormat(rawFormat, offset: reader.position - 2)
      }
      trackCount = Int(try reader.readUInt16())
      let rawDivision = try reader.readUInt16()
      guard let division = Division(encoded: rawDivision) else {
        throw .invalidDivision(rawDivision, offset: reader.position - 2)
      }
      try reader.skip(Int(length) - 6)
      self.format = format
      self.division = division
    }
  }
}
