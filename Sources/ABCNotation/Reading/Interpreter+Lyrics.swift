/// Lyrics and symbol lines: they wait for their continuation lines, and are then laid under the notes before them.
extension Interpreter {
  mutating func startLyricLine(_ letter: UInt8, _ range: Range<Int>) {
    tune.lyricRanges = [range]
  }

  mutating func continueLyricLine(_ range: Range<Int>) {
    tune.lyricRanges.append(range)
  }

  mutating func endLyricLine() {
    let ranges = tune.lyricRanges.map(text.local)
    tune.lyricRanges = []
    guard let latest = tune.latestField, !tune.voices.isEmpty else { return }
    let isWords = latest.letter == UInt8(ascii: "w")
    let line =
      isWords
      ? LyricLine(words: ranges, in: text.bytes, encoding: text.encoding)
      : LyricLine(symbols: ranges, in: text.bytes, encoding: text.encoding)
    if isWords || keepsScore {
      tune.voices[tune.voice].lay(
        line.items, isWords: isWords, base: text.base, isStrict: tune.isStrict, &tune.diagnostics)
    }
  }

  /// What symbol lines say joins what is written at the notes.
  mutating func finishLyrics() {
    for index in tune.voices.indices {
      tune.voices[index].mergeSymbols()
      tune.voices[index].voice.lyrics.sort { ($0.verse, $0.event) < ($1.verse, $1.event) }
    }
  }
}

extension VoiceState {
  /// Lays the items of a lyric or symbol line under the notes since the last one. Files that do not ask for ABC 2.1
  /// mean the latest line of music alone (ABC 2.1, 10.6), unless they have more to say than fits there.
  mutating func lay(
    _ items: [LyricItem], isWords: Bool, base: Int, isStrict: Bool, _ diagnostics: inout DiagnosticList
  ) {
    if isWords { lyricTargets.verses += 1 } else { lyricTargets.hasSymbols = true }
    let verse = lyricTargets.verses
    let kinds = lyricTargets.kinds
    var alignment = LyricAligner.align(items, to: kinds, from: isStrict ? 0 : lyricTargets.lineStart)
    if !isStrict, !alignment.itemsLeftOver.isEmpty {
      alignment = LyricAligner.align(items, to: kinds)
    }
    if isWords { reportExcess(alignment.itemsLeftOver, base: base, &diagnostics) }
    guard keepsScore else { return }
    let events = lyricTargets.eventIndices(in: voice.events)
    for placement in alignment.placements {
      let event = events[placement.targetIndex]
      switch placement.item {
      case .syllable(let text, let endsWord, let range):
        voice.lyrics.append(
          Lyric(
            event: event, verse: verse, text: text, isHyphenated: !endsWord,
            range: (range.lowerBound + base)..<(range.upperBound + base)))
      case .hold:
        if let last = voice.lyrics.indices.last, voice.lyrics[last].verse == verse {
          voice.lyrics[last].holds += 1
        }
      case .decoration(let text, let range):
        symbols.append((event, .init(kind: .decoration, text: text), range.lowerBound + base, range.count))
      case .quoted(let text, let range):
        symbols.append((event, .init(quoted: text), range.lowerBound + base, range.count))
      case .skip, .barAdvance: break
      }
    }
  }

  /// `ABC510`: syllables for which no notes are left.
  private func reportExcess(_ items: [LyricItem], base: Int, _ diagnostics: inout DiagnosticList) {
    let places = items.compactMap { item -> Range<Int>? in
      if case .syllable(_, _, let range) = item { range } else { nil }
    }
    guard let first = places.first, let last = places.last else { return }
    let count = places.count == 1 ? "one syllable has" : "\(places.count) syllables have"
    diagnostics.append(
      Diagnostic(
        .excessSyllables, (first.lowerBound + base)..<(last.upperBound + base),
        "\(count) no note to be sung on"))
  }

  /// Puts what symbol lines say among the attachments of their events.
  mutating func mergeSymbols() {
    guard !symbols.isEmpty else { return }
    symbols.sort { ($0.event, $0.start) < ($1.event, $1.start) }
    var merged: [Attachment] = []
    var next = 0
    for index in voice.events.indices {
      let first = merged.count
      merged += voice.attachments[voice.events[index].attachments]
      while next < symbols.count, symbols[next].event == index {
        let symbol = symbols[next]
        merged.append(
          Attachment(
            kind: symbol.meaning.kind, text: symbol.meaning.text,
            range: symbol.start..<(symbol.start + symbol.count)))
        next += 1
      }
      voice.events[index].attachments = first..<merged.count
    }
    voice.attachments = merged
    symbols = []
  }
}
