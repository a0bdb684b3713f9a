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
      bytes.appendHeader(format, trackCount: tracks.count, division)
      for index in tracks.indices {
        for chunk in chunks[index, default: []] { bytes.append(chunk) }
        bytes.append(bigEndian: ChunkType.track)
        bytes.append(bigEndian: UInt32(trackLengths[index]))
        tracks[index].append(to: &bytes, options)
      }
      for chunk in chunks[tracks.count, default: []] { bytes.append(chunk) }
    }
  }

  /// The bytes of the file whose tracks are those of builders, which is never made: ``encoded(options:)`` of it
  /// gives the same bytes in several times the time.
  ///
  /// - Parameter endTick: where all tracks end that do not last longer.
  public static func encoded(
    format: Format, division: Division, builders: [MIDITrackBuilder], endTick: Int = 0
  ) -> [UInt8] {
    precondition(builders.count <= Self.maximumTrackCount, "a MIDI file holds at most 65535 tracks")
    let limit = builders.reduce(14) { $0 + 8 + $1.encodedLengthLimit(endTick: endTick) }
    return [UInt8](capacity: limit) { bytes in
      bytes.appendHeader(format, trackCount: builders.count, division)
      for builder in builders {
        bytes.append(bigEndian: ChunkType.track)
        let lengthOffset = bytes.count
        bytes.append(bigEndian: 0 as UInt32)
        builder.append(to: &bytes, endTick: endTick)
        bytes.replace(at: lengthOffset, bigEndian: UInt32(bytes.count - lengthOffset - 4))
      }
    }
  }
}

extension OutputSpan<UInt8> {
  fileprivate mutating func appendHeader(
    _ format: MIDIFile.Format, trackCount: Int, _ division: MIDIFile.Division
  ) {
    append(bigEndian: ChunkType.header)
    append(bigEndian: 6 as UInt32)
    append(bigEndian: format.rawValue)
    append(bigEndian: UInt16(trackCount))
    append(bigEndian: division.encoded)
  }

  /// Writes a number over four bytes that are there.
  fileprivate mutating func replace(at offset: Int, bigEndian value: UInt32) {
    var span = mutableSpan
    for place in 0..<4 { span[offset + place] = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(place))) }
  }

  fileprivate mutating func append(_ chunk: MIDIFile.UnknownChunk) {
    append(bigEndian: chunk.type)
    append(bigEndian: UInt32(chunk.data.count))
    append(contentsOf: chunk.data)
  }
}
