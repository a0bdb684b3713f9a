import ABCNotation
import XCTest

@testable import ABCToMIDI

/// Builds plans for the tests of the accompaniment: from music in ABC, and from bars alone.
enum AccompanimentPlanBuilder {
  /// The plan of the first voice of a score, simply unfolded.
  static func plan(of score: Score) throws -> AccompanimentPlan {
    var plan = AccompanimentPlan()
    for directive in score.directives { add(directive, at: .zero, to: &plan) }
    guard let voice = score.voices.first else { return plan }
    var start = Fraction.zero
    for played in try Unfolding.orders(of: score)[0] {
      let index = played.index
      let measure = voice.measures[index]
      var bar = AccompanimentPlan.Bar(onset: start, length: measure.length, meter: measure.meter)
      var said: [(onset: Fraction, offset: Int, instruction: AccompanimentPlan.Instruction)] = []
      for change in measure.changes {
        switch change.kind {
        case .meter(let meter):
          if change.onset == .zero { bar.meter = meter }
        case .directive(let directive):
          var own = AccompanimentPlan()
          add(directive, at: .zero, to: &own)
          for timed in own.instructions {
            said.append((change.onset, change.range.lowerBound, timed.instruction))
          }
        default: break
        }
      }
      for event in voice.events(in: measure) {
        guard let text = voice.chordSymbol(of: event) else { continue }
        said.append((event.onset, event.range.lowerBound, .chordSymbol(text)))
      }
      for each in said.sorted(by: { ($0.onset, $0.offset) < ($1.onset, $1.offset) }) {
        plan.instructions.append(.init(onset: start + each.onset, instruction: each.instruction))
      }
      plan.bars.append(bar)
      start += measure.length
    }
    return plan
  }

  private static func add(_ directive: Score.Directive, at onset: Fraction, to plan: inout AccompanimentPlan)
  {
    // Within a line it is written [I:MIDI = gchordoff].
    guard directive.name.hasPrefix("MIDI") else { return }
    let text = (directive.name + " " + directive.value).dropFirst(4).drop { $0 == " " || $0 == "=" }
    let words = text.split(separator: " ")
    guard let command = words.first else { return }
    let arguments = Array(words.dropFirst())
    guard let own = try? AccompanimentDirective(command: command, arguments: arguments) else { return }
    plan.instructions.append(.init(onset: onset, instruction: .directive(own)))
  }

  /// The plan of a tune in ABC, with L:1/8 unless its header says otherwise.
  static func plan(_ music: String, meter: String = "4/4", header: String = "") throws -> AccompanimentPlan {
    let text = "X:1\nT:Test\nM:\(meter)\nL:1/8\n\(header)K:C\n\(music)\n"
    return try plan(of: Tunebook(parsing: SourceText(name: "test", text: text)).tunes[0].score)
  }
}
