import Foundation
import XCTest

@testable import ABCNotation

/// The manuals of the rules say what is true.
final class RuleTests: XCTestCase {
  /// The bad example of a rule gives exactly one finding, of that rule; the good one gives none.
  func testExamples() throws {
    for rule in Rule.all {
      guard let bad = rule.badExample, let good = rule.goodExample else {
        XCTAssertEqual(rule.code, .moreFindings, "\(rule.code.rawValue) can be shown in a few lines")
        continue
      }
      // A string is always Unicode; what is wrong with this one are its bytes.
      let bytes =
        switch rule.code {
        case .notUTF8: Array(bad.unicodeScalars.map { UInt8($0.value) })
        case .mixedEncodings: Array(bad.utf8).replacing([0xC3, 0x89], with: [0xC9])
        default: Array(bad.utf8)
        }
      let style: Set<DiagnosticCode> = rule.code.isStyle ? [rule.code] : []
      let found = ValidationReport(checking: SourceText(name: "", bytes: bytes), style: style).diagnostics
      XCTAssertEqual(found.map(\.code.rawValue), [rule.code.rawValue], "the bad example of \(rule.code.name)")
      let rest = ValidationReport(checking: SourceText(name: "", text: good), style: style).diagnostics
      XCTAssertEqual(rest.map(\.code.rawValue), [], "the good example of \(rule.code.name)")
    }
  }

  /// What mends the bad example leaves no finding; a safe fix leaves what sounds as it was.
  func testFixes() throws {
    for rule in Rule.all {
      guard let bad = rule.badExample, let fix = rule.fix else { continue }
      let bytes = rule.code == .notUTF8 ? Array(bad.unicodeScalars.map { UInt8($0.value) }) : Array(bad.utf8)
      let source = SourceText(name: "", bytes: bytes)
      let style: Set<DiagnosticCode> = rule.code.isStyle ? [rule.code] : []
      if rule.code == .mixedEncodings { continue }
      let mended = MendedText(mending: source, allowsUnsafe: !fix.isSafe, style: style)
      XCTAssertNotEqual(mended.bytes, bytes, rule.code.name)
      XCTAssertEqual(mended.counts[rule.code], 1, rule.code.name)
      let again = SourceText(name: "", bytes: mended.bytes)
      let rest = ValidationReport(checking: again, style: style).diagnostics
      XCTAssertFalse(rest.contains { $0.code == rule.code }, "\(rule.code.name): \(again.string(0..<999))")
      XCTAssertEqual(MendedText(mending: again, allowsUnsafe: !fix.isSafe, style: style).bytes, mended.bytes)
      if fix.isSafe { XCTAssertEqual(heard(again), heard(source), rule.code.name) }
      // Unasked, nothing unsafe is done.
      if !fix.isSafe { XCTAssertEqual(MendedText(mending: source, style: style).counts[rule.code], nil) }
    }
  }

  /// Safe fixes change nothing that is heard in the collections, and the second time nothing at all.
  func testSafeFixesOfCollections() throws {
    let style = Set(DiagnosticCode.allCases.filter(\.isStyle))
    for book in Collections.books.joined() {
      let source = SourceText(name: book.name, bytes: book.bytes)
      let mended = MendedText(mending: source, style: style)
      let again = SourceText(name: source.name, bytes: mended.bytes)
      XCTAssertTrue(MendedText(mending: again, style: style).counts.isEmpty, source.name)
      let before = heard(source)
      let after = heard(again)
      XCTAssertEqual(after.count, before.count, source.name)
      if let (index, (old, new)) = zip(before, after).enumerated().first(where: { $1.0 != $1.1 }) {
        let place = zip(old, new).enumerated().first { $1.0 != $1.1 }
        XCTFail("\(source.name), tune \(index + 1): \(String(describing: place))")
      }
      // What was wrong and could be mended is so no more, and nothing else has become wrong.
      let rest = ValidationReport(checking: again, style: style).diagnostics
      let old = ValidationReport(checking: source, style: style).diagnostics
      XCTAssertLessThanOrEqual(rest.count, old.count, source.name)
    }
  }

  func testCodesAndNamesAreUnique() {
    let rules = Rule.all
    XCTAssertEqual(rules.count, DiagnosticCode.allCases.count)
    XCTAssertEqual(Set(rules.map(\.code.rawValue)).count, rules.count)
    XCTAssertEqual(Set(rules.map(\.code.name)).count, rules.count)
    XCTAssertEqual(DiagnosticCode.unclosedChord.name, "unclosed-chord")
    XCTAssertEqual(DiagnosticCode.notUTF8.name, "not-utf8")
    for rule in rules {
      XCTAssertTrue(rule.summary.hasSuffix(".") || rule.summary.hasSuffix("@"), rule.code.name)
      XCTAssertTrue(rule.reason.hasSuffix(".") && rule.mend.hasSuffix("."), rule.code.name)
      XCTAssertTrue(rule.fix?.summary.hasSuffix(".") ?? true, rule.code.name)
      XCTAssertLessThan(rule.manual.split(separator: "\n").map(\.count).max() ?? 0, 100, rule.code.name)
    }
  }

  /// A comment silences rules, in its tune or before the first tune in all.
  func testSuppression() {
    let fault = "C4-D4|C8]|\n"
    assertParse("X:1\nT:A\nM:4/4\nL:1/8\nK:C\n% hornpipe: ignore ABC401\nC4-D4|C8⟦ABC205⟧]|\n")
    assertParse("X:1\nT:A\nM:4/4\nL:1/8\nK:C\n\(fault)%hornpipe: ignore stray-tie, ABC2\n")
    assertParse("X:1\nT:A\nM:4/4\nL:1/8\nK:C\n% ⟦ABC602⟧hornpipe: ignore ABC999\nC8|\n")
    let header = "% hornpipe: ignore ABC4 ABC112\n\n"
    assertParse(header + "X:1\nT:A\nM:4/4\nL:1/8\nK:C\nC4-D4|\n\nX:1\nT:A\nM:4/4\nL:1/8\nK:C\nC4-D4|\n")
    assertParse(
      "X:1\nT:A\nM:4/4\nL:1/8\nK:C\n% hornpipe: ignore ABC401\nC4-D4|\n\n"
        + "X:2\nT:A\nM:4/4\nL:1/8\nK:C\n⟦ABC401⟧C4-D4|\n")
  }

  /// The page of all rules is what the rules say. Where it is not it is written anew, and the test fails once.
  func testPage() throws {
    var page = "# Rules\n\nEvery kind of finding: what, why, and how to mend it.\n\n## Overview\n\n"
    page += "`hornpipe validate --explain ABC301` prints one of them.\n\n"
    page += Rule.all.map(\.markdown).joined(separator: "\n")
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/ABCNotation/ABCNotation.docc/Rules.md")
    let written = try? String(contentsOf: file, encoding: .utf8)
    if written != page { try page.write(to: file, atomically: true, encoding: .utf8) }
    XCTAssertTrue(written == page, "the page has been written anew")
  }
}
