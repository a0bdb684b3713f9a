import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 2, !arguments[1].hasPrefix("-") else {
  FileHandle.standardError.write(Data("usage: soundfont-maker OUTPUT.sf2\n".utf8))
  exit(64)
}
do {
  try Data(Band.soundFont().encoded()).write(to: URL(fileURLWithPath: arguments[1]), options: .atomic)
} catch {
  FileHandle.standardError.write(
    Data("soundfont-maker: \(arguments[1]): \(error.localizedDescription)\n".utf8))
  exit(73)
}
