import ABCNotation
import ArgumentParser

/// Rules by their codes, the beginnings of codes, or names, with commas between: `ABC301,ABC5,unclosed-chord`.
struct RuleSelection: ExpressibleByArgument {
  private let codes: Set<DiagnosticCode>

  /// Nil where one of the words names no rule.
  init?(argument: String) {
    var codes: Set<DiagnosticCode> = []
    for word in argument.split(separator: ",") {
      let named = DiagnosticCode.named(word)
      if named.isEmpty { return nil }
      codes.formUnion(named)
    }
    self.codes = codes
  }

  func contains(_ code: DiagnosticCode) -> Bool { codes.contains(code) }

  /// The rules of style among them.
  var style: Set<DiagnosticCode> { codes.filter(\.isStyle) }

  /// All of them, in the order of the codes.
  var rules: [Rule] { Rule.all.filter { codes.contains($0.code) } }
}
