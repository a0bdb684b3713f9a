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

  /// A file of MIDI.
  init(title: String, midi: MIDIFile) {
    (self.title, self.midi, score, source) = (title, midi, nil, nil)
  }

  /// A tune as it sounds at a tempo, on an instrument.
  init(
    _ score: Score, in source: SourceText, tempo: TempoOption?, program: UInt7
  ) throws(ConversionError) {
    midi = try MIDIConverter(program: program).convert(tempo?.applied(to: score) ?? score)
    (title, self.score, self.source) = (score.title ?? Self.untitled, score, source)
  }

  /// What a tune without a title is called.
  static let untitled = "untitled"

  /// The pieces of a file. Throws what makes it unreadable; tunes that cannot be converted are told to `report`.
  static func read(
    _ input: InputFiles.Input, tune number: Int?, tempo: TempoOption?, program: UInt7,
    report: (String) -> Void
  ) throws -> [Piece] {
    let bytes = try input.read()
    if bytes.starts(with: Array("MThd".utf8)) {
      return [Piece(title: input.name, midi: try MIDIFile(decoding: bytes))]
    }
    let tunebook = Tunebook(parsing: SourceText(name: input.name, bytes: bytes))
    let tunes = tunebook.tunes.map(\.score).filter { number == nil || $0.referenceNumber == number }
    var pieces: [Piece] = []
    for score in tunes where !score.voices.isEmpty {
      do {
        pieces.append(try Piece(score, in: tunebook.source, tempo: tempo, program: program))
      } catch {
        report("\(input.name): \(score.title ?? untitled): \(error)")
      }
    }
    return pieces
  }
}
