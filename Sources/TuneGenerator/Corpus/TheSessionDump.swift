import FoundationEssentials

/// The public dump of The Session: one setting of a tune a row, as `tunes.csv` or `tunes.json`.
///
/// The columns that are used are `tune_id`, `name`, `type`, `meter`, `mode` and `abc`; others may be there or not, in
/// any order. The body has no header, its unit length is an eighth, its key that of `mode`.
enum TheSessionDump {
  /// One setting.
  struct Setting: Decodable, Sendable {
    let tuneID: String
    let settingID: String
    let name: String
    let type: String
    let meter: String
    let mode: String
    let abc: String

    private enum CodingKeys: String, CodingKey {
      case tuneID = "tune_id"
      case settingID = "setting_id"
      case name, type, meter, mode, abc
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      func text(_ key: CodingKeys) throws -> String {
        if let number = try? values.decode(Int.self, forKey: key) { return String(number) }
        return try values.decode(String.self, forKey: key)
      }
      tuneID = try text(.tuneID)
      settingID = (try? text(.settingID)) ?? ""
      name = try text(.name)
      type = try text(.type)
      meter = try text(.meter)
      mode = try text(.mode)
      abc = try text(.abc)
    }

    /// - Parameter columns: where each column stands.
    init?(_ row: [String], _ columns: [String: Int]) {
      func text(_ name: String) -> String? {
        columns[name].flatMap { row.indices.contains($0) ? row[$0] : nil }
      }
      guard let tuneID = text("tune_id"), let name = text("name"), let type = text("type"),
        let meter = text("meter"), let mode = text("mode"), let abc = text("abc")
      else { return nil }
      self.tuneID = tuneID
      settingID = text("setting_id") ?? ""
      self.name = name
      self.type = type
      self.meter = meter
      self.mode = mode
      self.abc = abc
    }

    /// The setting as a tune of its own.
    var tune: String {
      var text = "X:\(Self.line(settingID.isEmpty ? tuneID : settingID))\nT:\(Self.line(name))\n"
      text += "R:\(Self.line(type))\nM:\(Self.line(meter))\nL:1/8\nK:\(Self.line(mode))\n"
      // Unicode takes a carriage return and a line feed for one character.
      for line in abc.split(whereSeparator: \.isNewline) {
        // An empty line would end the tune, and a number begin another.
        let line = line.drop { $0 == " " || $0 == "\t" }
        guard !line.isEmpty, !line.hasPrefix("X:") else { continue }
        text += line + "\n"
      }
      return text + "\n"
    }

    private static func line(_ text: String) -> String {
      String(text.map { $0.isNewline ? " " : $0 })
    }
  }

  /// Why a file is not read as a dump.
  struct FormatError: Error, CustomStringConvertible {
    let description: String
  }

  /// The settings of a `tunes.csv`.
  static func settings(csv bytes: [UInt8], _ take: (Setting) throws -> Void) throws {
    var reader = CSVReader(bytes)
    var columns: [String: Int] = [:]
    for (index, name) in (reader.next() ?? []).enumerated() { columns[name] = index }
    for name in ["tune_id", "name", "type", "meter", "mode", "abc"] where columns[name] == nil {
      throw FormatError(
        description: "its first line names no column '\(name)'; a dump of The Session has one")
    }
    var line = reader.line
    while let row = reader.next() {
      guard let setting = Setting(row, columns) else {
        throw FormatError(description: "line \(line) has \(row.count) columns instead of \(columns.count)")
      }
      try take(setting)
      line = reader.line
    }
  }

  /// The settings of a `tunes.json`.
  static func settings(json bytes: [UInt8], _ take: (Setting) throws -> Void) throws {
    let settings: [Setting]
    do {
      settings = try JSONDecoder().decode([Setting].self, from: Data(bytes))
    } catch {
      throw FormatError(description: "it is no JSON array of The Session's settings: \(error)")
    }
    for setting in settings { try take(setting) }
  }
}
