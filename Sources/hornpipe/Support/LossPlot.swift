import CharacterModel

/// A plot of the losses of a training run as SVG.
struct LossPlot {
  private var training: [(epoch: Int, loss: Double)] = []
  private var validation: [(epoch: Int, loss: Double)] = []

  /// Adds an epoch.
  mutating func add(_ report: EpochReport) {
    training.append((report.epoch, report.trainingLoss))
    if let loss = report.validationLoss { validation.append((report.epoch, loss)) }
  }

  /// The picture.
  var svg: String {
    let (width, height, margin) = (640.0, 400.0, 48.0)
    let losses = (training + validation).map(\.loss)
    let low = ((losses.min() ?? 0) * 5).rounded(.down) / 5
    let high = max(((losses.max() ?? 1) * 5).rounded(.up) / 5, low + 0.2)
    let last = Double(max(training.last?.epoch ?? 1, 2))
    func place(_ point: (epoch: Int, loss: Double)) -> String {
      let x = margin + (Double(point.epoch) - 1) / (last - 1) * (width - 2 * margin)
      let y = height - margin - (point.loss - low) / (high - low) * (height - 2 * margin)
      return "\(x.text(decimals: 1)),\(y.text(decimals: 1))"
    }
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" font-family="sans-serif" font-size="12">
      <rect width="640" height="400" fill="white"/>

      """
    for step in 0...5 {
      let loss = low + (high - low) * Double(step) / 5
      let y = height - margin - (height - 2 * margin) * Double(step) / 5
      let line = y.text(decimals: 1)
      svg += "<line x1=\"48\" x2=\"592\" y1=\"\(line)\" y2=\"\(line)\" stroke=\"#ddd\"/>\n"
      svg += "<text x=\"8\" y=\"\((y + 4).text(decimals: 1))\">\(loss.text(decimals: 2))</text>\n"
    }
    svg += "<text x=\"48\" y=\"376\">1</text><text x=\"570\" y=\"376\">\(Int(last))</text>\n"
    svg += "<text x=\"300\" y=\"392\">epoch</text><text x=\"8\" y=\"24\">nats a character</text>\n"
    for (name, points, color, x) in [
      ("training", training, "#1b6ca8", 420), ("validation", validation, "#c1440e", 510),
    ] where !points.isEmpty {
      let path = points.map(place).joined(separator: " ")
      svg += "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" points=\"\(path)\"/>\n"
      svg += "<text x=\"\(x)\" y=\"24\" fill=\"\(color)\">\(name)</text>\n"
    }
    return svg + "</svg>\n"
  }
}
