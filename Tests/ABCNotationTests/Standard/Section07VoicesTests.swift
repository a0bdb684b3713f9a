import XCTest

@testable import ABCNotation

/// ABC 2.1, section 7: several voices.
final class Section07VoicesTests: XCTestCase {
  private let header = """
    X:1
    T:Zocharti Loch
    C:Louis Lewandowski (1821-1894)
    M:C
    Q:1/4=76
    %%score (T1 T2) (B1 B2)
    V:T1           clef=treble-8  name="Tenore I"   snm="T.I"
    V:T2           clef=treble-8  name="Tenore II"  snm="T.II"
    V:B1  middle=d clef=bass      name="Basso I"    snm="B.I"  transpose=-24
    V:B2  middle=d clef=bass      name="Basso II"   snm="B.II" transpose=-24
    K:Gm
    """

  private let byLine = """

    % 1
    [V:T1]  (B2c2 d2g2)  | f6e2 |
    [V:T2]  (G2A2 B2e2)  | d6c2 |
    [V:B1]       z8      | z2f2 g2a2 |
    [V:B2]       x8      |     x8    |

    """

  private let byVoice = """

    V:T1
     (B2c2 d2g2)  | f6e2 |
    V:T2
     (G2A2 B2e2)  | d6c2 |
    V:B1
     z8 | z2f2 g2a2 |
    V:B2
     x8 | x8 |

    """

  func testSection7TheExampleInBothLayouts() throws {
    for body in [byLine, byVoice] {
      assertParse(header + body)
      let voices = try readScore(header + body).voices
      XCTAssertEqual(voices.map(\.identifier), ["T1", "T2", "B1", "B2"])
      XCTAssertEqual(voices[0].pitches, [58, 60, 62, 67, 65, 63])
      XCTAssertEqual(voices[1].pitches, [55, 57, 58, 63, 62, 60])
      XCTAssertEqual(voices[2].pitches, [53, 55, 57])
      XCTAssertEqual(voices[3].pitches, [])
      XCTAssertEqual(voices.map(\.measures.count), [2, 2, 2, 2])
      XCTAssertEqual(voices[2].events.map(\.kind), [.rest, .rest, .note, .note, .note])
      XCTAssertEqual(voices[3].events.map(\.kind), [.invisibleRest, .invisibleRest])
    }
  }

  func testSection7TheSettingsOfTheExample() throws {
    let score = try readScore(header + byLine)
    XCTAssertEqual(score.directives.map { "\($0.name) \($0.value)" }, ["score (T1 T2) (B1 B2)"])
    XCTAssertEqual(score.voices.map(\.staff.name), ["Tenore I", "Tenore II", "Basso I", "Basso II"])
    XCTAssertEqual(score.voices.map(\.staff.subname), ["T.I", "T.II", "B.I", "B.II"])
    XCTAssertEqual(score.voices.map(\.staff.clef?.shape), [.treble, .treble, .bass, .bass])
    XCTAssertEqual(score.voices.map(\.staff.clef?.octave), [-1, -1, 0, 0])
    XCTAssertEqual(score.voices.map(\.staff.middle), [nil, nil, "d", "d"])
    XCTAssertEqual(score.voices.map(\.staff.transposition), [0, 0, -24, -24])
  }

  func testSection7TwentyCharactersOfANameCount() throws {
    let text = tune("[V:abcdefghijklmnopqrst1]C8|\n[V:abcdefghijklmnopqrst2]D8|")
    XCTAssertEqual(try readScore(text).voices.map(\.pitches), [[60, 62]])
    let other = tune("[V:abcdefghijklmnopqrs1]C8|\n[V:abcdefghijklmnopqrs2]D8|")
    XCTAssertEqual(try readScore(other).voices.map(\.pitches), [[60], [62]])
  }

  func testSection7AVoiceHasAName() {
    assertParse(tune("C8|", header: "M:4/4\nL:1/8\nV:⟦ABC115⟧\n"))
  }

  // MARK: 7.1

  func testSection7_1VoiceProperties() throws {
    for field in [
      "V:T name=\"Tenor\" subname=\"T\" stem=up clef=treble-8", "V:T nm=\"Tenor\" snm=\"T\" stem=up treble-8",
    ] {
      let text = tune("C8|", header: "M:4/4\nL:1/8\n\(field)\n")
      assertParse(text)
      let voice = try XCTUnwrap(try readScore(text).voices.first)
      XCTAssertEqual(voice.identifier, "T")
      XCTAssertEqual(voice.staff.name, "Tenor")
      XCTAssertEqual(voice.staff.subname, "T")
      XCTAssertEqual(voice.staff.stem, .up)
      XCTAssertEqual(voice.staff.clef?.octave, -1)
      XCTAssertEqual(voice.pitches, [48])
    }
    XCTAssertEqual(try readVoice("C8|", header: "V:1 stem=down\n").staff.stem, .down)
  }

