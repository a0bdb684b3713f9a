import XCTest

@testable import ABCNotation

/// ABC 2.1, section 13: what the sample tunes show, in short tunes of our own.
final class Section13SamplesTests: XCTestCase {
  func testSection13_1AnEnglishFile() throws {
    let text = """
      %abc-2.1
      H:This file holds short tunes
      % a comment
      O:England % the origin of all tunes is England

      X:1                      % tune no 1
      T:Test Jig, The          % title
      T:Second Name            % an alternative title
      C:Trad.                  % traditional
      R:DH                     % double hornpipe
      M:3/4                    % meter
      K:G                      % key
      B>cd BAG|GG G/2G/2G BG:|
      W:Hey, the first line of words;
      W:then the second one.

      X:2
      T:Test Slip Jig
      M:9/8
      K:G
      D|GFG GAG G2D|[1 EFE EFE EFG|A2G F2E D2:|\\ % no line-break in score
      M:12/8                   % change of meter
      [2 E2E EFE E2E EFG|\\     % no line-break in score
      M:9/8                    % change of meter
      A2G F2E D2|]

      X:3
      T:Test of Parts
      O:England; Gloucs; Bledington % place of origin
      P:(AB)2(AC)2A            % play the parts in this order
      M:6/8
      K:G
      [P:A] D|"G"G2G GBd|"C"E2"D7"F "G"G2:|
      [P:B] d|"G"e2d B2d|"D7"A2d "G"G2:|
      % changes of meter, using inline fields
      [T:Slows][M:4/4][L:1/4][P:C]"G"d2|"C"e2 "G"d2|[M:3/8][L:1/8] "G"B2 d |[M:6/8] "C"gfe "D7"d2c:|
      """
    let book = Tunebook(parsing: text)
    XCTAssertEqual(book.codes, [])
    let scores = book.tunes.map(\.score)
    XCTAssertEqual(
      scores.map { $0.values(of: "O") },
      [["England"], ["England"], ["England", "England; Gloucs; Bledington"]])
    XCTAssertEqual(scores[0].values(of: "T"), ["Test Jig, The", "Second Name"])
    XCTAssertEqual(scores[0].words, ["Hey, the first line of words;", "then the second one."])
    XCTAssertEqual(
      try lengths("B>cd BAG|GG G/2G/2G BG:|", header: "M:3/4\n"),
      "3/4 1/4 1/2 1/2 1/2 1/2 1/2 1/2 1/4 1/4 1/2 1/2 1/2")
    XCTAssertEqual(
      scores[1].voices[0].measures.map(\.meter.description), ["9/8", "9/8", "9/8", "9/8", "12/8", "9/8"])
    XCTAssertEqual(scores[1].voices[0].endings, [[], [], [1], [], [2], []])
    XCTAssertEqual(scores[2].partOrder.map { String($0) }, "ABABACACA")
    let parts = scores[2].voices[0]
    XCTAssertEqual(parts.measures.compactMap(\.part), ["A", "B", "C"])
    XCTAssertEqual(
      parts.measures.suffix(4).map(\.length), [Fraction(1, 2), Fraction(1), Fraction(3, 8), Fraction(3, 4)])
    XCTAssertEqual(parts.events.compactMap(parts.chordSymbol).prefix(5), ["G", "C", "D7", "G", "G"])
  }

  func testSection13_2AStrathspeyAndPipeMusic() throws {
    let text = """
      %abc-2.1
      M:4/4
      O:Scottish
      R:Strathspey

      X:1
      T:Test Strathspey
      K:D
      e<A A2 d>g (3fed|B<G G>B d2 d2:|

      X:2
      T:Test Piobaireachd
      I:linebreak $
      K:D
      {gcd}c<{e}A {gAGAG}A2 {gef}e>A {gAGAG}Ad|
      {g}c/d/e {g}G>{d}B {gf}gG {dc}d>B:|$
      {g}c<{GdG}e {gf}ga {f}g>e {g}f>d|]
      """
    assertParse(text)
    let scores = Tunebook(parsing: text).tunes.map(\.score)
    XCTAssertEqual(scores.map { $0.values(of: "R") }, [["Strathspey"], ["Strathspey"]])
    let strathspey = scores[0].voices[0]
    XCTAssertEqual(
      strathspey.events(in: strathspey.measures[0]).map { "\($0.duration * Fraction(4))" }.joined(
        separator: " "),
      "1/4 3/4 1 3/4 1/4 1/3 1/3 1/3")
    let pipes = scores[1].voices[0]
    XCTAssertEqual(pipes.measures.count, 3)
    XCTAssertEqual(pipes.measures.map(\.length), Array(repeating: Fraction(1), count: 3))
    let first = Array(pipes.events(in: pipes.measures[0]))
    XCTAssertEqual(first.map { $0.duration * Fraction(4) }.prefix(2), [Fraction(1, 4), Fraction(3, 4)])
    XCTAssertEqual(first.map(\.graceNotes.count), [3, 1, 5, 3, 0, 5, 0])
    XCTAssertEqual(pipes.graceNotes(of: first[0]).map(\.pitch), [79, 73, 74])
  }

