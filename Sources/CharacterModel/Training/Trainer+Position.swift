/// The part of a checkpoint that is not tensors, as JSON. Words of 64 bits and sums are strings of their bits,
/// since JSON numbers do not hold them exactly.
extension Trainer {
  var position: JSONValue {
    func integers(_ values: [Int]) -> JSONValue { .array(values.map { .number(Double($0)) }) }
    func bits(_ value: UInt64) -> JSONValue { .string(String(value, radix: 16)) }
    var members: [JSONValue.Member] = [
      .init("configuration", configuration.jsonValue),
      .init("corpus", .string(Self.fingerprint(of: tunes))),
      .init("finished_epochs", .number(Double(finishedEpochs))),
      .init("optimizer_updates", .number(Double(optimizer.updates))),
      .init("epoch_updates", .number(Double(epoch.updates))),
      .init("epoch_predictions", .number(Double(epoch.predictions))),
      .init("epoch_nats", bits(epoch.nats.bitPattern)),
      .init("epoch_seconds", bits(epoch.seconds.bitPattern)),
      .init("random", .array(random.state.map(bits))),
    ]
    switch source {
    case .slices(let slices):
      members += [
        .init("order", integers(slices.order)), .init("order_position", integers([slices.position])),
      ]
    case .streams(let streams):
      members += [
        .init("order", integers(streams.order)), .init("order_position", integers([streams.position])),
        .init("lane_tunes", integers(streams.lanes.map { $0?.tune ?? -1 })),
        .init("lane_positions", integers(streams.lanes.map { $0?.position ?? -1 })),
      ]
    }
    return .object(members)
  }

  /// Takes up a saved position; false where it is not one of this run.
  func restore(_ position: JSONValue) -> Bool {
    func integers(_ name: String) -> [Int]? {
      guard let elements = position[name]?.elements else { return nil }
      let values = elements.compactMap(\.integer)
      return values.count == elements.count ? values : nil
    }
    func count(_ name: String) -> Int? { position[name]?.integer.flatMap { $0 >= 0 ? $0 : nil } }
    func bits(_ value: JSONValue?) -> UInt64? { value?.text.flatMap { UInt64($0, radix: 16) } }
    guard let finished = count("finished_epochs"), let updates = count("optimizer_updates"),
      let epochUpdates = count("epoch_updates"), let predictions = count("epoch_predictions"),
      let nats = bits(position["epoch_nats"]), let seconds = bits(position["epoch_seconds"]),
      let words = position["random"]?.elements?.compactMap(bits), let random = RandomSource(state: words),
      let order = integers("order"), let orderPosition = integers("order_position")?.first,
      orderPosition >= 0, orderPosition <= order.count
    else { return false }
    guard
      restore(
        order: order, position: orderPosition, lanes: (integers("lane_tunes"), integers("lane_positions")))
    else { return false }
    finishedEpochs = finished
    optimizer.updates = updates
    epoch = EpochTally(
      updates: epochUpdates, nats: Double(bitPattern: nats), predictions: predictions,
      seconds: Double(bitPattern: seconds))
    self.random = random
    return true
  }

  private func restore(order: [Int], position: Int, lanes: (tunes: [Int]?, positions: [Int]?)) -> Bool {
    switch source {
    case .slices(var slices):
      guard order.isEmpty || order.sorted() == slices.eligible else { return false }
      slices.order = order
      slices.position = position
      source = .slices(slices)
    case .streams(var streams):
      guard order.isEmpty || order.sorted() == streams.eligible, let tunes = lanes.tunes,
        let positions = lanes.positions, tunes.count == streams.lanes.count, positions.count == tunes.count
      else { return false }
      for (lane, (tune, position)) in zip(tunes, positions).enumerated() {
        if tune == -1 {
          streams.lanes[lane] = nil
        } else {
          guard self.tunes.indices.contains(tune), position >= 0, position + 1 < self.tunes[tune].count else {
            return false
          }
          streams.lanes[lane] = TuneStreams.Lane(tune: tune, position: position)
        }
      }
      streams.order = order
      streams.position = position
      source = .streams(streams)
    }
    return true
  }
}
