/// Information fields (ABC 2.1, section 3), in file header, tune header, body and within lines of music.
extension Interpreter {
  /// A field is complete up to its line end or bracket.
  mutating func applyField(isInline: Bool) {
    let range = text.trimmed(field.text)
    if field.letter == UInt8(ascii: "+") { return continueField(range) }
    if !isInline { flushField() }
    let isLyric = field.letter == UInt8(ascii: "w") || field.letter == UInt8(ascii: "s")
    if !inTune {
      if hasSeenTune { return }
      swap(&tune, &defaults)
      apply(field.letter, range)
      fileDiagnostics += tune.diagnostics.items
      tune.diagnostics.removeAll()
      swap(&tune, &defaults)
    } else if isLyric {
      tune.latestField = TuneState.LatestField(
        letter: field.letter, text: "", range: range, isApplied: false)
      startLyricLine(field.letter, range)
      return
    } else {
      apply(field.letter, range)
    }
    if !isInline, inTune {
      let value =
        Self.isInstruction(field.letter)
        ? TextString.decode(text.bytes[text.local(range)], encoding: text.encoding) : ""
      tune.latestField = TuneState.LatestField(
        letter: field.letter, text: value, range: range, isApplied: true)
    }
  }

  /// `+:` goes on from the field before it, with a blank between (ABC 2.1, 3.3).
  private mutating func continueField(_ range: Range<Int>) {
    guard inTune, let latest = tune.latestField else { return }
    if latest.letter == UInt8(ascii: "w") || latest.letter == UInt8(ascii: "s") {
      continueLyricLine(range)
      return
    }
    if range.isEmpty { return }
    if keepsScore { continueText(latest, range) }
    guard let whole = continuation(range) else { return }
    tune.latestField?.text = String(decoding: whole, as: UTF8.self)
    let kept = text
    let count = tune.diagnostics.count
    text = TextWindow(bytes: whole, base: range.lowerBound, encoding: .utf8)
    applyInstruction(latest.letter, range.lowerBound..<(range.lowerBound + whole.count))
    text = kept
    tune.diagnostics.move(from: count, to: range)
    if latest.range == tune.headerKeyField { tune.completeHeaderKey() }
  }

  /// The text of a field that is kept goes on.
  private mutating func continueText(_ latest: TuneState.LatestField, _ range: Range<Int>) {
    let value = TextString.decode(text.bytes[text.local(range)], encoding: text.encoding)
    if latest.letter == UInt8(ascii: "W"), let last = tune.score.words.indices.last {
      tune.score.words[last].goOn(with: value)
    }
    if let last = tune.score.header.indices.last, tune.score.header[last].range == latest.range {
      tune.score.header[last].value.goOn(with: value)
    }
  }

  /// The instruction that would be continued, and what it would then say as a whole; nil if the field under way
  /// continues none.
  func continuation(_ range: Range<Int>) -> [UInt8]? {
    guard inTune, let latest = tune.latestField, Self.isInstruction(latest.letter),
      // A part begins but once; and nobody writes a field that is a book.
      tune.inHeader || latest.letter != UInt8(ascii: "P"), latest.text.utf8.count < 4096
    else { return nil }
    var whole = latest.text
    whole.goOn(with: TextString.decode(text.bytes[text.local(range)], encoding: text.encoding))
    return Array(whole.utf8)
  }

