/// What holds for one tune while it is read. The state that a file header leaves is what every tune starts from.
struct TuneState: Sendable {
  var score = Score(range: 0..<0)
  let keepsScore: Bool
  var diagnostics = DiagnosticList()
  /// What a comment says is not to be told of.
  var ignored: [DiagnosticCode] = []
  var inHeader = true
  var hasTitle = false
  var unitLengthIsGiven = false
  /// The place of the `X:` field.
  var xField: Range<Int>?
  /// Whether the header's tempo counts unit lengths (`Q:120`), and what it took for one.
  var tempoIsByUnit = false
  var tempoUnit = Fraction(1, 8)
  var partField: Range<Int>?
  /// Whether it says that it is written without bar lines (`%%MIDI nobarlines`).
  var hasNoBarLines = false
  /// The place of the header's `M:` field.
  var meterField: Range<Int>?
  /// The place of the `K:` field that ended the header.
  var headerKeyField: Range<Int>?
  /// Where the staff settings of the header's `K:` came from apply to voices that come later.
  var staff = StaffSettings()
  var voices: [VoiceState] = []
  /// Room for the music of the first voice, left by the tune before.
  var room: VoiceRoom?
  /// Where each voice stands among them.
  private var voiceIndices: [String: Int] = [:]
  /// The index of the voice in force.
  var voice = 0
  var symbols = SymbolTable()
  var macros: [Macro] = []
  var propagation = AccidentalPropagation.pitch
  /// Whether `I:linebreak !` holds, and the sign around decorations (ABC 2.1, 12.1).
  var bangBreaksLines = false
  var decorationSign = UInt8(ascii: "!")
  /// The part under way, for voices that have not been heard of yet.
  var part: (label: Character, range: Range<Int>)?
  /// Fields of the header that have been met, a bit a letter, and letters without a meaning in the music.
  var fieldsSeen: UInt32 = 0
  var symbolsReported: UInt64 = 0
  /// Whether the tune has signs of e-mail in it, which have been told of.
  var hasMailSigns = false
  /// What a `%%score` or `%%staves` says, and where.
  var staves: (names: String, range: Range<Int>)?
  /// Whether a directive makes decorations of its own.
  var definesDecorations = false
  var jumps = JumpRule()
  var slurs = SlurRule()
  var parts = PartRule()
  /// The field that a `+:` line would go on.
  var latestField: LatestField?
  /// Where the texts of the lyric or symbol line under way and of its continuations lie.
  var lyricRanges: [Range<Int>] = []
  /// Whether ABC 2.1 or later is asked for, whose lyrics may stand far from their notes.
  var isStrict: Bool { (score.version ?? "") >= "2.1" }

  /// A field that may be continued.
  struct LatestField: Sendable {
    let letter: UInt8
    /// Of an instruction, what it says so far: continued, it takes effect once more, as a whole.
    var text: String
    var range: Range<Int>
    /// Whether it has taken effect; lyrics wait for their end.
    var isApplied: Bool
  }

  init(keepsScore: Bool) {
    self.keepsScore = keepsScore
  }

  mutating func report(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    diagnostics.append(Diagnostic(code, range, message))
  }

  // MARK: - Voices

  mutating func selectVoice(_ identifier: String) {
    if let index = voiceIndices[identifier] {
      voice = index
    } else if voices.count == 1, voices[0].isUnused, !inHeader {
      // What the body said before its first voice was said to this one.
      voices[0].voice.identifier = identifier
      voiceIndices[identifier] = 0
      voice = 0
    } else {
      var state = VoiceState(identifier: identifier, keepsScore: keepsScore, room: takeRoom())
      state.staff = staff
      if !inHeader { state.start(unitLength: score.unitLength, meter: score.meter, key: score.key) }
      if let part { state.startPart(part.label, at: part.range, &diagnostics) }
      voices.append(state)
      voice = voices.count - 1
      voiceIndices[identifier] = voice
    }
  }

  /// A part begins in all voices at once.
  mutating func startPart(_ label: Character, at range: Range<Int>) {
    part = (label, range)
    parts.begin(label, hasMusicBefore: voices.contains { $0.measureCount > 0 || !$0.isEmpty })
    for index in voices.indices { voices[index].startPart(label, at: range, &diagnostics) }
  }

