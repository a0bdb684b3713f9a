import ABCNotation

extension MelodyLayout {
  /// A bar that is written, and what stands around it.
  private struct WrittenBar {
    let index: Int
    var leadIn: Int?
    /// The bar that is played behind it.
    var next: Int?
    var opening = ""
    var closing = "|"
    var endsLine = false
  }

  /// What one strain of the form is made of.
  private struct Part {
    let strain: TuneForm.Strain
    /// The pickup that is played once, before `|:`.
    var outerPickup: Int?
    /// The pickup within it.
    var pickup: Int?
    /// The full bars before the endings.
    var body: [Int]
    /// The bars of its endings, none or two.
    var endings: [[Int]]

    /// What is played before its first full bar when it is reached.
    var lead: Int? { outerPickup ?? pickup }
    var firstFull: Int? { body.first }
  }

  /// The text of the bars with each pickup but the first as the end of the bar before it, so that every bar between the
  /// first pickup and the last bar is full: `A|:…|1 d3A:|2 d3B|` for `|:A|…|d3:|` and a strain that begins with `B|`.
  ///
  /// What is played is the same. Nil where a pickup has no bar to go into, or where the form has more than two endings.
  mutating func layOutWithLeadIns(_ form: TuneForm) throws(NormalForm.Obstacle) -> String? {
    let measures = voice.measures
    guard let parts = parts(of: form), let first = parts.first, first.firstFull != nil else { return nil }
    var bars: [WrittenBar] = []
    for (index, part) in parts.enumerated() {
      guard let strainBars = writtenBars(of: part, next: index + 1 < parts.count ? parts[index + 1] : nil)
      else { return nil }
      bars += strainBars
    }
    var text = ""
    if let lead = first.lead { text += try bar(measures[lead], next: first.firstFull.map { measures[$0] }) }
    if first.lead != nil, !first.strain.isRepeated { text += "|" }
    for (place, written) in bars.enumerated() {
      let measure = measures[written.index]
      let leadIn = written.leadIn.map { measures[$0] }
      let length = measure.length + (leadIn?.length ?? .zero)
      guard length == barLength || place + 1 == bars.count && length < barLength else { return nil }
      text += written.opening
      text += try bar(measure, leadIn: leadIn, next: written.next.map { measures[$0] })
      text += written.closing + (written.endsLine ? "\n" : "")
    }
    return text
  }

  private func parts(of form: TuneForm) -> [Part]? {
    let measures = voice.measures
    var parts: [Part] = []
    var outerPickup: Int?
    for strain in form.strains {
      let isShort = measures[strain.measures.lowerBound].length < barLength
      if strain.measures.count == 1, isShort, !strain.isRepeated {
        guard outerPickup == nil else { return nil }
        outerPickup = strain.measures.lowerBound
        continue
      }
      let starts = strain.measures.filter { measures[$0].ending != nil }
      guard
        starts.isEmpty || starts.count == 2 && starts.map({ measures[$0].ending?.description }) == ["1", "2"]
      else {
        return nil
      }
      var body = Array(strain.measures.lowerBound..<(starts.first ?? strain.measures.upperBound))
      let pickup = isShort && body.count > 1 ? body.removeFirst() : nil
      let endings =
        starts.isEmpty ? [] : [Array(starts[0]..<starts[1]), Array(starts[1]..<strain.measures.upperBound)]
      guard !body.isEmpty, outerPickup == nil || strain.isRepeated else { return nil }
      parts.append(
        Part(strain: strain, outerPickup: outerPickup, pickup: pickup, body: body, endings: endings))
      outerPickup = nil
    }
    return outerPickup == nil ? parts : nil
  }

  /// The bars of a strain as they are written, four a line; nil where a tie leads into an ending that it would not reach.
  private func writtenBars(of part: Part, next: Part?) -> [WrittenBar]? {
    let measures = voice.measures
    let end = next == nil ? "|]" : "||"
    var body = part.body
    var endings = part.endings
    if part.strain.isRepeated, endings.isEmpty,
      !sameNotes(part.pickup, next?.lead) || next == nil && part.pickup != nil
    {
      guard body.count > 1, let last = body.popLast() else { return nil }
      endings = [[last], [last]]
      guard !endsTied(measures[last - 1]) else { return nil }
    }
    var bars: [WrittenBar] = []
    func append(_ indices: [Int], opening: String, closing: String, leadIn: Int?, next: Int?) {
      for (place, index) in indices.enumerated() {
        let isLast = place + 1 == indices.count
        bars.append(
          WrittenBar(
            index: index, leadIn: isLast ? leadIn : nil, next: isLast ? next : indices[place + 1],
            opening: place == 0 ? opening : "", closing: isLast ? closing : "|"))
      }
    }
    let opening = part.strain.isRepeated ? "|:" : ""
    if endings.isEmpty {
      append(
        body, opening: opening, closing: part.strain.isRepeated ? ":|" : end, leadIn: next?.lead,
        next: next?.firstFull)
    } else {
      append(body, opening: opening, closing: "|", leadIn: nil, next: endings[0].first)
      append(endings[0], opening: "1 ", closing: ":|", leadIn: part.pickup, next: part.firstFull)
      append(endings[1], opening: "2 ", closing: end, leadIn: next?.lead, next: next?.firstFull)
    }
    let endingStart = endings.isEmpty ? bars.count : body.count
    for index in bars.indices where index % 4 == 3 && index + 1 < endingStart { bars[index].endsLine = true }
    bars[bars.count - 1].endsLine = true
    return bars
  }

  private func endsTied(_ measure: Measure) -> Bool {
    voice.events(in: measure).last.map { voice.notes(of: $0).contains(where: \.isTied) } ?? false
  }

  /// Whether two pickups sound the same.
  private func sameNotes(_ first: Int?, _ second: Int?) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    func notes(_ index: Int) -> [[Fraction]] {
      voice.events(in: voice.measures[index]).map { event in
        [event.duration] + voice.notes(of: event).map { Fraction($0.pitch) }
      }
    }
    return notes(first) == notes(second)
  }
}