  /// Whether a field is no text, but says how the music is to be read.
  private static func isInstruction(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "V"), UInt8(ascii: "Q"), UInt8(ascii: "P"), UInt8(ascii: "M"), UInt8(ascii: "L"),
      UInt8(ascii: "K"), UInt8(ascii: "I"), UInt8(ascii: "m"):
      return true
    default: return false
    }
  }

  /// A field that waited for its continuation takes effect.
  mutating func flushField() {
    guard inTune, let latest = tune.latestField else { return }
    if !latest.isApplied { endLyricLine() }
    tune.latestField = nil
  }

  /// The lines behind an `H:` field without a field of their own belong to it (ABC 2.1, 10.1).
  mutating func continueHistory() {
    guard inTune, keepsScore, tune.inHeader, tune.latestField?.letter == UInt8(ascii: "H"),
      let last = tune.score.header.indices.last, tune.score.header[last].letter == "H"
    else { return }
    let line = text.trimmed(field.text)
    tune.score.header[last].value +=
      "\n" + TextString.decode(text.bytes[text.local(line)], encoding: text.encoding)
  }

  private mutating func apply(_ letter: UInt8, _ range: Range<Int>) {
    if tune.inHeader { note(letter, range) }
    applyInstruction(letter, range)
  }

  /// Keeps a field of the header as it is written.
  private mutating func note(_ letter: UInt8, _ range: Range<Int>) {
    if letter == UInt8(ascii: "T") {
      tune.hasTitle = true
    } else if letter >= UInt8(ascii: "L"), letter <= UInt8(ascii: "Q"), inTune {
      countField(letter, range)
    }
    guard keepsScore else { return }
    let value = TextString.decode(text.bytes[text.local(range)], encoding: text.encoding)
    if tune.score.header.isEmpty { tune.score.header.reserveCapacity(8) }
    tune.score.header.append(
      Score.Field(letter: Character(Unicode.Scalar(letter)), value: value, range: range))
  }

  /// Of `L:`, `M:`, `P:` and `Q:` a header has one; where it names voices each of them may have its own.
  private mutating func countField(_ letter: UInt8, _ range: Range<Int>) {
    let bit = UInt32(1) << UInt32(letter & 31)
    if tune.fieldsSeen & bit != 0, tune.voices.isEmpty, "LMPQ".utf8.contains(letter) {
      let name = Character(Unicode.Scalar(letter))
      report(.duplicateField, range, "'\(name):' stands in this header twice; this one holds")
    }
    tune.fieldsSeen |= bit
  }

  private mutating func applyInstruction(_ letter: UInt8, _ range: Range<Int>) {
    switch letter {
    case UInt8(ascii: "X"): readReferenceNumber(range)
    case UInt8(ascii: "M"): readMeter(range)
    case UInt8(ascii: "L"): readUnitLength(range)
    case UInt8(ascii: "Q"): readTempo(range)
    case UInt8(ascii: "K"): readKey(range)
    case UInt8(ascii: "P"): readPart(range)
    case UInt8(ascii: "V"): readVoice(range)
    case UInt8(ascii: "I"): obey(range)
    case UInt8(ascii: "U"):
      if !tune.symbols.define(text.string(range)) {
        report(.malformedSymbol, range, "'U:' gives a letter H–W or h–w a meaning, as in U:T = !trill!")
      }
    case UInt8(ascii: "m"):
      if let macro = Macro(parsing: text.bytes[text.local(range)]) {
        tune.macros.removeAll { $0.target == macro.target }
        tune.macros.append(macro)
      } else {
        report(.malformedMacro, range, "'m:' needs a target and a replacement, as in m:~G2 = {A}G{F}G")
      }
    case UInt8(ascii: "W"):
      if keepsScore {
        tune.score.words.append(TextString.decode(text.bytes[text.local(range)], encoding: text.encoding))
      }
    default: break
    }
  }

  private mutating func readReferenceNumber(_ range: Range<Int>) {
    var scanner = text.scanner(range)
    tune.score.referenceNumber = scanner.takeNumber()
    // It may be empty (ABC 2.1, 3.1.1).
    if !range.isEmpty, (tune.score.referenceNumber ?? 0) < 1 || !scanner.isAtEnd {
      report(.malformedReferenceNumber, range, "'X:' takes the number of the tune, such as X:1")
    }
    tune.xField = range
  }

  private mutating func readMeter(_ range: Range<Int>) {
    guard let meter = Meter(text.scanner(range)) else {
      report(
        .malformedMeter, range,
        "'\(text.string(range))' is no meter; write one such as M:6/8, M:C or M:none")
      return
    }
    if tune.inHeader {
      tune.score.meter = meter
      tune.meterField = inTune ? range : nil
    } else {
      tune.voices[tune.voice].setMeter(meter, place(range))
    }
  }

  private mutating func readUnitLength(_ range: Range<Int>) {
    var scanner = text.scanner(range)
    guard let length = scanner.takeFraction(), scanner.isAtEnd, length <= Fraction(4),
      length.denominator <= 1024
    else {
      report(
        .malformedUnitLength, range, "'\(text.string(range))' is no note length; write one such as L:1/8")
      return
    }
    if tune.inHeader {
      tune.score.unitLength = length
      tune.unitLengthIsGiven = true
    } else {
      tune.voices[tune.voice].unitLength = length
    }
  }

  /// What `Q:120` counts depends on a unit length that may still come: the header's tempo is read at its end.
  private mutating func readTempo(_ range: Range<Int>) {
    if tune.inHeader {
      let unitLength = tune.unitLengthIsGiven ? tune.score.unitLength : tune.score.meter.defaultUnitLength
      tune.tempoIsByUnit = false
      guard let tempo = tempo(range, unitLength) else { return }
      tune.score.tempo = tempo
      tune.tempoIsByUnit = Tempo(text.scanner(range), unitLength: unitLength + unitLength) != tempo
      tune.tempoUnit = unitLength
    } else if let tempo = tempo(range, tune.voices[tune.voice].unitLength) {
      tune.voices[tune.voice].addChange(.tempo(tempo), place(range))
    }
  }

  private mutating func tempo(_ range: Range<Int>, _ unitLength: Fraction) -> Tempo? {
    if let tempo = Tempo(text.scanner(range), unitLength: unitLength) { return tempo }
    report(.malformedTempo, range, "'\(text.string(range))' is no tempo; write one such as Q:1/4=120")
    return nil
  }

  private mutating func readKey(_ range: Range<Int>) {
    let current = tune.inHeader ? nil : tune.voices[tune.voice].key
    var staff = tune.inHeader ? tune.staff : tune.voices[tune.voice].staff
    var scanner = text.scanner(range)
    guard let key = Key(&scanner, current: current, staff: &staff) else {
      report(
        .malformedKey, range,
        "'\(text.string(range))' is no key; write one such as K:G, K:Ador or K:none")
      if tune.inHeader { tune.endHeader(at: range.upperBound) }
      return
    }
    if tune.inHeader {
      tune.score.key = key
      if staff != tune.staff {
        tune.staff = staff
        for index in tune.voices.indices { tune.voices[index].staff.inherit(staff) }
      }
      tune.headerKeyField = range
      // A key in the file header ends nothing.
      if inTune { tune.endHeader(at: range.upperBound) }
    } else {
      tune.voices[tune.voice].staff = staff
      tune.voices[tune.voice].setKey(key, place(range))
    }
  }

  private mutating func readPart(_ range: Range<Int>) {
    if tune.inHeader {
      tune.partField = range
      do {
        tune.score.partOrder = try PartOrder.parse(text.string(range))
      } catch {
        tune.score.hasEndlessPartOrder = error.isTooLong
        report(.malformedParts, range, error.message)
      }
    } else if let label = text.string(range).first(where: { $0.isLetter }) {
      tune.startPart(label, at: place(range))
    }
  }

  /// `V:ID` and what it says of the voice (ABC 2.1, section 7).
  private mutating func readVoice(_ range: Range<Int>) {
    var scanner = text.scanner(range)
    // Twenty characters of it count (ABC 2.1, section 7).
    let identifier = String(scanner.takeWord().prefix(20))
    guard !identifier.isEmpty else {
      report(.malformedVoice, range, "'V:' needs the name of a voice, as in V:1 or V:Tenor")
      return
    }
    tune.selectVoice(identifier)
    scanner.skipBlanks()
    while !scanner.isAtEnd {
      _ = tune.voices[tune.voice].staff.read(&scanner)
      scanner.skipBlanks()
    }
  }
}

extension String {
  /// Puts another line behind this one, with a blank between.
  fileprivate mutating func goOn(with line: String) {
    if !isEmpty, !line.isEmpty { self += " " }
    self += line
  }
}
