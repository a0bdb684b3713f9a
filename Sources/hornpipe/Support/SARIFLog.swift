import ABCNotation
import FoundationEssentials

/// Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS, 27 March 2020), piece by piece: a
/// head, results with commas between, a tail.
enum SARIFLog {
  private static let rules = Rule.all

  fileprivate struct Text: Encodable {
    let text: String
  }

  fileprivate struct Help: Encodable {
    let text, markdown: String
  }

  fileprivate struct Configuration: Encodable {
    let level: String
  }

  fileprivate struct ReportingDescriptor: Encodable {
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

  fileprivate struct Driver: Encodable {
    let name = "hornpipe"
    let version = Version.current
    let rules = SARIFLog.rules.map(ReportingDescriptor.init)
  }

  fileprivate struct Tool: Encodable {
    let driver = Driver()
  }

  fileprivate struct ArtifactLocation: Encodable {
    let uri: String
  }

  fileprivate struct Region: Encodable {
    let startLine, startColumn, endLine, endColumn: Int
  }

  fileprivate struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  fileprivate struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }

  fileprivate struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: Text
  }

  fileprivate struct ArtifactChange: Encodable {
    let artifactLocation: ArtifactLocation
    let replacements: [Replacement]
  }

  fileprivate struct Fix: Encodable {
    let description: Text
    let artifactChanges: [ArtifactChange]
  }

  /// A finding.
  struct Result: Encodable {
    private let ruleId: String
    private let ruleIndex: Int
    private let level: String
    private let message: Text
    private let locations: [Location]
    private let fixes: [Fix]?

    fileprivate init(
      _ finding: DiagnosticPrinter.Finding, _ diagnostic: Diagnostic, _ location: Location, _ fixes: [Fix]?
    ) {
      ruleId = finding.code
      ruleIndex = SARIFLog.indices[diagnostic.code] ?? -1
      level = SARIFLog.level(diagnostic.severity)
      message = Text(text: finding.message)
      locations = [location]
      self.fixes = fixes
    }
  }

  /// What stands before the results.
  static func head() throws -> [UInt8] {
    let tool = try JSONLine.encode(Tool()).dropLast()
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return Array(
      "{\"$schema\":\"\(schema)\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"tool\":"
        .utf8) + tool + Array(",\"results\":[\n".utf8)
  }

  /// What stands behind them.
  static func tail() -> [UInt8] { Array("]}]}\n".utf8) }

  /// A finding.
  static func result(_ finding: DiagnosticPrinter.Finding, _ diagnostic: Diagnostic) -> Result {
    let region = Region(
      startLine: finding.line, startColumn: finding.column, endLine: finding.endLine,
      endColumn: finding.endColumn)
    let place = ArtifactLocation(uri: uri(finding.file))
    let fixes = finding.fix.map { fix in
      let replacements = fix.edits.map { edit in
        Replacement(
          deletedRegion: Region(
            startLine: edit.line, startColumn: edit.column, endLine: edit.endLine, endColumn: edit.endColumn),
          insertedContent: Text(text: edit.text))
      }
      return [
        Fix(
          description: Text(text: fix.description),
          artifactChanges: [ArtifactChange(artifactLocation: place, replacements: replacements)])
      ]
    }
    let location = Location(physicalLocation: PhysicalLocation(artifactLocation: place, region: region))
    return Result(finding, diagnostic, location, fixes)
  }

  /// Where the rule of a code stands among all.
  private static let indices = Dictionary(
    uniqueKeysWithValues: rules.enumerated().map { ($0.element.code, $0.offset) })

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
