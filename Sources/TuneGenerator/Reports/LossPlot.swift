import CharacterModel

/// A plot of the losses of training runs as SVG.
public struct LossPlot: Sendable {
  private typealias Point = (epoch: Int, loss: Double)
  /// By run.
  private var training: [[Point]] = []
  private var validation: [[Point]] = []

  /// A plot of no epoch yet.
  public init() {}

  /// Adds an epoch of a run, which are numbered from 0.
  public mutating func add(epoch: Int, trainingLoss: Double, validationLoss: Double?, run: Int = 0) {
    while training.count <= run {
      training.append([])
      validation.append([])
    }
    training[run].append((epoch, trainingLoss))
    if let validationLoss { validation[run].append((epoch, validationLoss)) }
  }

  /// Adds an epoch.
  public mutating func add(_ report: EpochReport) {
    add(epoch: report.epoch, trainingLoss: report.trainingLoss, validationLoss: report.validationLoss)
  }

  /// The picture.
  public var svg: String {
    let (width, height, margin) = (640.0, 400.0, 48.0)
    let losses = (training + validation).flatMap { $0.map(\.loss) }.filter(\.isFinite)
    let low = ((losses.min() ?? 0) * 5).rounded(.down) / 5
    let high = max(((losses.max() ?? 1) * 5).rounded(.up) / 5, low + 0.2)
    let last = Double(max(training.compactMap(\.last?.epoch).max() ?? 1, 2))
    func place(_ point: Point) -> String {
      let x = margin + (Double(point.epoch) - 1) / (last - 1) * (width - 2 * margin)
      let y = height - margin - (point.loss - low) / (high - low) * (height - 2 * margin)
      return "\(x.text(decimals: 1)),\(y.text(decimals: 1))"
    }
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400" \
      font-family="sans-serif" font-size="12">
      <title>Losses by epoch</title>
      <rect width="640" height="400" fill="white"/>

      """
    for step in 0...5 {
      let loss = low + (high - low) * Double(step) / 5
      let y = height - margin - (height - 2 * margin) * Double(step) / 5
      let line = y.text(decimals: 1)
      svg += "<line x1=\"48\" x2=\"592\" y1=\"\(line)\" y2=\"\(line)\" stroke=\"#ddd\"/>\n"
      svg += "<text x=\"8\" y=\"\((y + 4).text(decimals: 1))\">\(loss.text(decimals: 2))</text>\n"
    }
    svg += "<text x=\"48\" y=\"372\">1</text>"
    svg += "<text x=\"592\" y=\"372\" text-anchor=\"end\">\(Int(last))</text>\n"
    svg += "<text x=\"320\" y=\"388\" text-anchor=\"middle\">epoch</text>"
    svg += "<text x=\"8\" y=\"24\">nats a character</text>\n"
    for (name, runs, color, x) in [
      ("training", training, "#1b6ca8", 420), ("validation", validation, "#c1440e", 510),
    ] where runs.contains(where: { !$0.isEmpty }) {
      for points in runs where !points.isEmpty {
        let path = points.filter { $0.loss.isFinite }.map(place).joined(separator: " ")
        svg += "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" points=\"\(path)\"/>\n"
      }
      svg += "<text x=\"\(x)\" y=\"24\" fill=\"\(color)\">\(name)</text>\n"
    }
    return svg + "</svg>\n"
  }
}
