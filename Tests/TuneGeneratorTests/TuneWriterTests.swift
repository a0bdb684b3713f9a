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

  func testTunesWrittenSideBySideAreThoseWrittenAlone() throws {
    let writer = try writer()
    let seeds = (1...40).map { UInt64($0) }
    for isConstrained in [true, false] {
      let options = TuneWriter.Options(sampling: .init(temperature: 1.1), isConstrained: isConstrained)
      let together = writer.write(seeds: seeds, options: options)
      for (seed, result) in zip(seeds, together) {
        XCTAssertEqual(try result?.get().abc, try writer.write(seed: seed, options: options).abc)
      }
    }
  }

  func testWhatIsSettledIsTheBeginningOfTheTune() throws {
    let writer = try writer()
    for seed in UInt64(1)...10 {
      var settled: [String] = []
      let tune = try writer.write(
        seed: seed, options: .init(sampling: .init(temperature: 1.5)), progress: { settled.append($0) })
      XCTAssertTrue(settled.allSatisfy { tune.abc.hasPrefix($0) })
      XCTAssertTrue(zip(settled, settled.dropFirst()).allSatisfy { $1.hasPrefix($0) })
      XCTAssertGreaterThan(settled.last?.count ?? 0, tune.abc.count / 4)
    }
  }

  func testBarsAreReplacedAndTheRestIsKept() throws {
    let writer = try writer()
    let before = "X:1\nT:Kept\nR:reel\nM:4/4\nL:1/8\nK:G\n|:D|G2BG d2BG|A2cA e2cA|"
    let after = "|A2FA G3:|\n|:d|g2fg e2dB|cBAG FGAF|G2BG d2BG|A2FA G3:|\n"
    for seed in UInt64(1)...5 {
      let tune = try writer.infill(before + "G2BG d2BG" + after, bars: 3...3, seed: seed, candidates: 3)
      XCTAssertTrue(tune.isClean && tune.abc.hasPrefix(before) && tune.abc.hasSuffix(after), tune.abc)
    }
    let end = try writer.infill(before + "G2BG d2BG" + after, bars: 7...8, seed: 1, candidates: 2)
    XCTAssertTrue(end.isClean && end.abc.hasPrefix(before) && end.abc.hasSuffix(":|\n"), end.abc)
    XCTAssertThrowsError(try writer.infill(before + "G8" + after, bars: 4...5, seed: 1)) {
      XCTAssertEqual($0 as? GenerationError, .barsAcrossStrains)
    }
    XCTAssertThrowsError(try writer.infill(before + "G8" + after, bars: 8...9, seed: 1)) {
      XCTAssertEqual($0 as? GenerationError, .noSuchBars(count: 8))
    }
    XCTAssertThrowsError(try writer.infill("X:1\nT:A\nK:C\n", bars: 1...1, seed: 1)) {
      XCTAssertEqual($0 as? GenerationError, .notInNormalForm)
    }
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
