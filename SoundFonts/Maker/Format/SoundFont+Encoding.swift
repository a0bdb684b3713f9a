extension SoundFont {
  /// Zero frames that must follow every sample (SoundFont 2.04, section 6.1).
  static let silenceAfterSample = 46

  /// The bytes of the `.sf2` file: RIFF form `sfbk` with its INFO, sdta and pdta lists (section 4).
  func encoded() -> [UInt8] {
    var file = RIFFWriter()
    file.append(list: "RIFF", form: "sfbk") { form in
      form.append(list: "LIST", form: "INFO") { appendInformation(to: &$0) }
      form.append(list: "LIST", form: "sdta") { $0.append(chunk: "smpl") { appendSampleData(to: &$0) } }
      form.append(list: "LIST", form: "pdta") { list in
        appendPresets(to: &list)
        appendInstruments(to: &list)
        list.append(chunk: "shdr") { appendSampleHeaders(to: &$0) }
      }
    }
    return file.bytes
  }

  /// Section 5: version 2.01, target engine, names and licence.
  private func appendInformation(to list: inout RIFFWriter) {
    list.append(chunk: "ifil") {
      $0.append(UInt16(2))
      $0.append(UInt16(1))
    }
    list.append(chunk: "isng", text: "EMU8000")
    list.append(chunk: "INAM", text: name)
    list.append(chunk: "ICOP", text: copyright)
    list.append(chunk: "ICMT", text: comment)
  }

  private func appendSampleData(to chunk: inout RIFFWriter) {
    for sample in samples {
      for frame in sample.frames { chunk.append(frame) }
      for _ in 0..<Self.silenceAfterSample { chunk.append(Int16(0)) }
    }
  }

  /// Sections 7.2 to 7.5: `phdr`, `pbag`, `pmod` and `pgen`.
  private func appendPresets(to list: inout RIFFWriter) {
    let ordered = presets.sorted { ($0.bank, $0.program) < ($1.bank, $1.program) }
    list.append(chunk: "phdr") { chunk in
      var bag = 0
      for preset in ordered {
        chunk.appendPresetHeader(preset.name, program: preset.program, bank: preset.bank, bag: bag)
        bag += preset.zones.count
      }
      chunk.appendPresetHeader("EOP", program: 0, bank: 0, bag: bag)
    }
    list.appendZones(ordered.flatMap(\.zones), target: .instrument, prefix: "p")
  }

  /// Sections 7.6 to 7.9: `inst`, `ibag`, `imod` and `igen`.
  private func appendInstruments(to list: inout RIFFWriter) {
    list.append(chunk: "inst") { chunk in
      var bag = 0
      for instrument in instruments {
        chunk.append(name: instrument.name, length: 20)
        chunk.append(UInt16(bag))
        bag += instrument.zones.count
      }
      chunk.append(name: "EOI", length: 20)
      chunk.append(UInt16(bag))
    }
    list.appendZones(instruments.flatMap(\.zones), target: .sampleID, prefix: "i")
  }

  /// Section 7.10: `shdr`. A sample that plays once has its loop points at its end.
  private func appendSampleHeaders(to chunk: inout RIFFWriter) {
    var start = 0
    for sample in samples {
      let end = start + sample.frames.count
      let loop = sample.loop ?? sample.frames.count..<sample.frames.count
      chunk.append(name: sample.name, length: 20)
      chunk.append(UInt32(start))
      chunk.append(UInt32(end))
      chunk.append(UInt32(start + loop.lowerBound))
      chunk.append(UInt32(start + loop.upperBound))
      chunk.append(UInt32(sample.rate))
      chunk.append(UInt8(sample.rootKey))
      chunk.append(Int8(0))
      chunk.append(UInt16(0))
      chunk.append(UInt16(1))
      start = end + Self.silenceAfterSample
    }
    chunk.append(name: "EOS", length: 20)
    chunk.append(UInt64(0))
    chunk.append(UInt64(0))
    chunk.append(UInt64(0))
    chunk.append(UInt16(0))
  }
}

extension RIFFWriter {
  fileprivate mutating func appendPresetHeader(_ name: String, program: Int, bank: Int, bag: Int) {
    append(name: name, length: 20)
    append(UInt16(program))
    append(UInt16(bank))
    append(UInt16(bag))
    append(UInt32(0))
    append(UInt32(0))
    append(UInt32(0))
  }

  /// Writes the bag, modulator and generator chunks of a list of zones, each with its terminal record.
  fileprivate mutating func appendZones(_ zones: [SoundFont.Zone], target: Generator.Operator, prefix: String)
  {
    let generators = zones.map { $0.orderedGenerators(target: target) }
    append(chunk: prefix + "bag") { chunk in
      var generatorIndex = 0
      var modulatorIndex = 0
      for (zone, own) in zip(zones, generators) {
        chunk.append(UInt16(generatorIndex))
        chunk.append(UInt16(modulatorIndex))
        generatorIndex += own.count
        modulatorIndex += zone.modulators.count
      }
      chunk.append(UInt16(generatorIndex))
      chunk.append(UInt16(modulatorIndex))
    }
    append(chunk: prefix + "mod") { chunk in
      for modulator in zones.flatMap(\.modulators) {
        chunk.append(modulator.source)
        chunk.append(modulator.destination.rawValue)
        chunk.append(modulator.amount)
        chunk.append(UInt16(0))
        chunk.append(UInt16(0))
      }
      for _ in 0..<5 { chunk.append(UInt16(0)) }
    }
    append(chunk: prefix + "gen") { chunk in
      for generator in generators.joined() {
        chunk.append(generator.kind.rawValue)
        chunk.append(generator.amount)
      }
      chunk.append(UInt32(0))
    }
  }
}

extension SoundFont.Zone {
  /// The zone's generators in the order the file demands: key range, velocity range, the others, target (section 8.1.2).
  fileprivate func orderedGenerators(target kind: Generator.Operator) -> [Generator] {
    var ordered: [Generator] = []
    if let keys { ordered.append(Generator(.keyRange, range: keys)) }
    if let velocities { ordered.append(Generator(.velocityRange, range: velocities)) }
    ordered += generators
    if let target { ordered.append(Generator(kind, target)) }
    return ordered
  }
}
