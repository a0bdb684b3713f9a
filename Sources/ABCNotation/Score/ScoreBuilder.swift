/// Reads the nodes of one tune in order and says what they mean.
///
/// Holds one ``VoiceState`` a voice; fields act on the voice in force, those of the header on all.
struct ScoreBuilder {
  var score: Score
  var diagnostics: [Diagnostic] = []
  let source: SourceText
  var inHeader = true
  var states: [VoiceState] = []
  var voice = 0
  private var unitLengthIsGiven = false
  /// The part under way, for voices that have not been heard of yet.
  private var part: (label: Character, range: Range<Int>)?

  init(source: SourceText, range: Range<Int>, fileHeader: [Score.Field]) {
    self.source = source
    score = Score(range: range)
    score.header = fileHeader
    for field in fileHeader { applyHeaderField(field) }
  }

  /// The score of a tune, with what is wrong about its fields, lengths and pitches.
  static func build(_ tune: SyntaxNode, fileHeader: [Score.Field]) -> (
    score: Score, diagnostics: [Diagnostic]
  ) {
    var builder = ScoreBuilder(source: tune.tree.source, range: tune.range, fileHeader: fileHeader)
    // What is wrong with the file header is said once, of the file.
    builder.diagnostics = []
    for line in tune.children { builder.readLine(line) }
    builder.finish()
    return (builder.score, builder.diagnostics)
  }

  mutating func report(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    diagnostics.append(Diagnostic(code, range, message))
  }

  private mutating func finish() {
    if inHeader { endHeader() }
    for index in states.indices {
      states[index].endMeasure(at: score.range.upperBound, reporting: &diagnostics)
    }
    score.voices = states.filter { !$0.voice.measures.isEmpty }.map(\.voice)
  }

  // MARK: - Lines

  private mutating func readLine(_ line: SyntaxNode) {
    switch line.kind {
    case .fieldLine:
      guard let field = Self.field(of: line) else { return }
      if inHeader { readHeaderField(field) } else { readBodyField(field) }
    case .musicLine:
      if inHeader { endHeader() }
      for element in line.children { readElement(element) }
    default: break
    }
  }

  /// The letter and the value of a field line; nil for a line that is none.
  static func field(of line: SyntaxNode) -> Score.Field? {
    var letter: Character?
    var value = ""
    var range = line.range
    for child in line.children {
      guard let token = child.token else { continue }
      if token.kind == .fieldName {
        letter = Character(Unicode.Scalar(token.lead))
        range = token.range.upperBound..<token.range.upperBound
      }
      if token.kind == .fieldText {
        value = child.text.trimmed
        range = token.range
      }
    }
    return letter.map { Score.Field(letter: $0, value: value, range: range) }
  }

  // MARK: - Fields

  private mutating func readHeaderField(_ field: Score.Field) {
    score.header.append(field)
    applyHeaderField(field)
    if field.letter == "K" { endHeader() }
  }

  private mutating func applyHeaderField(_ field: Score.Field) {
    switch field.letter {
    case "X":
      var scanner = Scanner(field.value)
      score.referenceNumber = scanner.takeNumber()
      if score.referenceNumber == nil || !scanner.isAtEnd {
        report(.malformedReferenceNumber, field.range, "'X:' takes the number of the tune, such as X:1")
      }
    case "M": if let meter = readMeter(field) { score.meter = meter }
    case "L":
      if let length = readUnitLength(field) {
        score.unitLength = length
        unitLengthIsGiven = true
      }
    case "P": readPartOrder(field)
    case "K": if let key = readKey(field) { score.key = key }
    case "V": if let identifier = Self.voiceIdentifier(field.value) { selectVoice(identifier) }
    default: break
    }
  }

  /// At the end of the header the unit length and the tempo become known.
  private mutating func endHeader() {
    inHeader = false
    if !unitLengthIsGiven { score.unitLength = score.meter.defaultUnitLength }
    if let field = score.header.last(where: { $0.letter == "Q" }) { score.tempo = readTempo(field) }
    if states.isEmpty { states.append(VoiceState(identifier: "", score: score)) }
    for index in states.indices { states[index].start(with: score) }
    voice = 0
  }

  private mutating func readBodyField(_ field: Score.Field) {
    switch field.letter {
    case "M": if let meter = readMeter(field) { current.setMeter(meter) }
    case "L": if let length = readUnitLength(field) { current.unitLength = length }
    case "Q": if let tempo = readTempo(field) { current.addChange(.tempo(tempo)) }
    case "K": if let key = readKey(field, current: current.key) { current.setKey(key) }
    case "P":
      if let label = field.value.first(where: \.isLetter) { startPart(label, at: field.range) }
    case "V": if let identifier = Self.voiceIdentifier(field.value) { selectVoice(identifier) }
    default: break
    }
  }

  private mutating func readMeter(_ field: Score.Field) -> Meter? {
    if let meter = Meter(parsing: field.value) { return meter }
    report(
      .malformedMeter, field.range, "'\(field.value)' is no meter; write one such as M:6/8, M:C or M:none")
    return nil
  }

  private mutating func readUnitLength(_ field: Score.Field) -> Fraction? {
    var scanner = Scanner(field.value)
    if let length = scanner.takeFraction(), scanner.isAtEnd, length <= Fraction(4), length.denominator <= 1024
    {
      return length
    }
    report(.malformedUnitLength, field.range, "'\(field.value)' is no note length; write one such as L:1/8")
    return nil
  }

