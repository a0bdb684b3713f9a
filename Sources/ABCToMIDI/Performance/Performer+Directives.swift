import ABCNotation

/// What decorations and `%%MIDI` commands ask of the performer.
extension Performer {
  mutating func touch(of event: ScoreEvent, at onset: Fraction) -> Touch {
    var touch = Touch()
    // A mark first: it is what a hairpin at the same note begins or ends with.
    for place in event.attachments where attachments[place].kind == .decoration {
      if case .mark = effects.effect(of: attachments[place].text) {
        dynamics.obey(attachments[place].text, at: onset, notes: &performance.notes)
      }
    }
    for place in event.attachments where attachments[place].kind == .decoration {
      switch effects.effect(of: attachments[place].text) {
      case .trillBegins: openTrill = true
      case .trillEnds: openTrill = false
      case .hairpin: dynamics.obey(attachments[place].text, at: onset, notes: &performance.notes)
      case .touch(let change): touch.take(change)
      case .mark, .nothing: break
      }
    }
    if openTrill { touch.ornament = .trill }
    return touch
  }

  /// Obeys a directive from a time on.
  ///
  /// - Parameter leadsCompanions: whether the voice is the one that drums and drone follow.
  mutating func obey(
    _ directive: Score.Directive, at onset: Fraction, leadsCompanions: Bool = true
  ) {
    for words in directive.commands {
      guard let name = words.first else { continue }
      do {
        let arguments = Array(words.dropFirst())
        if let command = try VoiceCommand(command: name, arguments: arguments) {
          obey(command, at: onset)
        } else if let command = try AccompanimentDirective(
          command: Substring(name.lowercased()), arguments: arguments)
        {
          if leadsCompanions || !command.isOfCompanions {
            plan.instructions.append(.init(onset: onset, instruction: .directive(command)))
          }
        } else {
          let message = "'%%MIDI \(name)' is no command that is known here"
          problems.append(ConversionProblem(range: directive.range, message: message))
        }
      } catch {
        problems.append(ConversionProblem(range: directive.range, message: error.description))
      }
    }
  }

  mutating func obey(_ command: VoiceCommand, at onset: Fraction) {
    let shift = state.transposition
    commandCount += 1
    state.obey(command)
    dynamics.obey(command)
    if state.transposition != shift {
      plan.instructions.append(.init(onset: onset, instruction: .transposition(state.transposition)))
    }
    if case .instrument(let changes) = command {
      performance.instrumentChanges += changes.map { (onset, $0) }
    }
  }
}
