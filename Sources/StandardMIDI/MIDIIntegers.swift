/// A MIDI data byte, 0...127: a key, a velocity, a controller, a program.
public struct UInt7: BoundedInteger {
  /// 127.
  public static let maximum: UInt8 = 0x7F
  /// The value, 0...127.
  public let rawValue: UInt8

  /// The value, or nil above 127.
  @inlinable
  public init?(rawValue: UInt8) {
    guard rawValue <= Self.maximum else { return nil }
    self.rawValue = rawValue
  }
}

/// Two MIDI data bytes taken as one number, 0...16383; pitch bend rests at 8192.
public struct UInt14: BoundedInteger {
  /// 16383.
  public static let maximum: UInt16 = 0x3FFF
  /// The middle of the range, where the pitch wheel rests.
  public static let center: UInt14 = 0x2000
  /// The value, 0...16383.
  public let rawValue: UInt16

  /// The value, or nil above 16383.
  @inlinable
  public init?(rawValue: UInt16) {
    guard rawValue <= Self.maximum else { return nil }
    self.rawValue = rawValue
  }
}

/// A MIDI channel, 0...15. Musicians count them from 1: channel 0 here is channel 1 on a front panel.
public struct Channel: BoundedInteger {
  /// 15.
  public static let maximum: UInt8 = 0x0F
  /// General MIDI's percussion channel, number 10 on a front panel.
  public static let percussion: Channel = 9
  /// All sixteen, in order.
  public static let all: [Channel] = (0...maximum).map { Channel($0) }
  /// The value, 0...15.
  public let rawValue: UInt8

  /// The value, or nil above 15.
  @inlinable
  public init?(rawValue: UInt8) {
    guard rawValue <= Self.maximum else { return nil }
    self.rawValue = rawValue
  }
}

/// The ticks between an event and the one before it, as a variable-length quantity can hold them:
/// 0...268435455 (SMF 1.0, "Conventions").
public struct DeltaTime: BoundedInteger {
  /// `0FFFFFFF`, four bytes of seven bits.
  public static let maximum: UInt32 = 0x0FFF_FFFF
  /// The number of ticks.
  public let rawValue: UInt32

  /// The value, or nil above 268435455.
  @inlinable
  public init?(rawValue: UInt32) {
    guard rawValue <= Self.maximum else { return nil }
    self.rawValue = rawValue
  }
}

/// A tempo in microseconds a quarter note, 0...16777215, as the set-tempo meta event holds it.
public struct Tempo: BoundedInteger {
  /// `FFFFFF`, a little under 3.6 quarter notes a minute.
  public static let maximum: UInt32 = 0xFF_FFFF
  /// 120 quarter notes a minute, what a file without a tempo is played at.
  public static let standard: Tempo = 500_000
  /// Microseconds a quarter note.
  public let rawValue: UInt32

  /// The value, or nil above 16777215.
  @inlinable
  public init?(rawValue: UInt32) {
    guard rawValue <= Self.maximum else { return nil }
    self.rawValue = rawValue
  }

  /// The tempo nearest to so many quarter notes a minute, half a microsecond rounding up, and never 0; the rate
  /// must be above zero.
  public init(quartersPerMinute rate: Double) {
    precondition(rate > 0, "a tempo must be above zero")
    let microseconds = min(max(60_000_000 / rate, 1), Double(Self.maximum))
    let whole = UInt32(microseconds)
    // Not `rounded()`, which would make every program that uses the module link the C library's mathematics.
    self.init(microseconds - Double(whole) < 0.5 ? whole : whole + 1)
  }

  /// Quarter notes a minute; infinite for a tempo of 0.
  public var quartersPerMinute: Double {
    60_000_000 / Double(rawValue)
  }
}