  private mutating func readTempo(_ field: Score.Field) -> Tempo? {
    let unitLength = inHeader || states.isEmpty ? score.unitLength : current.unitLength
    if let tempo = Tempo(parsing: field.value, unitLength: unitLength) { return tempo }
    report(.malformedTempo, field.range, "'\(field.value)' is no tempo; write one such as Q:1/4=120")
    return nil
  }

  private mutating func readKey(_ field: Score.Field, current: Key? = nil) -> Key? {
    if let key = Key(parsing: field.value, current: current) { return key }
    report(.malformedKey, field.range, "'\(field.value)' is no key; write one such as K:G, K:Ador or K:none")
    return nil
  }

  private mutating func readPartOrder(_ field: Score.Field) {
    do {
      score.partOrder = try PartOrder.parse(field.value)
    } catch {
      report(.malformedParts, field.range, error.message)
    }
  }

  // MARK: - Voices

  /// The voice in force; there is one as soon as the header has ended.
  var current: VoiceState {
    _read { yield states[voice] }
    _modify { yield &states[voice] }
  }

  private static func voiceIdentifier(_ value: String) -> String? {
    value.split(separator: " ").first.map(String.init)
  }

  private mutating func selectVoice(_ identifier: String) {
    if let index = states.firstIndex(where: { $0.voice.identifier == identifier }) {
      voice = index
    } else if states.count == 1, states[0].isUnused, !inHeader {
      // What the body said before its first voice was said to this one.
      states[0].voice.identifier = identifier
      voice = 0
    } else {
      var state = VoiceState(identifier: identifier, score: score)
      if let part { state.startPart(part.label, at: part.range, reporting: &diagnostics) }
      states.append(state)
      voice = states.count - 1
    }
  }

  /// A part begins in all voices at once.
  private mutating func startPart(_ label: Character, at range: Range<Int>) {
    part = (label, range)
    for index in states.indices { states[index].startPart(label, at: range, reporting: &diagnostics) }
  }

  // MARK: - Music

  private mutating func readElement(_ element: SyntaxNode) {
    if let token = element.token {
      readMark(token, element)
      return
    }
    switch element.kind {
    case .note: readNote(element)
    case .rest: readRest(element)
    case .chord: readChord(element)
    case .graceGroup: readGraceNotes(element)
    case .inlineField: readInlineField(element)
    default: break
    }
  }

  private mutating func readMark(_ token: Token, _ element: SyntaxNode) {
    switch token.kind {
    case .slurOpen: current.forgetDot()
    case .barLine:
      current.forgetDot()
      states[voice].bar(BarLine(parsing: source.bytes[token.range]), token.range, reporting: &diagnostics)
    case .ending: states[voice].startEnding(endingNumbers(token), token.range, reporting: &diagnostics)
    case .brokenRhythm:
      let factor = token.lead == UInt8(ascii: ">") ? token.range.count : -token.range.count
      states[voice].breakRhythm(factor, token.range, reporting: &diagnostics)
    case .tuplet: startTuplet(token)
    case .tie: states[voice].tieLast(token.range, reporting: &diagnostics)
    case .overlay: current.startOverlay()
    case .shorthand: current.pendingDecorations.append(String(Character(Unicode.Scalar(token.lead))))
    case .decoration:
      let range = (token.range.lowerBound + 1)..<(token.range.upperBound - 1)
      current.pendingDecorations.append(source.string(range))
    case .quoted:
      let text = source.string((token.range.lowerBound + 1)..<(token.range.upperBound - 1))
      if let first = text.utf8.first, (0x41...0x47).contains(first) { current.pendingChordSymbol = text }
    default: break
    }
  }

  private mutating func readInlineField(_ element: SyntaxNode) {
    var letter: Character?
    var value = ""
    var range = element.range
    for child in element.children {
      guard let token = child.token else { continue }
      if token.kind == .inlineFieldOpen { letter = Character(Unicode.Scalar(token.lead)) }
      if token.kind == .inlineFieldText {
        value = child.text.trimmed
        range = token.range
      }
    }
    if let letter { readBodyField(Score.Field(letter: letter, value: value, range: range)) }
  }

  /// `1`, `1,3`, `2-4`: the passes on which an ending is played.
  private func endingNumbers(_ token: Token) -> [Int] {
    let text = source.string(token.range).drop { $0 == "[" }
    var numbers: [Int] = []
    for item in text.split(separator: ",") {
      let bounds = item.split(separator: "-").compactMap { Int($0) }.filter { (1...64).contains($0) }
      guard let low = bounds.first, let high = bounds.last else { continue }
      numbers += low <= high ? Array(low...high) : [low]
    }
    return numbers.isEmpty ? [1] : numbers
  }

  private mutating func startTuplet(_ token: Token) {
    let parts = source.string(token.range).dropFirst().split(
      separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    let numbers = parts.map { Int($0) }
    guard let notes = numbers[0], (1...64).contains(notes),
      let tuplet = Tuplet(
        notes: notes, time: numbers.count > 1 ? numbers[1] : nil, count: numbers.count > 2 ? numbers[2] : nil,
        isCompound: current.meter.isCompound, range: token.range)
    else {
      report(
        .malformedTuplet, token.range,
        "this tuplet needs to say how many notes go into the time of how many, as in (11:8")
      return
    }
    current.tuplets.append(tuplet)
  }
}
