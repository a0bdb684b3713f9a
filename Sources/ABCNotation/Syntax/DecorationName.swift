/// The names of decorations that a lone `!` may begin.
enum DecorationName {
  /// Those of the standard (ABC 2.1, 4.14) that cannot be taken for notes: behind a `!` that breaks the line, `f` is
  /// music, and `trill(` the start of a slur.
  private static let names: [[UInt8]] = [
    "trill", "lowermordent", "uppermordent", "mordent", "pralltriller", "roll", "turn", "turnx",
    "invertedturn", "invertedturnx", "arpeggio", "accent", "emphasis", "fermata", "invertedfermata", "tenuto",
    "plus",
    "snap", "slide", "wedge", "upbow", "downbow", "open", "thumb", "breath", "crescendo(", "crescendo)",
    "diminuendo(",
    "diminuendo)", "segno", "coda", "fine", "dacapo", "dacoda", "shortphrase", "mediumphrase", "longphrase",
    "staccato", "D.C.", "D.S.",
  ].map { Array($0.utf8) }

  /// The length of the longest name at a place of some bytes; 0 if there is none.
  static func length(atStartOf bytes: InlineArray<40, UInt8>, from start: Int, count: Int) -> Int {
    var longest = 0
    for name in names where name.count > longest && start + name.count <= count {
      if name.indices.allSatisfy({ bytes[start + $0] == name[$0] }) { longest = name.count }
    }
    return longest
  }

  /// All names of the standard, and those that programs such as abcm2ps, abc2midi and abcjs have added.
  private static let known: Set<String> = Set(
    (names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") + " " + """
      trill( trill) 0 1 2 3 4 5 > < ^ v . + / // /// //// - ~ pppp ppp pp p mp mf f ff fff ffff sfz sf sfp fp fz rf rfz sffz \
      crescendo( crescendo) <( <) diminuendo( diminuendo) >( >) cresc decresc dim D.C.alcoda D.C.alfine \
      D.S.alcoda D.S.alfine fermata( dacapo( 8va( 8va) 8vb( 8vb) 15ma( 15ma) 15mb( 15mb) ped ped( ped) ped-up \
      marcato staccatissimo spiccato stress irishroll gmark sphrase mphrase lphrase dot umarcato lmordent \
      invisible invis repeatbar repeatbar2 xstem stemless beamon beam-accent beambr1 beambr2 trem1 trem2 trem3 \
      trem4 tremolo1 tremolo2 -( -) ~( ~) //- rbend rbstop straight doublestraight cacc editorial courtesy \
      glissando glissando( glissando) slur( slur) tie( tie) bend slide( slide) nil none head- arp ghost
      """).split(separator: " ").map(String.init))

  /// Whether a name between two `!` means something to some program.
  static func isKnown(_ name: String) -> Bool {
    known.contains(name) || name.hasPrefix("style=") || name.hasPrefix("head-")
      || known.contains(name.lowercased())
  }

  /// The known name that one differs from by one slip.
  static func misspelt(_ name: String) -> String? {
    guard name.utf8.count > 3 else { return nil }
    let letters = Array(name.lowercased().utf8)
    return known.filter { $0.utf8.count > 3 }.sorted().first { Spelling.isOneSlip(letters, Array($0.utf8)) }
  }
}
