/// `ABC508`: the signs that jumps lead to are there.
struct JumpRule: Sendable {
  private var hasSegno = false
  private var hasCoda = false
  /// Where the first jump to each stands.
  private var toSegno: Range<Int>?
  private var toCoda: Range<Int>?

  /// A decoration stands in the music.
  mutating func meet(_ name: String, _ range: Range<Int>) {
    switch name {
    case "segno": hasSegno = true
    case "coda": hasCoda = true
    default:
      if name.hasPrefix("D.S."), toSegno == nil { toSegno = range }
      if name == "dacoda" || name.lowercased().hasSuffix("alcoda"), toCoda == nil { toCoda = range }
    }
  }

  func finish(_ diagnostics: inout DiagnosticList) {
    if let toSegno, !hasSegno {
      diagnostics.append(
        Diagnostic(.danglingJump, toSegno, "no !segno! stands in the tune for this jump to go to"))
    }
    if let toCoda, !hasCoda {
      diagnostics.append(
        Diagnostic(.danglingJump, toCoda, "no !coda! stands in the tune for this jump to go to"))
    }
  }
}
