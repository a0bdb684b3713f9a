import CharacterModel
import XCTest

@testable import TuneGenerator

final class TuneWriterTests: XCTestCase {
  private static let model = Result { try EmbeddedModel.load() }

  private func writer() throws -> TuneWriter { TuneWriter(model: try Self.model.get()) }

  func testTheEmbeddedModelReadsTunesAndHasItsMarkers() throws {
    let model = try Self.model.get()
    let encoding = TuneEncoding(model.vocabulary)
    XCTAssertTrue(encoding.hasMarkers)
    // A model that was trained does far better on a tune than an untrained one, which knows nothing.
    let tune = TrainingText.marked(
      "X:1\nT:The Test\nR:reel\nM:C|\nL:1/8\nK:G\nG2BG d2BG|A2cA e2cA|G2BG d2BG|A2FA G4:|\n")
    let nats = model.evaluate([try encoding.encode(tune)]).natsPerCharacter
    let untrained = RecurrentModel(vocabulary: model.vocabulary, architecture: model.architecture, seed: 1)
    XCTAssertLessThan(nats, 1.6)
    XCTAssertGreaterThan(untrained.evaluate([try encoding.encode(tune)]).natsPerCharacter, 3.5)
  }

  func testTheSameSeedWritesTheSameTune() throws {
    let writer = try writer()
    let first = try writer.write(seed: 7)
    XCTAssertEqual(first.abc, try writer.write(seed: 7).abc)
    XCTAssertNotEqual(first.abc, try writer.write(seed: 8).abc)
  }

  func testEveryTuneIsReadBackAndJudged() throws {
    let writer = try writer()
    var clean = 0
    for seed in UInt64(1)...12 {
      let tune = try writer.write(seed: seed)
      XCTAssertTrue(tune.abc.hasPrefix("X:1\nT:"), tune.abc)
      XCTAssertNotNil(tune.score, tune.abc)
      XCTAssertEqual(
        tune.isClean, tune.hasEnded && tune.tunebook.diagnostics.allSatisfy { $0.severity == .info })
      if tune.isClean { clean += 1 }
    }
    XCTAssertEqual(clean, 12, "under the constraint every tune is clean")
  }

  func testThePrimeBeginsTheTuneAndTheLengthIsKept() throws {
    let prime = "X:1\nT:Primed\nR:jig\nM:6/8\nL:1/8\nK:D\n"
    let tune = try writer().write(
      seed: 1, options: .init(maximumLength: 40, prime: prime, isConstrained: false))
    XCTAssertTrue(tune.abc.hasPrefix(prime))
    XCTAssertLessThanOrEqual(tune.abc.utf8.count, prime.utf8.count + 41)
    XCTAssertFalse(tune.hasEnded)
    XCTAssertFalse(tune.isClean)
    XCTAssertEqual(tune.score?.title, "Primed")
  }

  func testAPrimeThatTheModelCannotReadIsRefused() throws {
    let options = TuneWriter.Options(prime: "X:1\nT:\u{4E2D}\n")
    XCTAssertThrowsError(try writer().write(seed: 1, options: options))
  }

  func testRatesHaveTheirInterval() {
    let rate = CleanlinessReport.Rate(count: 50, total: 100)
    XCTAssertEqual(rate.interval.lowerBound, 0.4038, accuracy: 1e-3)
    XCTAssertEqual(rate.interval.upperBound, 0.5962, accuracy: 1e-3)
    XCTAssertEqual(CleanlinessReport.Rate(count: 0, total: 10).interval.lowerBound, 0)
  }
}
