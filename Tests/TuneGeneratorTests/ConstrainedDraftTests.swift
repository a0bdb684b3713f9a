import ABCNotation
import CharacterModel
import Foundation
import XCTest

@testable import TuneGenerator

final class ConstrainedDraftTests: XCTestCase {
  private static let model = Result { try EmbeddedModel.load() }
  private static let starter = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus/starter.abc")

  private func writer() throws -> TuneWriter { TuneWriter(model: try Self.model.get()) }

  private func options(_ temperature: Double) -> TuneWriter.Options {
    TuneWriter.Options(sampling: SamplingOptions(temperature: temperature))
  }

  func testEveryTuneIsCleanHoweverHotItIsWritten() throws {
    let writer = try writer()
    var (draws, accepted) = (0, 0)
    for temperature in [0.5, 1, 1.5] {
      for seed in UInt64(1)...15 {
        let tune = try writer.write(seed: seed, options: options(temperature))
        XCTAssertTrue(tune.hasEnded && tune.isClean, "\(temperature) \(seed): \(tune.abc)")
        XCTAssertTrue(tune.hasRightBars, tune.abc)
        XCTAssertTrue(tune.abc.hasSuffix("|\n") || tune.abc.hasSuffix("|]\n"), tune.abc)
        if temperature == 1 { (draws, accepted) = (draws + tune.draws, accepted + tune.acceptedDraws) }
      }
    }
    // What a good model says hardly needs the constraint.
    XCTAssertGreaterThan(Double(accepted) / Double(draws), 0.98)
  }

  /// A model that has learnt nothing writes clean tunes too: it is the constraint that knows.
  func testAModelThatHasLearntNothingWritesCleanTunesToo() throws {
    let vocabulary = try Self.model.get().vocabulary
    let untrained = RecurrentModel(
      vocabulary: vocabulary, architecture: ModelArchitecture(cell: .lstm, embeddingSize: 8, hiddenSize: 16),
      seed: 1)
    for seed in UInt64(1)...4 {
      var options = options(1)
      options.maximumLength = 300
      let tune = try TuneWriter(model: untrained).write(seed: seed, options: options)
      XCTAssertTrue(tune.isClean, tune.abc)
      XCTAssertLessThanOrEqual(tune.abc.unicodeScalars.count, 300)
    }
  }

  func testTunesEndInTime() throws {
    let writer = try writer()
    for length in [60, 100, 150] {
      for seed in UInt64(1)...8 {
        var options = options(1)
        options.maximumLength = length
        let tune = try writer.write(seed: seed, options: options)
        XCTAssertTrue(tune.isClean, tune.abc)
        XCTAssertLessThanOrEqual(tune.abc.unicodeScalars.count, length)
        XCTAssertTrue(tune.wasCompleted || tune.abc.unicodeScalars.count < length)
      }
    }
    var options = options(1)
    options.maximumLength = 20
    XCTAssertThrowsError(try writer.write(seed: 1, options: options)) {
      XCTAssertEqual($0 as? GenerationError, .tooShort(maximumLength: 20))
    }
  }

  func testWhatIsAskedOfTheHeaderComesOut() throws {
    let writer = try writer()
    for (rhythm, meter, key, unit) in [
      ("jig", "6/8", "Ador", "1/8"), ("reel", "C|", "Bm", "1/8"), ("waltz", "3/4", "F", "1/8"),
    ] {
      for seed in UInt64(1)...4 {
        var options = options(1)
        (options.title, options.rhythm, options.meter, options.key) = ("Asked For", rhythm, meter, key)
        let tune = try writer.write(seed: seed, options: options)
        XCTAssertTrue(tune.isClean, tune.abc)
        for line in ["T:Asked For", "R:\(rhythm)", "M:\(meter)", "L:\(unit)", "K:\(key)"] {
          XCTAssertTrue(tune.abc.contains("\n\(line)\n"), tune.abc)
        }
      }
    }
    var options = options(1)
    options.key = "H"
    XCTAssertThrowsError(try writer.write(seed: 1, options: options)) {
      XCTAssertEqual($0 as? GenerationError, .impossibleWish(field: "K", value: "H"))
    }
    // A meter alone is kept whatever rhythm the model draws, hornpipes too.
    for (seed, meter) in zip(UInt64(1)..., ["6/8", "3/4", "C|", "9/8", "3/2", "6/8"]) {
      var options = self.options(1.2)
      options.meter = meter
      let tune = try writer.write(seed: seed, options: options)
      XCTAssertTrue(tune.abc.contains("\nM:\(meter)\n"), tune.abc)
    }
    // What is asked for is there even where the length leaves room for nothing else.
    options.key = "Ador"
    (options.title, options.maximumLength) = ("My Tune", 48)
    XCTAssertTrue(try writer.write(seed: 1, options: options).abc.contains("\nK:Ador\n"))
    options.prime = "X:1\nT:Another\n"
    XCTAssertThrowsError(try writer.write(seed: 1, options: options)) {
      XCTAssertEqual($0 as? GenerationError, .contradictsPrime(field: "T", value: "My Tune"))
    }
  }

