import ABCNotation

/// One part of a file that has been checked: what was found, and how it is printed. Made on any thread.
struct ValidationUnit: Sendable {
  /// What was found.
  let report: ValidationReport
  /// The findings that somebody wants to see, each as it is printed, one behind the other.
  private(set) var text: [UInt8] = []
  /// Where each of them stands in the part, and where in the text it ends.
  private(set) var places: [(offset: Int, end: Int)] = []
  private(set) var counts = FindingCounts()
  /// Prints more findings about the same part.
  let printer: FindingPrinter
  let source: SourceText
  let isFirst: Bool
  /// Whether it is a part of a file, whose numbers are compared by whoever has the other parts.
  let hasHeader: Bool
  /// The whole text with what can be mended mended, if that was asked for and changes anything.
  let mended: MendedText?

  init(_ block: BlockReader.Block, _ request: ValidationRequest) {
    isFirst = block.isFirst
    hasHeader = block.header != nil
    var source = block.source
    var mended: MendedText?
    if let fixes = request.fixes {
      let text = MendedText(
        mending: source, allowsUnsafe: fixes == .unsafe, style: request.style, request.isWanted)
      if text.bytes != source.bytes {
        mended = text
        source = SourceText(name: source.name, bytes: text.bytes)
      }
    }
    self.mended = mended
    self.source = source
    report =
      block.header.map { ValidationReport(checking: source, header: $0, style: request.style) }
      ?? ValidationReport(checking: source, style: request.style)
    printer = FindingPrinter(source, request.format)
    var findings = report.diagnostics.filter { request.isWanted($0.code) }
    if let finding = block.encodingFinding, request.isWanted(finding.code) { findings.insert(finding, at: 0) }
    for finding in findings {
      counts.add(finding.code)
      printer.append(finding, to: &text)
      places.append((finding.range.lowerBound, text.count))
    }
    counts.tunes = report.tunes.count
    counts.cleanTunes = report.tunes.count { $0.diagnostics.allSatisfy { !request.isFault($0.code) } }
  }
}

/// What `validate` was asked to look for, and how to say it.
struct ValidationRequest: Sendable {
  enum Fixes { case safe, unsafe }

  let format: Validate.Format
  let select: RuleSelection?
  let ignore: RuleSelection?
  let fixes: Fixes?

  /// The rules of style that were asked for.
  var style: Set<DiagnosticCode> { select?.style ?? [] }

  /// What is only worth knowing is shown to those who ask for it.
  func isWanted(_ code: DiagnosticCode) -> Bool {
    if ignore?.contains(code) == true { return false }
    return select?.contains(code) ?? (code.severity > .info)
  }

  /// Whether a tune with such a finding is not clean.
  func isFault(_ code: DiagnosticCode) -> Bool { code.severity > .info && isWanted(code) }
}

/// How much was found.
struct FindingCounts: Sendable {
  private(set) var codes: [DiagnosticCode: Int] = [:]
  var tunes = 0
  var cleanTunes = 0
  private(set) var errors = 0
  private(set) var warnings = 0

  mutating func add(_ code: DiagnosticCode) {
    codes[code, default: 0] += 1
    switch code.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: break
    }
  }

  mutating func add(_ other: FindingCounts) {
    codes.merge(other.codes, uniquingKeysWith: +)
    tunes += other.tunes
    cleanTunes += other.cleanTunes
    errors += other.errors
    warnings += other.warnings
  }

  /// The counts in words: tunes, clean ones with their share, and findings a code.
  var summary: String {
    var text = "\(tunes) tunes, \(cleanTunes) of them clean"
    if tunes > 0 {
      // Not all unless it is all.
      let tenths = 1000 * cleanTunes / tunes
      text +=
        " (\(tenths >= 990 && tenths < 1000 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)") %)"
    }
    text += "\n"
    for (code, count) in codes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      text += "  \(code.rawValue) \(code.name): \(count)\n"
    }
    return text
  }
}
