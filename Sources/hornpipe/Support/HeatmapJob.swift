import ArgumentParser
import CharacterModel
import SystemFiles
import TuneGenerator

/// The work of `heatmap`.
struct HeatmapJob {
  let command: HeatmapCommand
  let model: RecurrentModel
  private let encoding: TuneEncoding

  init(command: HeatmapCommand, model: RecurrentModel) {
    self.command = command
    self.model = model
    encoding = TuneEncoding(model.vocabulary)
  }

  func run() throws {
    if command.find { return try find() }
    let shape = model.architecture
    let layer = command.layer ?? 1
    guard layer <= shape.layers else {
      throw fail("the model has \(shape.layers) layers, there is no layer \(layer)")
    }
    let isPage = command.output.map { PathName($0).fileExtension.lowercased() == "html" } ?? false
    let units = command.neurons ?? (isPage ? Array(0..<shape.hiddenSize) : [0])
    if let unit = units.first(where: { $0 >= shape.hiddenSize }) {
      throw fail("the model has \(shape.hiddenSize) units a layer, from 0; there is no unit \(unit)")
    }
    let (text, title) = try tune()
    let (characters, indices) = try read(text)
    let trace = model.trace(indices)
    let heatmap = Heatmap(
      title: title, characters: characters,
      rows: units.map { unit in
        .init(name: "layer \(layer), unit \(unit)", values: trace.activations(layer: layer - 1, unit: unit))
      })
    guard let path = command.output else {
      return Console.write(heatmap.terminalText(isColoured: TerminalStyle.output.isColoured))
    }
    let content =
      switch PathName(path).fileExtension.lowercased() {
      case "html": heatmap.html
      case "txt": heatmap.terminalText(isColoured: false)
      default: heatmap.svg
      }
    try OutputFile.write(content.utf8, to: path)
  }

  /// A marked tune, and what to call it.
  private func tune() throws -> (text: String, title: String) {
    if let path = command.tune {
      guard let tune = try TuneFiles.read(path, report: Console.note).first else {
        throw fail("\(path) holds no tune")
      }
      return (tune, "\(command.model) reads \(PathName(path).lastComponent)")
    }
    let seed = command.seed ?? 1
    let written = try TuneWriter(model: model).write(seed: seed)
    return (TrainingText.marked(written.abc), "\(command.model) reads its tune of seed \(seed)")
  }

  private func read(_ tune: String) throws -> (characters: [String], indices: [Int32]) {
    (TuneFeatures.characters(of: tune, hasMarkers: encoding.hasMarkers), try encoding.encode(tune))
  }

  // MARK: - Ranking

  private struct Found: Encodable {
    let feature: String
    let layer: Int
    let unit: Int
    let correlation: Double
  }

  private func find() throws {
    guard let path = command.corpus ?? command.tune else {
      throw fail("--find needs --corpus, tunes for the units to read")
    }
    let ranking = try UnitRanking(model: model, tunes: try TuneFiles.read(path, report: Console.note))
    let (read, unknown) = (ranking.read, ranking.unknown)
    if unknown > 0 { Console.note("\(unknown) tunes have characters that the model does not know") }
    guard read > 0 else { throw fail("\(path) holds no tune that the model can read") }
    if !command.json {
      Console.write("Pearson's correlation of a unit with a feature, over the characters of \(read) tunes\n")
    }
    for (index, feature) in TuneFeature.allCases.enumerated()
    where ranking.correlations.positions(feature: index) > 0 {
      try show(ranking.correlations.ranking(feature: index, count: command.top), of: feature)
    }
  }

  private func show(_ units: [UnitCorrelations.Ranked], of feature: TuneFeature) throws {
    // A feature that never changes in this text ranks nothing.
    let units = units.filter { $0.correlation != 0 }
    if command.json {
      for unit in units {
        try Console.writeJSON(
          Found(
            feature: feature.rawValue, layer: unit.layer + 1, unit: unit.unit, correlation: unit.correlation))
      }
      return
    }
    guard !units.isEmpty else { return }
    let found = units.map { "layer \($0.layer + 1) unit \($0.unit) (\($0.correlation.text(decimals: 2)))" }
    Console.write("\(feature.title): \(found.joined(separator: ", "))\n")
  }

  private func fail(_ message: String) -> ExitCode {
    Console.error(message)
    return .impossible
  }
}
