import ArgumentParser
import FoundationEssentials

/// Prints the manual page, from the command line's own declarations.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for man.", shouldDisplay: false)

  func run() throws {
    let declarations = Data(Hornpipe._dumpHelp().utf8)
    let tool = try JSONDecoder().decode(ManualPage.Tool.self, from: declarations)
    Console.write(ManualPage(tool.command).text)
  }
}
