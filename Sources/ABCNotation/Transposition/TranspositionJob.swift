/// Transposes one tune of a file, and makes sure that it sounds as it should.
struct TranspositionJob {
  private let source: SourceText
  private let range: Range<Int>
  private let header: Transposer.FileHeader
  private let text: [UInt8]

  init(source: SourceText, range: Range<Int>, header: Transposer.FileHeader) {
    self.source = source
    self.range = range
    self.header = header
    text = Array(source.bytes[range])
  }

  /// The new text of the tune.
  func transposed(to goal: Transposer.Goal) throws(TranspositionError) -> [UInt8] {
    guard let score = TuneReader.score(text, source.encoding, header.oldDefaults) else { return text }
    let plan = try plan(goal, score)
    let isDrumsOnly =
      !score.voices.isEmpty && score.voices.allSatisfy { plan.fixedVoices.contains($0.identifier) }
    if plan.shift == .none && !header.isExpanded || isDrumsOnly { return text }
    try checkRange(score, plan)
    var fault: Int?
    if !header.isExpanded {
      switch attempt(text, score, plan, keepsMacros: true) {
      case .success(let bytes): return bytes
      case .failure(let failure): fault = failure.offset
      }
    }
    let expanded = MacroExpansion.expanded(text, source.encoding, header.oldDefaults)
    if header.isExpanded || expanded != text {
      switch attempt(expanded, score, plan, keepsMacros: false) {
      case .success(let bytes): return bytes
      case .failure(let failure): fault = fault ?? failure.offset
      }
    }
    throw .unfaithful(tune: name(score), line: line(of: fault ?? 0))
  }

  private func plan(
    _ goal: Transposer.Goal, _ score: Score
  ) throws(TranspositionError) -> TranspositionPlan {
    switch goal {
    case .semitones(let count): return TranspositionPlan(semitones: count, score: score)
    case .key(let key):
      guard let plan = TranspositionPlan(target: key, score: score) else {
        throw .noTonic(tune: name(score), line: line(of: keyField ?? 0))
      }
      return plan
    }
  }

  private func checkRange(_ score: Score, _ plan: TranspositionPlan) throws(TranspositionError) {
    let reach = 0...127
    for voice in score.voices where !plan.fixedVoices.contains(voice.identifier) {
      for note in voice.notes where reach.contains(note.pitch) {
        if !reach.contains(note.pitch + plan.shift.semitones) {
          throw .outOfRange(tune: name(score), line: line(of: note.range.lowerBound))
        }
      }
    }
  }

  // MARK: - Attempts

  /// Where a new text does not sound as it should.
  private struct Fault: Error {
    let offset: Int
  }

  /// Writes the tune anew and reads the result. Bars that sound wrong are tried once more with an accidental at
  /// every note.
  private func attempt(
    _ text: [UInt8], _ original: Score, _ plan: TranspositionPlan, keepsMacros: Bool
  ) -> Result<[UInt8], Fault> {
    var oldDefaults = header.oldDefaults
    if !keepsMacros { oldDefaults.macros = [] }
    guard let score = TuneReader.score(text, source.encoding, oldDefaults) else {
      return .failure(Fault(offset: 0))
    }
    let request = TuneTransposition.Request(
      text: text, encoding: source.encoding, oldDefaults: oldDefaults, newDefaults: header.newDefaults,
      score: score, plan: plan, keepsMacros: keepsMacros)
    // The text may have been rid of its macros: then its bars must still be the same ones.
    guard ScoreComparison.differences(original, score, semitones: 0, fixedVoices: []) == [] else {
      return .failure(Fault(offset: 0))
    }
    var wrong: [ScoreComparison.Bar] = []
    for _ in 0..<2 {
      let bars = wrong.map { score.voices[$0.voice].measures[$0.measure].range }
      let bytes = TuneTransposition.text(request, explicitBars: bars)
      guard let new = TuneReader.score(bytes, source.encoding, header.newDefaults),
        let differences = ScoreComparison.differences(
          original, new, semitones: plan.shift.semitones, fixedVoices: plan.fixedVoices)
      else { break }
      if differences.isEmpty { return .success(bytes) }
      wrong = differences
    }
    let first = wrong.first.map { original.voices[$0.voice].measures[$0.measure].range.lowerBound }
    return .failure(Fault(offset: first ?? 0))
  }

  // MARK: - Places

  /// The line of the file that an offset into the tune lies on.
  private func line(of offset: Int) -> Int {
    LineTable(source).location(of: range.lowerBound + offset).line
  }

  /// Where the first `K:` of the tune stands.
  private var keyField: Int? {
    let tune = SyntaxTree(parsing: SourceText(name: source.name, bytes: text)).tunes.first
    return tune?.children.first { line in
      line.children.contains { $0.token?.kind == .fieldName && $0.token?.lead == UInt8(ascii: "K") }
    }?.range.lowerBound
  }

  private func name(_ score: Score) -> String {
    let number = score.referenceNumber.map { "tune X:\($0)" } ?? "a tune without a number"
    return score.title.map { "\(number) '\($0)'" } ?? number
  }
}
