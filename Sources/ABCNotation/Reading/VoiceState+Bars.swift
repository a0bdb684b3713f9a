/// Bars, endings, parts and overlays.
extension VoiceState {
  /// Something of the bar under way stands at a range.
  @inline(__always)
  mutating func begin(_ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    if overlayBars > 0 { return }
    if isEmpty {
      if !hasStarted { measure.range = range }
      if signIsAbove { musicStart = range.lowerBound }
      let verdict = barLengths.begin(
        startsEnding: measure.ending != nil, startsPart: measure.part != nil, &diagnostics)
      if let verdict { apply(verdict) }
    }
    hasStarted = true
    measure.range = min(measure.range.lowerBound, range.lowerBound)..<range.upperBound
  }

  /// A bar sign: ends the bar under way, or adds to the sign before it if nothing stands between.
  mutating func bar(_ bar: BarLine, _ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    if overlayBars > 0 { return endOverlayBar(bar, &diagnostics) }
    if isEmpty {
      if keepsScore, measureCount > 0, measure.opening != nil {
        voice.measures[voice.measures.count - 1].closing?.merge(bar)
        addClosingDecorations(to: voice.measures.count - 1)
      }
      if measure.opening == nil { measure.opening = bar } else { measure.opening?.merge(bar) }
      if bar.repeatsBefore > 0 {
        repeats.close()
        endings.endRepeat()
      }
      if bar.isSectionEnd { barLengths.closeSection() }
      measure.range = range
      hasStarted = true
    } else {
      begin(range, &diagnostics)
      measure.closing = bar
      endMeasure(at: range.upperBound, &diagnostics)
      measure.opening = bar
      measure.range = range
      hasStarted = true
    }
    accidentals.clear()
  }

  mutating func startEnding(_ passes: PassSet, _ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    // A new bar without a bar sign.
    endMeasure(at: range.lowerBound, &diagnostics)
    endings.begin(
      passes, range, opensRepeat: (measure.opening?.repeatsAfter ?? 0) > 0, &diagnostics)
    if passes.contains(1) || tiesBeforeEnding == nil {
      tiesBeforeEnding = ties
    } else if let before = tiesBeforeEnding {
      // A tie binds into each of the endings.
      ties = before.carriedToEnding()
    }
    measure.ending = passes
    measure.endingRange = range
    if !hasStarted { measure.range = range }
    hasStarted = true
    measure.range = min(measure.range.lowerBound, range.lowerBound)..<range.upperBound
  }

  mutating func startPart(_ label: Character, at range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    endMeasure(at: range.lowerBound, &diagnostics)
    measure.part = label
    if !hasStarted { measure.range = range }
    hasStarted = true
  }

  /// Ends the bar under way, if anything stands in it.
  mutating func endMeasure(at offset: Int, _ diagnostics: inout DiagnosticList) {
    while overlayBars > 0 { endOverlayBar(.plain, &diagnostics) }
    guard !isEmpty else { return }
    endGroups(&diagnostics)
    measure.length = longest
    measure.events = measure.events.lowerBound..<voice.events.count
    let isRepeat = (measure.closing?.repeatsBefore ?? 0) > 0
    check(isRepeat: isRepeat, &diagnostics)
    if !ties.isEmpty { ties.endBar(isRepeat: isRepeat) }
    measureCount += 1
    barTotal += measure.count
    lyricTargets.addBar()
    if keepsScore {
      // Handed over, not copied.
      var ended = Measure(range: offset..<offset, meter: meter, key: key)
      swap(&ended, &measure)
      voice.measures.append(consume ended)
      addClosingDecorations(to: voice.measures.count - 1)
    } else {
      dropEvents()
    }
    if fullPosition != .zero {
      fullLineEnds.removeAll(keepingCapacity: true)
      fullPosition = .zero
    }
    measure.restart(at: offset, meter: meter, key: key, firstEvent: voice.events.count)
    expected = meterLength
    hasStarted = false
    signIsAbove = false
    musicStart = nil
    spacerCount = 0
    position = .zero
    longest = .zero
    layer = 0
    lastWritten = nil
  }

  /// No tuplet and no broken rhythm goes over a bar line.
  @inline(__always)
  private mutating func endGroups(_ diagnostics: inout DiagnosticList) {
    if !tuplets.isEmpty { cutTuplets(&diagnostics) }
    if pendingBreak != nil { undoBreak(&diagnostics) }
  }

  private mutating func cutTuplets(_ diagnostics: inout DiagnosticList) {
    for tuplet in tuplets {
      let missing = tuplet.remaining == 1 ? "one note" : "\(tuplet.remaining) notes"
      diagnostics.append(
        Diagnostic(.incompleteTuplet, tuplet.range, "this tuplet lacks \(missing) before the bar line"))
    }
    tuplets.removeAll(keepingCapacity: true)
  }

  /// Without a score nobody asks for the events of a bar again. Grace notes may wait for the next one.
  private mutating func dropEvents() {
    // Not for each short bar anew.
    guard voice.events.count > Self.eventsKept - 20 || voice.notes.count > Self.notesKept - 20 else { return }
    voice.events.removeAll(keepingCapacity: true)
    voice.attachments.removeAll(keepingCapacity: true)
    measure.events = 0..<0
    if let first = firstGrace {
      voice.notes.removeFirst(first)
      firstGrace = 0
    } else {
      voice.notes.removeAll(keepingCapacity: true)
    }
  }

