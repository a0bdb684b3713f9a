/// A manual page in the language of `man` (mdoc, as mandoc and groff read it).
struct ManualPage {
  /// What the argument parser says of a command: a part of its own description of itself.
  struct Tool: Decodable { let command: Command }

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
  }

  private let tool: Command

  init(_ tool: Command) { self.tool = tool }

  /// The whole page.
  var text: String {
    var lines = [
      ".\\\" Made by 'hornpipe manual' from the declarations of the command line.", ".Dd $Mdocdate$",
      ".Dt HORNPIPE 1", ".Os", ".Sh NAME", ".Nm hornpipe", ".Nd type one command, hear a new folk tune",
      ".Sh SYNOPSIS",
    ]
    let commands = Self.commands(of: tool, path: [])
    for (path, _) in commands { lines += [".Nm", ".Cm \(path)", ".Op Ar options", ".Op Ar arguments"] }
    lines += [".Sh DESCRIPTION", Self.escaped(tool.discussion ?? ""), ".Sh COMMANDS"]
    for (path, command) in commands { lines += Self.section(path, command) }
    lines += Self.closing
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// The commands that do something, with the words that call them.
  private static func commands(of command: Command, path: [String]) -> [(String, Command)] {
    (command.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }.flatMap {
      let words = path + [$0.commandName]
      return ($0.subcommands ?? []).isEmpty
        ? [(words.joined(separator: " "), $0)] : commands(of: $0, path: words)
    }
  }

  private static func section(_ path: String, _ command: Command) -> [String] {
    var lines = [".Ss hornpipe \(path)", escaped(command.abstract ?? "")]
    if let discussion = command.discussion, !discussion.isEmpty { lines += [".Pp", escaped(discussion)] }
    let arguments = (command.arguments ?? []).filter {
      $0.shouldDisplay && !["help", "version"].contains($0.names?.last?.name ?? "")
    }
    guard !arguments.isEmpty else { return lines }
    lines.append(".Bl -tag -width indent")
    for argument in arguments {
      lines += [".It " + heading(argument), escaped(description(argument))]
    }
    return lines + [".El"]
  }

  private static func heading(_ argument: Argument) -> String {
    let value = argument.valueName.map { " Ar \(escaped($0))" } ?? ""
    guard argument.kind != "positional" else {
      return "Ar \(escaped(argument.valueName ?? "arguments"))" + (argument.isRepeating ? " ..." : "")
    }
    // In mdoc `Fl` puts one hyphen before its word.
    let names = (argument.names ?? []).sorted { $0.name.count < $1.name.count }.map {
      $0.kind == "long" ? "Fl -\($0.name)" : "Fl \($0.name)"
    }
    return names.joined(separator: " , ") + (argument.kind == "option" ? value : "")
  }

  private static func description(_ argument: Argument) -> String {
    var text = argument.abstract ?? ""
    if let values = argument.allValues, !values.isEmpty {
      text += " One of \(values.joined(separator: ", "))."
    }
    if let value = argument.defaultValue, argument.kind != "flag" { text += " Without it: \(value)." }
    return text
  }

  /// Text as it is: a backslash is one, and no line is taken for a command.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
      let safe = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }.joined(separator: "\n")
  }

  private static let closing = """
    .Sh EXIT STATUS
    .Bl -tag -width indent
    .It 0
    all is well
    .It 1
    the input has errors
    .Pq Cm validate ,
    or some of many items failed
    .It 2
    the job could not be done: no file, no model, no sound device
    .It 64
    wrong usage
    .It 130
    stopped by Ctrl\\-C
    .El
    .Sh ENVIRONMENT
    .Bl -tag -width indent
    .It Ev NO_COLOR
    no colours on the terminal
    .It Ev ALSA_CONFIG_PATH
    what ALSA knows about devices
    .El
    .Sh EXAMPLES
    Write a new tune and hear it:
    .Dl hornpipe generate \\-\\-play
    What is wrong with a book of tunes, by rule:
    .Dl hornpipe validate \\-\\-summary book.abc
    A MIDI file of each tune:
    .Dl hornpipe export book.abc \\-o midi
    .Sh SEE ALSO
    .Xr abc2midi 1 ,
    .Xr abcm2ps 1 ,
    .Xr fluidsynth 1
    """.split(separator: "\n").map(String.init)
}