  func testSection13_3Reels() throws {
    let text = """
      %abc-2.1
      M:4/4
      O:Irish
      R:Reel

      X:1
      T:Test Reel
      C:Trad.
      K:D
      eg|a2ab ageg|f2d2 d2:|\\
      ed|cecA B2ed|c2A2 A2:|
      K:G
      AB|cdec BcdB|c2A2 A2:|

      X:2
      T:Test of Chords
      K:D
      [c4a4] [B4g4]|efed c2cd|
      K:G
      c2d2 A4|A4 A4:|
      """
    assertParse(text)
    let scores = Tunebook(parsing: text).tunes.map(\.score)
    XCTAssertEqual(scores[0].voices[0].measures.map(\.key.fifths), [2, 2, 2, 2, 2, 2, 1, 1, 1])
    let last = try XCTUnwrap(scores[0].voices[0].events.dropLast(3).last)
    XCTAssertEqual(scores[0].voices[0].notes(of: last).map(\.pitch), [71])
    let chords = scores[1].voices[0]
    XCTAssertEqual(chords.events.prefix(2).map { chords.notes(of: $0).map(\.pitch) }, [[73, 81], [71, 79]])
    XCTAssertEqual(chords.pitches.suffix(4), [72, 74, 69, 69, 69].suffix(4))
  }

  func testSection13_4ACanzonetta() throws {
    let text = """
      %abc-2.1
      %%pagewidth      21cm
      %%titlefont      Times-Bold 32
      %%staffsep       60pt
      %%scale          0.7
      X: 1
      T: Canzonetta di prova
      C: Anon.
      M: C
      L: 1/4
      Q: "Andante mosso" 1/4 = 110
      %%score [1 2 3]
      V: 1 clef=treble name="Soprano"sname="A"
      V: 2 clef=treble name="Alto"   sname="T"
      V: 3 clef=bass middle=d name="Tenor"  sname="B"
      %%MIDI program 1 75 % recorder
      K: Eb
      % 1 - 4
      [V: 1] |:z4  |f2ec |_ddcc |G2!fermata!Gz ::e4|
      w: Son que-sti~i cre-spi cri-ni~e Deh, mi-a
      w: Que-sti son gli~oc-chi che mi-ran-do so.
      [V: 2] |:c2BG|AAGc |(F/G/A/B/)c=A|=E2!fermata!Ez::c4|
      w: Son que-sti~i cre-spi cri-ni~e que - - - - sto~il vi-so
      [V: 3] |:z4  |f2ec |_ddcf |c2!fermata!cz ::A4|
      % 5 - 7
      [V: 1] zAGF |\\
      w: che que-sto\\
      =EFG2 |1F2z2:|2F4|] % more notes
      w: sol de-si-o_. % more lyrics
      [V: 2] ABGA |GF3/2=E//D//E|1F2z2:|2F4|]
      [V: 3] _dBc>d|c4 |1F2z2:|2F4|]
      """
    let book = Tunebook(parsing: text)
    XCTAssertEqual(book.codes, [])
    let score = try XCTUnwrap(book.tunes.first).score
    XCTAssertEqual(
      score.directives.map(\.name), ["pagewidth", "titlefont", "staffsep", "scale", "score", "MIDI"])
    XCTAssertEqual(score.tempo?.quartersPerMinute, Fraction(110))
    XCTAssertEqual(score.tempo?.text, "Andante mosso")
    XCTAssertEqual(score.voices.map(\.identifier), ["1", "2", "3"])
    XCTAssertEqual(score.voices.map(\.staff.name), ["Soprano", "Alto", "Tenor"])
    XCTAssertEqual(score.voices.map(\.staff.subname), ["A", "T", "B"])
    XCTAssertEqual(score.voices.map(\.measures.count), [9, 9, 9])
    XCTAssertEqual(score.voices.map { $0.measures[3].closing?.repeatsAfter }, [1, 1, 1])
    XCTAssertEqual(score.voices[0].endings.suffix(2), [[1], [2]])
    let soprano = score.voices[0]
    XCTAssertEqual(
      soprano.events(in: soprano.measures[2]).flatMap { soprano.notes(of: $0).map(\.pitch) },
      [73, 73, 72, 72])
    let held = Array(soprano.events(in: soprano.measures[3]))[1]
    XCTAssertEqual(soprano.decorations(of: held), ["fermata"])
    XCTAssertEqual(
      soprano.words(1).split(separator: " ").prefix(7).joined(separator: " "),
      "Son que- sti~i cre- spi cri- ni~e")
    XCTAssertEqual(
      score.voices[1].words(1).split(separator: " ").prefix(15).joined(separator: " "),
      "Son que- sti~i cre- spi cri- ni~e que-____ · · · · sto~il vi- so")
    XCTAssertEqual(score.voices[2].pitches.prefix(3), [77, 75, 72])
  }
}
