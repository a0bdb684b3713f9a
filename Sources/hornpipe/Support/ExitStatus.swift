import ArgumentParser
import CharacterModel
import Engraving
import Playback
import Studio
import TuneGenerator

/// The exit statuses that scripts rely on.
extension ExitCode {
  /// The input has errors, or some of many items failed.
  static let someFailed = ExitCode(1)
  /// The job could not be done.
  static let impossible = ExitCode(2)
  /// Stopped by Ctrl-C.
  static let interrupted = ExitCode(130)
}

extension ParsableCommand {
  /// Does the job of a command; what makes it impossible is printed and ends the program with status 2.
  func attempt(_ job: () throws -> Void) throws {
    do {
      try job()
    } catch let error where error is InputError || error is OutputError {
      try giveUp(error)
    } catch let error
      where error is CharacterModelError || error is GenerationError || error is PlaybackError
      || error is EngravingError || error is StudioError
    {
      try giveUp(error)
    }
  }

  private func giveUp(_ error: any Error) throws {
    Console.error("\(error)")
    throw ExitCode.impossible
  }
}
