import ABCNotation
import ABCToMIDI
import StandardMIDI

/// Something that can be played: a tune of ABC, or a MIDI file.
struct Piece {
  let title: String
  let midi: MIDIFile
  /// The tune as ABC; nil for MIDI.
  let score: Score?
  /// The text that the tune stands in; nil for MIDI.
  let source: SourceText?

  /// The pieces of a file. Throws what makes it unreadable; tunes that cannot be converted are told to `report`.
  static func read(
    _ input: InputFiles.Input, tune number: Int?, tempo: TempoOption?, program: UInt7,
    report: (String) -> Void
  ) throws -> [Piece] {
    let bytes = try input.read()
    if bytes.starts(with: Array("MThd".utf8)) {
      return [Piece(title: input.name, midi: try MIDIFile(decoding: bytes), score: nil, source: nil)]
    }
    let tunebook = Tunebook(parsing: SourceText(name: input.name, bytes: bytes))
    let tunes = tunebook.tunes.map(\.score).filter { number == nil || $0.referenceNumber == number }
    var pieces: [Piece] = []
    for score in tunes where !score.voices.isEmpty {
      let title = score.title ?? "untitled"
      do {
        let midi = try MIDIConverter(program: program).convert(tempo?.applied(to: score) ?? score)
        pieces.append(Piece(title: title, midi: midi, score: score, source: tunebook.source))
      } catch {
        report("\(input.name): \(title): \(error)")
      }
    }
    return pieces
  }
}
