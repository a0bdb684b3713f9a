/// A Standard MIDI File as a value (Standard MIDI Files 1.0).
public struct MIDIFile: Hashable, Sendable {
  /// How the tracks belong together.
  public var format: Format
  /// What a tick is.
  public let division: Division
  /// The tracks, in file order.
  public var tracks: [MIDITrack]
  /// Chunks that are neither the header nor a track, kept so that encoding gives them back.
  public var unknownChunks: [UnknownChunk]

  /// A file of these tracks. A division of no ticks is the caller's error.
  public init(
    format: Format, division: Division, tracks: [MIDITrack], unknownChunks: [UnknownChunk] = []
  ) {
    precondition(Division(encoded: division.encoded) == division, "a tick must have a length")
    self.format = format
    self.division = division
    self.tracks = tracks
    self.unknownChunks = unknownChunks
  }
}

extension MIDIFile {
  /// The most tracks that a header can count.
  static let maximumTrackCount = Int(UInt16.max)

  /// How the tracks of a file belong together; the raw value is the header's.
  public enum Format: UInt16, Hashable, Sendable {
    /// One track with everything. Files with more are read and written as they are.
    case singleTrack = 0
    /// Tracks that sound at once.
    case simultaneous = 1
    /// Tracks that are pieces of their own.
    case sequential = 2
  }

  /// What a tick is.
  public enum Division: Hashable, Sendable {
    /// So many ticks a quarter note, 1...32767.
    case ticksPerQuarter(UInt16)
    /// So many ticks, 1...255, a frame of film or video.
    case smpte(FrameRate, ticksPerFrame: UInt8)
  }

  /// A SMPTE frame rate; the raw value is the number that the header holds, negated.
  public enum FrameRate: UInt8, CaseIterable, Hashable, Sendable {
    /// 24 frames a second.
    case film24 = 24
    /// 25 frames a second.
    case video25 = 25
    /// 30000/1001 frames a second, "30 drop frame".
    case video2997 = 29
    /// 30 frames a second.
    case video30 = 30
  }

  /// A chunk of a type that the format does not define.
  public struct UnknownChunk: Hashable, Sendable {
    /// The four bytes of its type as one big-endian number; never `MTrk`. `MThd` only where a file holds a
    /// second header.
    public let type: UInt32
    /// Its bytes.
    public var data: [UInt8]
    /// How many tracks come before it; a number above that of the tracks places it after them all.
    public var precedingTracks: Int

    /// A chunk of a type other than `MTrk`.
    public init(type: UInt32, data: [UInt8], precedingTracks: Int) {
      precondition(type != ChunkType.track, "a track is not an unknown chunk")
      self.type = type
      self.data = data
      self.precedingTracks = precedingTracks
    }
  }
}

extension MIDIFile {
  /// The unknown chunks by the index of the track before which they stand; those after the last track under
  /// the number of tracks.
  var unknownChunksByTrack: [Int: [UnknownChunk]] {
    Dictionary(grouping: unknownChunks) { min(max($0.precedingTracks, 0), tracks.count) }
  }
}

/// The chunk types that the format defines.
enum ChunkType {
  static let header: UInt32 = 0x4D54_6864
  static let track: UInt32 = 0x4D54_726B
}

extension MIDIFile.Division {
  /// The division in a header's two bytes, or nil where they mean nothing.
  init?(encoded: UInt16) {
    if encoded & 0x8000 == 0 {
      guard encoded > 0 else { return nil }
      self = .ticksPerQuarter(encoded)
    } else {
      let ticks = UInt8(truncatingIfNeeded: encoded)
      let negatedRate = Int8(truncatingIfNeeded: encoded >> 8)
      guard ticks > 0, let rate = MIDIFile.FrameRate(rawValue: negatedRate.magnitude) else { return nil }
      self = .smpte(rate, ticksPerFrame: ticks)
    }
  }

  var encoded: UInt16 {
    switch self {
    case .ticksPerQuarter(let ticks): ticks
    case .smpte(let rate, let ticks):
      UInt16(UInt8(truncatingIfNeeded: -Int(rate.rawValue))) << 8 | UInt16(ticks)
    }
  }
}