  // MARK: - Start and end

  /// At the end of the header the unit length and the tempo become known.
  mutating func endHeader(at offset: Int) {
    inHeader = false
    if !unitLengthIsGiven { score.unitLength = score.meter.defaultUnitLength }
    if tempoIsByUnit, let tempo = score.tempo, let beat = tempo.beat {
      // `L:` may have come behind `Q:`.
      score.tempo = Tempo(
        beat: beat / tempoUnit * score.unitLength, beatsPerMinute: tempo.beatsPerMinute, text: tempo.text)
    }
    if !hasTitle {
      let place = score.range.lowerBound..<score.range.lowerBound
      report(.missingTitle, place, "this tune has no title; put a line such as 'T:The Name' behind 'X:'")
    }
    if voices.isEmpty {
      var state = VoiceState(identifier: "", keepsScore: keepsScore, room: takeRoom())
      state.staff = staff
      voices.append(state)
    }
    for index in voices.indices {
      voices[index].start(unitLength: score.unitLength, meter: score.meter, key: score.key)
    }
    voice = 0
  }

  /// The `K:` that ended the header has gone on in a `+:` line: what it says now holds from the start, for all voices.
  mutating func completeHeaderKey() {
    score.key = voices[voice].key
    staff = voices[voice].staff
    for index in voices.indices where voices[index].measureCount == 0 && voices[index].isEmpty {
      voices[index].staff.inherit(staff)
      voices[index].start(unitLength: score.unitLength, meter: score.meter, key: score.key)
    }
  }

  mutating func finish(at offset: Int) {
    score.range = score.range.lowerBound..<offset
    if inHeader { endHeader(at: offset) }
    var hasMusic = false
    for index in voices.indices {
      voices[index].finish(at: offset, &diagnostics)
      if voices[index].measureCount > 0 { hasMusic = true }
    }
    if !hasMusic {
      report(
        .emptyTune, score.range.lowerBound..<score.range.lowerBound, "this tune has no music")
    }
    noticeWrongMeter()
    // How long its bars are shows when these signs are gone.
    if hasMailSigns { diagnostics.remove([.shortBar, .longBar]) }
    if hasNoBarLines { diagnostics.remove([.shortBar, .longBar, .missingBarLine, .wrongMeter]) }
    slurs.finish(&diagnostics)
    jumps.finish(&diagnostics)
    checkVoices()
    if let partField { parts.finish(order: score.partOrder, field: partField, &diagnostics) }
    guard keepsScore else { return }
    for index in voices.indices {
      let kept = index == 0 ? voices[index].vacate(&room) : voices[index].voice
      if voices[index].measureCount > 0 { score.voices.append(kept) }
    }
  }

  private mutating func noticeWrongMeter() {
    for voice in voices {
      guard let (length, expected, count) = voice.barLengths.prevailingLength(ofBars: voice.measureCount)
      else {
        continue
      }
      guard let first = diagnostics.items.first(where: { $0.code == .shortBar || $0.code == .longBar }) else {
        continue
      }
      diagnostics.collapse(
        from: 0, [.shortBar, .longBar], atLeast: 1,
        into: Diagnostic(
          .wrongMeter, meterField ?? first.range,
          "\(count) of \(voice.measureCount) bars are \(length) long instead of \(expected); mend 'M:' or 'L:'"
        ))
    }
  }

  private mutating func checkVoices() {
    if voices.count > 1 {
      let extents = voices.filter { $0.measureCount > 0 }.map {
        VoiceRule.Extent(identifier: $0.voice.identifier, bars: $0.barTotal, end: $0.measure.range.lowerBound)
      }
      // What stands before the first 'V:' belongs to no voice in particular.
      if extents.allSatisfy({ !$0.identifier.isEmpty }) { VoiceRule.compare(extents, &diagnostics) }
    }
    if voices.count > 1, let staves,
      let name = VoiceRule.unknown(in: staves.names, { voiceIndices[$0] != nil })
    {
      report(.unknownVoice, staves.range, "no voice of this tune is called \(name)")
    }
  }

  private mutating func takeRoom() -> VoiceRoom? {
    defer { room = nil }
    return room
  }
}