  func testSection7_1PropertiesInTheBody() throws {
    let voices = try readScore(tune("V:1 name=\"One\"\nC8|\nV:2 clef=bass octave=-1\nC8|\nV:1 octave=1\nC8|"))
      .voices
    XCTAssertEqual(voices.map(\.pitches), [[60, 72], [48]])
    XCTAssertEqual(voices[1].staff.clef?.shape, .bass)
  }

  func testSection7_1UnknownPropertiesAreIgnored() throws {
    let text = tune("C8|", header: "M:4/4\nL:1/8\nV:1 something=else name=\"One\" gstem=up\n")
    assertParse(text)
    XCTAssertEqual(try readScore(text).voices.first?.staff.name, "One")
  }

  // MARK: 7.2

  func testSection7_2LineBreaksOfTheVoicesChangeNoSound() throws {
    let matched = try readScore(tune("[V:1]C8|\n[V:2]E8|\n[V:1]D8|\n[V:2]F8|")).voices.map(\.pitches)
    let other = try readScore(tune("[V:1]C8|\nD8|\n[V:2]E8|F8|")).voices.map(\.pitches)
    XCTAssertEqual(matched, [[60, 62], [64, 65]])
    XCTAssertEqual(other, matched)
  }

  // MARK: 7.3

  func testSection7_3FieldsAreRepeatedInEveryVoice() throws {
    let text = tune("[V:1] C4|[M:3/4]CEG|Gce|\n[V:2] E4|[M:3/4]G3 |E3 |", header: "M:4/4\nL:1/4\n")
    assertParse(text)
    for voice in try readScore(text).voices {
      XCTAssertEqual(voice.measures.map(\.meter.description), ["4/4", "3/4", "3/4"])
    }
  }

  func testSection7_3AFieldOfOneVoiceLeavesTheOthers() throws {
    let voices = try readScore(tune("[V:1]C8|[K:D][L:1/4]F4|\n[V:2]F8|F8|")).voices
    XCTAssertEqual(voices.map(\.pitches), [[60, 66], [65, 65]])
    XCTAssertEqual(
      voices.map { $0.events.map(\.duration) }, [[1, 1], [1, 1]].map { $0.map { Fraction($0) } })
  }

  func testSection7_3AccidentalsAndTiesBelongToTheirVoice() throws {
    let text = tune("[V:1]^F4-\n[V:2]F8|\n[V:1]F4|")
    XCTAssertEqual(try readScore(text).voices.map(\.pitches), [[66, 66], [65]])
    assertParse(text)
  }

  // MARK: 7.4

  func testSection7_4VoiceOverlay() throws {
    let music = "A2 |  c d e f g  a  &\\\n A A A A A  A  &\\\n F E D C B, A, |]"
    let header = "M:6/8\nL:1/8\n"
    assertParse(tune(music, header: header))
    let voice = try readVoice(music, header: header)
    XCTAssertEqual(voice.measures.count, 2)
    let events = voice.events(in: voice.measures[1])
    let layers = (0...2).map { layer in events.filter { $0.layer == layer } }
    XCTAssertEqual(
      layers.map { $0.flatMap { voice.notes(of: $0).map(\.pitch) } },
      [[72, 74, 76, 77, 79, 81], [69, 69, 69, 69, 69, 69], [65, 64, 62, 60, 59, 57]])
    for layer in layers { XCTAssertEqual(layer.map(\.onset), (0...5).map { Fraction($0, 8) }) }
  }

  func testSection7_4AnOverlayMayReachBackOverTwoBars() throws {
    let music = " g4 f4 | e6 e2 |\\\n&& (d8 | c6) c2|"
    XCTAssertEqual(notes(music), "0+2:79 2+2:77 0+4:74 | 0+3:76 3+1:76 0+3:72 3+1:72")
    assertParse(tune(music))
    let split = " g4 f4 | e6 e2  |\n&& (d8  | c6) c2|"
    XCTAssertEqual(notes(split), notes(music))
    let voice = try readVoice(music)
    XCTAssertEqual(voice.measures.map { voice.events(in: $0).map(\.layer) }, [[0, 0, 1], [0, 0, 1, 1]])
  }

  func testSection7_4WordsDisregardOverlays() throws {
    let music = " g4 f4 | e6 e2  |\n&& (d8  | c6) c2|\nw: ha-la-| lu-yoh\n+: lu- |  -yoh"
    let voice = try XCTUnwrap(try readScore(strict(music)).voices.first)
    XCTAssertEqual(voice.words(), "ha- la- lu- yoh lu-_ · yoh")
  }

  func testSection7_4SymbolsDisregardOverlays() throws {
    let voice = try readVoice("C4D4&E4F4|\ns: !p! * !f! !ff!")
    XCTAssertEqual(voice.marks, "!p! - !f! !ff!")
  }

  func testSection7_4AccidentalsOfAnOverlayAreItsOwn() {
    XCTAssertEqual(notes("^F8&F8|F8|"), "0+4:66 0+4:65 | 0+4:65")
  }
}
