extension MIDIFile {
  /// How much a file may hold before reading it is refused.
  public struct Limits: Sendable {
    /// The most bytes.
    public var bytes: Int
    /// The most events, over all tracks.
    public var events: Int

    /// Limits far above any real file: 64 MiB and eight million events.
    public init(bytes: Int = 64 << 20, events: Int = 8_000_000) {
      self.bytes = bytes
      self.events = events
    }
  }

  /// Reads a Standard MIDI File.
  ///
  /// Lenient where files in the wild are and the meaning is plain: running status goes on across meta and
  /// system exclusive events, a track may lack its end, quantities may be padded, the header may be longer
  /// than six bytes, there may be more tracks than it promises, and a few stray bytes after the last chunk.
  /// Meta events of a known type with data of another form become `MetaEvent.other`.
  ///
  /// - Throws: what is wrong and at which byte; no bytes make it crash.
  public init(decoding bytes: [UInt8], limits: Limits = Limits()) throws(MIDIFileError) {
    guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes, offset: limits.bytes) }
    var reader = ByteReader(bytes)
    let header = try Header(&reader)
    var tracks: [MIDITrack] = []
    var unknownChunks: [UnknownChunk] = []
    var eventsLeft = limits.events
    while reader.remaining >= 8 || (reader.remaining > 0 && tracks.count < header.trackCount) {
      let type = try reader.readUInt32()
      let length = Int(try reader.readUInt32())
      var chunk = try reader.split(length)
      if type == ChunkType.track {
        guard tracks.count < Self.maximumTrackCount else {
          throw .tooLarge(limit: Self.maximumTrackCount, offset: reader.position)
        }
        tracks.append(try MIDITrack(&chunk, eventsLeft: &eventsLeft, limit: limits.events))
      } else {
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
