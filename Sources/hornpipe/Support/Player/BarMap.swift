import ABCToMIDI
import Playback
import StandardMIDI

/// Where the bars, parts and beats of a piece are, in seconds of the MIDI file.
struct BarMap {
  struct Bar {
    let seconds: Range<Double>
    /// What a player calls it: a pickup is bar 0, and a repeated bar has the number that it had.
    let number: Int
    let beginsPart: Bool
    fileprivate let beats: [Double]
    fileprivate let beginsOnBeat: Bool
  }

  /// The bars in the order of play.
  let bars: [Bar]

  /// Of a tune as ABC the bars are those that are written; of a MIDI file those that its time signatures make.
  init(_ piece: Piece, _ sequence: MIDISequence, _ cursor: ScoreCursor?) {
    func seconds(_ tick: Int) -> Double { sequence.seconds(atTick: tick) }
    if let cursor, !cursor.bars.isEmpty {
      let firstNumber = piece.score?.voices.first?.measures.first?.fill == .pickup ? 0 : 1
      bars = cursor.bars.map {
        Bar(
          seconds: seconds($0.ticks.lowerBound)..<seconds($0.ticks.upperBound),
          number: $0.measure + firstNumber, beginsPart: $0.beginsPart, beats: $0.beats.map(seconds),
          beginsOnBeat: $0.beginsOnBeat)
      }
      return
    }
    guard case .ticksPerQuarter(let quarter) = piece.midi.division else {
      bars = []
      return
    }
    var signatures: [(tick: Int, value: TimeSignature)] = []
    for event in sequence.events {
      if case .meta(.timeSignature(let value)) = event.message { signatures.append((event.tick, value)) }
    }
    if signatures.first?.tick != 0 {
      signatures.insert((0, TimeSignature(numerator: 4, denominatorPower: 2)), at: 0)
    }
    var bars: [Bar] = []
    var tick = 0
    // A file may claim to last for days, in beats of a tick.
    var beatsLeft = 100_000
    while tick < sequence.endTick, beatsLeft > 0 {
      let place = signatures.lastIndex { $0.tick <= tick } ?? 0
      let (beat, count) = signatures[place].value.beats(ticksPerQuarter: Int(quarter))
      let next = place + 1 < signatures.count ? signatures[place + 1].tick : Int.max
      let end = min(tick + beat * count, max(next, tick + 1))
      beatsLeft -= count
      bars.append(
        Bar(
          seconds: seconds(tick)..<seconds(end), number: bars.count + 1, beginsPart: bars.isEmpty,
          beats: stride(from: tick, to: end, by: beat).map(seconds), beginsOnBeat: true))
      tick = end
    }
    self.bars = bars
  }

  /// The index of the bar at a second; the first before it begins.
  func index(atSeconds seconds: Double) -> Int? {
    bars.isEmpty ? nil : max((bars.firstIndex { $0.seconds.lowerBound > seconds } ?? bars.count) - 1, 0)
  }

  /// When a bar begins for the first time; nil where there is none of this number.
  func start(ofBar number: Int) -> Double? {
    bars.first { $0.number == number }?.seconds.lowerBound
  }

  /// The part that a bar belongs to.
  func part(around index: Int) -> Range<Double> {
    let start = bars[...index].lastIndex { $0.beginsPart } ?? 0
    return bars[start].seconds.lowerBound..<end(ofPartFrom: start)
  }

  private func end(ofPartFrom start: Int) -> Double {
    let next = bars[(start + 1)...].first { $0.beginsPart }
    return next?.seconds.lowerBound ?? bars[bars.count - 1].seconds.upperBound
  }

  /// When the part behind that of a bar begins; nil behind the last.
  func nextPart(after index: Int) -> Double? {
    bars[(index + 1)...].first { $0.beginsPart }?.seconds.lowerBound
  }

  /// When the part of a bar begins, or the part before it where that has only just begun.
  func previousPart(before index: Int) -> Double {
    let start = bars[...index].lastIndex { $0.beginsPart } ?? 0
    guard start == index, start > 0 else { return bars[start].seconds.lowerBound }
    return bars[bars[..<start].lastIndex { $0.beginsPart } ?? 0].seconds.lowerBound
  }

  /// The clicks of a metronome all along.
  var clicks: [MetronomeClick] {
    bars.flatMap { bar in
      bar.beats.enumerated().map { place, beat in
        MetronomeClick(seconds: beat, isAccented: place == 0 && bar.beginsOnBeat)
      }
    }
  }

  /// So many bars of clicks that lead to a second, in the pace of the first full bar behind it.
  func countIn(bars count: Int, to start: Double) -> (clicks: [MetronomeClick], seconds: Double) {
    guard count > 0, let index = index(atSeconds: start),
      let model = bars[index...].first(where: { $0.beginsOnBeat && $0.beats.count > 0 })
    else { return ([], 0) }
    let length = model.seconds.upperBound - model.seconds.lowerBound
    // A pickup takes its place in the last bar of the count.
    let lead = bars[index].beginsOnBeat ? 0 : length - (bars[index].seconds.upperBound - start)
    let total = Double(count) * length + (lead > 0 ? lead : 0)
    var clicks: [MetronomeClick] = []
    for number in 0...count {
      for (place, beat) in model.beats.enumerated() {
        let seconds = start - total + Double(number) * length + beat - model.seconds.lowerBound
        if seconds < start - 1e-6 {
          clicks.append(MetronomeClick(seconds: seconds, isAccented: place == 0, isCountIn: true))
        }
      }
    }
    return (clicks, total)
  }
}

extension TimeSignature {
  /// The length of a beat in ticks, three notes where the signature is compound, and how many a bar has.
  fileprivate func beats(ticksPerQuarter: Int) -> (ticks: Int, count: Int) {
    let note = max(4 * ticksPerQuarter >> Int(min(denominatorPower, 7)), 1)
    let isCompound = numerator > 3 && numerator % 3 == 0 && denominatorPower >= 3
    return isCompound ? (3 * note, Int(numerator) / 3) : (note, max(Int(numerator), 1))
  }
}
