extension MIDIFile {
  /// How a file is written.
  public struct EncodingOptions: Sendable {
    /// Whether a channel message leaves out a status byte equal to the one before it; a meta event or a system
    /// exclusive event between the two ends that (SMF 1.0, "MTrk chunks"). Smaller files; off, every event can
    /// be read by itself.
    public var usesRunningStatus: Bool

    /// Without running status unless asked for.
    public init(usesRunningStatus: Bool = false) {
      self.usesRunningStatus = usesRunningStatus
    }
  }

  /// The bytes of the file in canonical form (SMF 1.0, "Chunks").
  ///
  /// Canonical are a header of six bytes that counts the tracks there are; each time and length in as few bytes
  /// as can be; one end in each track, with nothing after it and nothing in it; a status byte in every channel
  /// message, or in every one that needs it; and nothing after the last chunk. Decoding such bytes and encoding
  /// them again gives the same bytes.
  ///
  /// Decoding the bytes of any file gives that file back, provided that its unknown chunks stand in order of
  /// `precedingTracks`, none of which exceeds the number of tracks, and that no `MetaEvent.other` holds what
  /// another case could, as none does that `MetaEvent.init(type:data:)` made.
  ///
  /// More than 65535 tracks, a track or chunk of 4 GiB, one event with more than 268435455 bytes, and a
  /// `MetaEvent.other` of type `2F` are the caller's error. The number of tracks is not held against the format.
  public func encoded(options: EncodingOptions = EncodingOptions()) -> [UInt8] {
    precondition(tracks.count <= Self.maximumTrackCount, "a MIDI file holds at most 65535 tracks")
    let trackLengths = tracks.map { $0.encodedLength(options) }
    let chunkHeader = 8
    let length =
      14 + trackLengths.reduce(0) { $0 + chunkHeader + $1 }
      + unknownChunks.reduce(0) { $0 + chunkHeader + $1.data.count }
    let chunks = unknownChunksByTrack
    return [UInt8](capacity: length) { bytes in
      bytes.append(bigEndian: ChunkType.header)
      bytes.append(bigEndian: 6 as UInt32)
      bytes.append(bigEndian: format.rawValue)
      bytes.append(bigEndian: UInt16(tracks.count))
      bytes.append(bigEndian: division.encoded)
      for index in tracks.indices {
        for chunk in chunks[index, default: []] { bytes.append(chunk) }
        bytes.append(bigEndian: ChunkType.track)
        bytes.append(bigEndian: UInt32(trackLengths[index]))
        tracks[index].append(to: &bytes, options)
      }
      for chunk in chunks[tracks.count, default: []] { bytes.append(chunk) }
    }
  }
}

extension OutputSpan<UInt8> {
  fileprivate mutating func append(_ chunk: MIDIFile.UnknownChunk) {
    append(bigEndian: chunk.type)
    append(bigEndian: UInt32(chunk.data.count))
    append(contentsOf: chunk.data)
  }
}
