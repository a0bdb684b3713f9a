import ABCNotation
import FoundationEssentials

/// Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS, 27 March 2020), piece by piece: a
/// head, results with commas between, a tail.
struct SARIFLog {
  private static let rules = Rule.all

  private struct Text: Encodable {
    let text: String
  }

  private struct Help: Encodable {
    let text, markdown: String
  }

  private struct Configuration: Encodable {
    let level: String
  }

  private struct ReportingDescriptor: Encodable {
    let id, name: String
    let shortDescription, fullDescription: Text
    let help: Help
    let defaultConfiguration: Configuration

    init(_ rule: Rule) {
      id = rule.code.rawValue
      name = rule.code.name
      shortDescription = Text(text: rule.summary)
      fullDescription = Text(text: rule.reason)
      help = Help(text: rule.manual, markdown: rule.markdown)
      defaultConfiguration = Configuration(level: SARIFLog.level(rule.code.severity))
    }
  }

  private struct Driver: Encodable {
    let name = "hornpipe"
    let version = Version.current
    let rules = SARIFLog.rules.map(ReportingDescriptor.init)
  }

  private struct Tool: Encodable {
    let driver = Driver()
  }

  private struct ArtifactLocation: Encodable {
    let uri: String
  }

  private struct Region: Encodable {
    let startLine, startColumn, endLine, endColumn: Int
  }

  private struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  private struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }

  private struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
  }

  private var isFirst = true

  /// What stands before the results.
  func head() throws -> [UInt8] {
    let tool = try JSONLine.encode(Tool()).dropLast()
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return Array(
      "{\"$schema\":\"\(schema)\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"tool\":"
        .utf8) + tool + Array(",\"results\":[\n".utf8)
  }

  /// What stands behind them.
  func tail() -> [UInt8] { Array("]}]}\n".utf8) }

  /// A finding.
  mutating func result(_ finding: DiagnosticPrinter.Finding, _ diagnostic: Diagnostic) throws -> [UInt8] {
    let region = Region(
      startLine: finding.line, startColumn: finding.column, endLine: finding.endLine,
      endColumn: finding.endColumn)
    let location = Location(
      physicalLocation: PhysicalLocation(
        artifactLocation: ArtifactLocation(uri: Self.uri(finding.file)), region: region))
    let result = Result(
      ruleId: finding.code, ruleIndex: Self.rules.firstIndex { $0.code == diagnostic.code } ?? -1,
      level: Self.level(diagnostic.severity), message: Text(text: finding.message), locations: [location])
    let comma: [UInt8] = isFirst ? [] : [UInt8(ascii: ",")]
    isFirst = false
    return try comma + JSONLine.encode(result)
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .info: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// A path as a reference that a URI may hold (RFC 3986): relative where the path is.
  private static func uri(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
