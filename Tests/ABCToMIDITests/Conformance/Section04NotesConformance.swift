import XCTest

/// Pitches and lengths (ABC 2.1, 4.1 to 4.7).
final class Section04NotesConformance: XCTestCase {
  static let cases: [Case] = [
    Case("4.1", "capitals", "C2D2E2F2G2A2B2", "60*1 62*1 64*1 65*1 67*1 69*1 71*1"),
    Case("4.1", "small letters are an octave higher", "c2d2e2f2g2a2b2", "72*1 74*1 76*1 77*1 79*1 81*1 83*1"),
    Case("4.1", "commas lower", "C,2C,,2c,2", "48*1 36*1 60*1"),
    Case("4.1", "apostrophes raise", "c'2c''2C'2", "84*1 96*1 72*1"),
    Case("4.1", "marks add up", "C,',2c',2", "48*1 72*1"),
    Case("4.2", "sharp and flat", "^C2_D2", "61*1 61*1"),
    Case("4.2", "double", "^^C2__D2", "62*1 60*1"),
    Case("4.2", "natural", "X:1\nT:a\nL:1/4\nK:D\nF=FF|F", "66*1 65*1 65*1 66*1"),
    Case("4.2", "an accidental holds to the bar line", "^F2F2|F2", "66*1 66*1 65*1", settled: 4),
    Case("4.2", "in all octaves", "^F2f2F,2f'2", "66*1 78*1 54*1 90*1", settled: 4),
    Case("4.2", "any bar sign ends it", "^F2||F2^F2|]F2", "66*1 65*1 66*1 65*1", settled: 4),
    Case("4.2", "of another letter nothing holds", "^F2G2_G2F2", "66*1 67*1 66*1 66*1", settled: 4),
    Case("4.2", "the latest one counts", "^F2=F2_F2F2", "66*1 65*1 64*1 64*1", settled: 4),
    Case(
      "4.2", "a flat over a sharp of the key", "X:1\nT:a\nL:1/4\nK:D\n_FF|F", "64*1 64*1 66*1", settled: 4),
    Case(
      "11.3", "propagate-accidentals octave", "%%propagate-accidentals octave\n^F2F2f2", "66*1 66*1 77*1",
      settled: 4),
    Case(
      "11.3", "propagate-accidentals not", "%%propagate-accidentals not\n^F2F2f2", "66*1 65*1 77*1",
      settled: 4),
    Case(
      "11.3", "propagate-accidentals pitch", "%%propagate-accidentals pitch\n^F2F2f2", "66*1 66*1 78*1",
      settled: 4),
    Case("11.3", "as I: too", "I:propagate-accidentals not\n^F2F2", "66*1 65*1", settled: 4),
    Case("4.3", "multiples", "C1C2C3C4C6C7C8", "60*1/2 60*1 60*3/2 60*2 60*3 60*7/2 60*4"),
    Case("4.3", "fractions", "C/2C/4C/8", "60*1/4 60*1/8 60*1/16"),
    Case("4.3", "slashes alone", "C/C//C///", "60*1/4 60*1/8 60*1/16"),
    Case("4.3", "both numbers", "C3/2C3/4C7/4C5/2", "60*3/4 60*3/8 60*7/8 60*5/4"),
    Case("4.3", "a number and a slash", "C3/C5//", "60*3/4 60*5/8"),
    Case("4.3", "odd denominators", "C/3C2/3", "60*1/6 60*1/3"),
    Case("4.3", "many digits", "C16C12", "60*8 60*6"),
    Case("4.4", ">", "C>D", "60*3/4 62*1/4"),
    Case("4.4", "<", "C<D", "60*1/4 62*3/4"),
    Case("4.4", ">>", "C>>D", "60*7/8 62*1/8"),
    Case("4.4", "<<", "C<<D", "60*1/8 62*7/8"),
    Case("4.4", ">>>", "C>>>D", "60*15/16 62*1/16"),
    Case("4.4", "<<<", "C<<<D", "60*1/16 62*15/16"),
    Case("4.4", "of long notes", "C2>D2", "60*3/2 62*1/2"),
    Case("4.4", "of short notes", "C/>D/", "60*3/8 62*1/8"),
    Case("4.4", "pairs follow each other", "C>DE>F", "60*3/4 62*1/4 64*3/4 65*1/4"),
    Case("4.4", "blanks about it", "C > D", "60*3/4 62*1/4"),
    Case("4.4", "with a rest", "C>zz<D", "60*3/4 r*1/4 r*1/4 62*3/4"),
    Case("4.4", "with chords", "[CE]>[DF]", "60,64*3/4 62,65*1/4"),
    Case("4.4", "a decoration behind the sign", "E<.F", "64*1/4 65*3/8", settled: 16),
    Case("4.4", "a chord symbol behind the sign", "C>\"G\"D", "60*3/4 62*1/4", settled: 16),
    Case(
      "4.4", "an annotation before it", "\"^x\"C>D", "60*3/4 62*1/4"
    ),
    Case("4.5", "z", "C2z2D2", "60*1 r*1 62*1"),
    Case("4.5", "x", "C2x2D2", "60*1 r*1 62*1"),
    Case("4.5", "z/2", "Cz/2D", "60*1/2 r*1/4 62*1/2"),
    Case("4.5", "Z", "Z|C2", "r*4 60*1", settled: 17),
    Case("4.5", "Z4", "Z4|C2", "r*16 60*1", settled: 17),
    Case("4.5", "X2", "X2|C2", "r*8 60*1", settled: 17),
    Case("4.5", "of the meter in force", "M:3/4\nZ2|C2", "r*6 60*1", settled: 17),
    Case("4.5", "in 6/8", "X:1\nT:a\nM:6/8\nL:1/8\nK:C\nZ2|C", "r*6 60*1/2", settled: 17),
    Case("4.6", "clef=bass changes no pitch", "X:1\nT:a\nL:1/4\nK:C clef=bass\nC,C", "48*1 60*1"),
    Case("4.6", "octave=-1", "X:1\nT:a\nL:1/4\nK:C octave=-1\nCc", "48*1 60*1"),
    Case("4.6", "treble-8 sounds an octave lower", "X:1\nT:a\nL:1/4\nK:C clef=treble-8\nCc", "48*1 60*1"),
    Case("4.6", "treble+8 an octave higher", "X:1\nT:a\nL:1/4\nK:C clef=treble+8\nC", "72*1"),
    Case("4.6", "transpose=-2", "X:1\nT:a\nL:1/4\nK:C transpose=-2\nCD", "58*1 60*1"),
    Case("4.6", "middle= changes no pitch", "X:1\nT:a\nL:1/4\nK:C clef=alto middle=C\nC", "60*1"),
    Case("4.6", "in a voice", "X:1\nT:a\nL:1/4\nK:C\nV:1 octave=1\nC\nV:2 transpose=3\nC", "72*1 / 63*1"),
    Case("4.7", "beams", "CD EF GA", "60*1/2 62*1/2 64*1/2 65*1/2 67*1/2 69*1/2"),
    Case("4.7", "back-ticks", "C2`D2``E2", "60*1 62*1 64*1"),
  ]

  func testCases() { Conformance.run(Self.cases) }
}