  /// Decorations with no note behind them belong to the bar sign.
  private mutating func addClosingDecorations(to index: Int) {
    guard !pendingAttachments.isEmpty else { return }
    for attachment in pendingAttachments where attachment.kind == .decoration {
      voice.measures[index].closingDecorations.append(attachment.text)
    }
    pendingAttachments.removeAll(keepingCapacity: true)
  }

  /// The length that the bar under way should have; nil in free meter.
  var expectedLength: Fraction? { measure.count == 1 ? expected : measure.expectedLength }

  private mutating func check(isRepeat: Bool, _ diagnostics: inout DiagnosticList) {
    var expected = expectedLength
    // What is broken within the bar is why it has another length, and has been said.
    if expected != nil, measure.length != expected, diagnostics.hasError(from: measure.range.lowerBound) {
      expected = nil
    } else if let full = expected, !fullLineEnds.isEmpty, measure.length > full {
      expected = nil
      if measure.length == fullPosition { fullLineEnds.removeLast() }
      for offset in fullLineEnds {
        diagnostics.append(
          Diagnostic(
            .missingBarLine, offset..<offset,
            "the bar is full here, and no bar line stands before the next line; write '|'"))
      }
    }
    let bar = BarLengthRule.Bar(
      length: measure.length, expected: expected,
      range: (musicStart ?? measure.range.lowerBound)..<measure.range.upperBound,
      index: measureCount,
      opensWithoutSign: measure.opening == nil, startsPart: measure.part != nil,
      startsEnding: measure.ending != nil, closesSection: measure.closing?.isSectionEnd ?? true)
    let (previous, current) = barLengths.end(bar, &diagnostics)
    if let previous { apply(previous) }
    if keepsScore, let current { measure.fill = current.fill }
    if measure.ending == nil, let opening = measure.opening, opening.repeatsAfter > 0 {
      endings.beginRepeat(&diagnostics)
    }
    if isRepeat { endings.endRepeat() }
    repeats.end(measure, &diagnostics)
  }

  /// A line of music ends, which by itself ends no bar.
  mutating func endLine() {
    if isEmpty, hasStarted { signIsAbove = true }
    guard layer == 0, let expected, !isEmpty, position - fullPosition == expected else { return }
    fullLineEnds.append(measure.range.upperBound)
    fullPosition = position
  }

  mutating func apply(_ verdict: BarLengthRule.Verdict) {
    if keepsScore { voice.measures[verdict.index].fill = verdict.fill }
  }

  /// The time goes back by one bar line (ABC 2.1, 7.4): to the start of the bar under way or, behind a bar sign, to
  /// that of the bar before. What follows sounds together with what stands there.
  mutating func startOverlay() {
    if isEmpty, measureCount > 0, layer == 0 || overlayBars > 0 {
      overlayBars = min(overlayBars + 1, measureCount)
      layer = 1
    } else {
      layer += 1
    }
    position = .zero
    if overlayBars > 0 { longest = .zero }
    lastWritten = nil
    accidentals.clear()
  }

  /// A bar sign in an overlay that began behind one: the next bar of those it goes along with. It stands where the
  /// sign of that bar stands, and adds to it.
  private mutating func endOverlayBar(_ bar: BarLine, _ diagnostics: inout DiagnosticList) {
    if bar.isSectionEnd {
      if keepsScore {
        voice.measures[measureCount - overlayBars].closing?.merge(bar)
        if overlayBars > 1 { voice.measures[measureCount - overlayBars + 1].opening?.merge(bar) }
      }
      if overlayBars == 1 {
        measure.opening?.merge(bar)
        barLengths.closeSection()
      }
      if bar.repeatsBefore > 0 { repeats.close() }
    }
    endGroups(&diagnostics)
    let first = measure.events.lowerBound
    if keepsScore {
      let index = measureCount - overlayBars
      let count = voice.events.count
      if count > first {
        voice.measures[index].overlays.append(first..<count)
        voice.measures[index].length = max(voice.measures[index].length, longest)
      }
    } else {
      dropEvents()
    }
    lyricTargets.addBar()
    measure.events = voice.events.count..<voice.events.count
    spacerCount = 0
    if !ties.isEmpty { ties.endBar(isRepeat: false) }
    overlayBars -= 1
    if overlayBars == 0 { layer = 0 }
    position = .zero
    longest = .zero
    lastWritten = nil
    accidentals.clear()
  }

  /// Spacers behind the last bar sign stand at the end of the bar before it.
  private mutating func keepLastSpacers() {
    let spacers = measure.events.lowerBound..<voice.events.count
    guard let last = voice.measures.indices.last, voice.measures[last].events.upperBound == spacers.lowerBound
    else { return }
    for index in spacers { voice.events[index].onset = voice.measures[last].length }
    voice.measures[last].events = voice.measures[last].events.lowerBound..<spacers.upperBound
  }

  /// The voice has ended.
  mutating func finish(at offset: Int, _ diagnostics: inout DiagnosticList) {
    endMeasure(at: offset, &diagnostics)
    if spacerCount > 0 { keepLastSpacers() }
    if keepsScore, !voice.measures.isEmpty { addClosingDecorations(to: voice.measures.count - 1) }
    for verdict in barLengths.finish(&diagnostics) { apply(verdict) }
    repeats.finish(&diagnostics)
    endings.finish(&diagnostics)
    ties.finish(&diagnostics)
    voice.staff = staff
  }
}