  func testTheFormThatIsAskedForComesOut() throws {
    let writer = try writer()
    for (parts, bars, form) in [
      ("AABB", 8, [true, true]), ("AAB", 4, [true, false]), ("ABC", 6, [false, false, false]),
    ] {
      var options = options(1)
      options.form = try XCTUnwrap(FormPlan(parts: parts, bars: bars))
      for seed in UInt64(1)...5 {
        let tune = try writer.write(seed: seed, options: options)
        let strains = try XCTUnwrap(tune.score.flatMap(TuneForm.init)).strains.filter {
          $0.firstPass.count > 1
        }
        XCTAssertTrue(tune.isClean, tune.abc)
        XCTAssertEqual(strains.map(\.isRepeated), form, tune.abc)
        XCTAssertTrue(strains.allSatisfy { (bars...bars + 1).contains($0.firstPass.count) }, tune.abc)
      }
    }
  }

  func testBarsComeAgainAsTheyDoInTunes() throws {
    let writer = try writer()
    func repeated(_ repeatsPhrases: Bool) throws -> Double {
      var options = options(1)
      (options.form, options.repeatsPhrases) = (try XCTUnwrap(FormPlan(parts: "AB", bars: 8)), repeatsPhrases)
      let tunes = writer.write(seeds: (1...40).map { UInt64($0) }, options: options)
      let traits = try tunes.compactMap { try $0?.get().score.flatMap(TuneTraits.init) }
      XCTAssertEqual(traits.count, 40)
      return traits.map(\.repeatedBars).reduce(0, +) / 40
    }
    XCTAssertGreaterThan(try repeated(true), try repeated(false) + 0.08)
  }

  func testTheLaterStrainTakesItsEndFromTheFirst() {
    var form = PhraseForm()
    for bar in 0..<8 { form.add(strain: 0, index: bar, start: 10 * bar, end: 10 * bar + 5, source: nil) }
    var random = RandomSource(seed: 1)
    var counts = [Int](repeating: 0, count: 8)
    for _ in 0..<1000 {
      for bar in 0..<8 {
        let drawn = form.draw(strain: 1, index: bar, using: &random)
        if let again = drawn?.range {
          let isFourBefore = again == 60 + 10 * bar..<65 + 10 * bar
          XCTAssertTrue(again == 10 * bar..<10 * bar + 5 || bar >= 4 && isFourBefore, "\(bar): \(again)")
          if !isFourBefore { counts[bar] += 1 }
        }
        form.add(
          strain: 1, index: bar, start: 100 + 10 * bar, end: 105 + 10 * bar, source: drawn?.source)
      }
      form.forget(behind: 90)
    }
    XCTAssertEqual(counts[0], 0)
    XCTAssertTrue(
      counts[7] > counts[6] && counts[6] > counts[3] && (350..<750).contains(counts[7]), "\(counts)")
  }

  func testAPrimeIsGoneOnFromOrRefused() throws {
    let prime = "X:1\nT:Primed\nR:jig\nM:6/8\nL:1/8\nK:D\n|:A2A ABc|"
    let tune = try writer().write(seed: 1, options: .init(prime: prime))
    XCTAssertTrue(tune.abc.hasPrefix(prime) && tune.isClean, tune.abc)
    XCTAssertThrowsError(try writer().write(seed: 1, options: .init(prime: prime + "A9|"))) {
      XCTAssertEqual($0 as? GenerationError, .impossibleBeginning)
    }
  }

  /// The constraint must not keep a model from what people have written.
  func testEveryTuneInNormalFormCouldHaveBeenWritten() throws {
    var preparation = CorpusPreparation()
    let bytes = [UInt8](try Data(contentsOf: Self.starter))
    preparation.add(
      SourceText(name: "starter.abc", bytes: bytes), book: .unlisted(path: "starter.abc"), tuneIDs: [])
    XCTAssertGreaterThan(preparation.entries.count, 180)
    var tunes = preparation.entries.map { $0.tune.abc() }
    // A training text that `corpus prepare` has written, such as that of the embedded model.
    if let path = ProcessInfo.processInfo.environment["HORNPIPE_PREPARED"] {
      let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      tunes += TrainingText.tunes(in: text).map(TrainingText.unmarked)
    }
    for abc in tunes {
      var constraint = TuneConstraint()
      for (index, scalar) in abc.unicodeScalars.enumerated() {
        guard let next = constraint.taking(scalar) else {
          XCTFail("refused: \(abc.prefix(index + 1).suffix(40).replacing("\n", with: "~"))")
          break
        }
        constraint = next
      }
      XCTAssertTrue(constraint.mayEnd, abc)
    }
  }

  func testACompletionIsCleanFromWhereverItBegins() throws {
    let tune = "X:1\nT:A Tune\nM:4/4\nL:1/8\nK:G\n|:D|G2G2 (3ABc d2|e>d B2 A-A/B/c=c|G4 G3:|\n"
    var constraint = TuneConstraint()
    for (index, scalar) in tune.unicodeScalars.enumerated() {
      constraint = try XCTUnwrap(constraint.taking(scalar), "\(index)")
      let ending = try XCTUnwrap(
        TuneCompletion.shortest(after: constraint, atMost: 60, isThorough: true),
        "after \(String(String.UnicodeScalarView(tune.unicodeScalars.prefix(index + 1))).suffix(20).replacing("\n", with: "~"))"
      )
      let whole = String(String.UnicodeScalarView(tune.unicodeScalars.prefix(index + 1))) + ending
      let book = Tunebook(parsing: SourceText(name: "tune", text: whole))
      XCTAssertTrue(book.diagnostics.allSatisfy { $0.severity == .info }, "\(whole)\n\(book.diagnostics)")
    }
  }
}
