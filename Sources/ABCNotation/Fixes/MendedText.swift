/// A text in which what can be mended has been.
///
/// What one fix brings to light the next round mends, until nothing is left to do: mending the result changes nothing.
public struct MendedText: Sendable {
  /// The text, in the encoding of the source unless that was to be mended.
  public private(set) var bytes: [UInt8]
  /// How many findings of each kind were mended.
  public private(set) var counts: [DiagnosticCode: Int] = [:]

  private static let rounds = 12

  /// Mends a text.
  ///
  /// - Parameters:
  ///   - allowsUnsafe: also by fixes that change what sounds, or guess.
  ///   - style: the rules of style that are to be obeyed.
  ///   - isWanted: which findings are to be mended.
  public init(
    mending source: SourceText, allowsUnsafe: Bool = false, style: Set<DiagnosticCode> = [],
    _ isWanted: (DiagnosticCode) -> Bool = { _ in true }
  ) {
    bytes = source.bytes
    var seen: Set<[UInt8]> = []
    for _ in 0..<Self.rounds {
      let text = SourceText(name: source.name, bytes: bytes)
      let report = ValidationReport(checking: text, style: style)
      let found = report.diagnostics.filter { isWanted($0.code) }
      guard mend(text, found, allowsUnsafe), seen.insert(bytes).inserted else { return }
    }
  }

  /// One round. False if nothing could be mended.
  private mutating func mend(_ source: SourceText, _ found: [Diagnostic], _ allowsUnsafe: Bool) -> Bool {
    var context = FixContext(source, allowsUnsafe: allowsUnsafe)
    var accepted: [TextEdit] = []
    var touched: Set<Int> = []
    var isConverted = false
    for diagnostic in found {
      guard let fix = diagnostic.code.rule.fix, fix.isSafe || allowsUnsafe else { continue }
      let edits = fix.edits(diagnostic, &context)
      // Of two changes at one place the second waits for the next round.
      let places = edits.flatMap { Array($0.range.lowerBound...$0.range.upperBound) }
      guard !edits.isEmpty, touched.isDisjoint(with: places) else { continue }
      touched.formUnion(places)
      accepted += edits
      counts[diagnostic.code, default: 0] += 1
      if diagnostic.code.convertsText { isConverted = true }
    }
    guard !accepted.isEmpty else { return false }
    bytes = source.replacing(accepted, convertsToUTF8: isConverted)
    return true
  }
}

extension DiagnosticCode {
  /// Whether its fix is to write the whole text in UTF-8.
  fileprivate var convertsText: Bool { self == .notUTF8 || self == .mixedEncodings }
}

extension SourceText {
  /// The bytes with changes made, none of which overlap.
  func replacing(_ edits: [TextEdit], convertsToUTF8: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    let target = convertsToUTF8 ? TextEncoding.utf8 : encoding
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      append(position..<edit.range.lowerBound, to: &result, target)
      result += target.encode(edit.replacement)
      position = edit.range.upperBound
    }
    append(position..<bytes.count, to: &result, target)
    return result
  }

  private func append(_ range: Range<Int>, to result: inout [UInt8], _ target: TextEncoding) {
    if target == encoding { result += bytes[range] } else { result += MixedText.utf8(Array(bytes[range])) }
  }
}

extension TextEncoding {
  /// The bytes of a text; what Latin-1 does not have is left as a question mark.
  func encode(_ text: String) -> [UInt8] {
    self == .utf8
      ? Array(text.utf8) : text.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : UInt8(ascii: "?") }
  }
}
