import XCTest

@testable import CharacterModel

final class ModelFileTests: XCTestCase {
  private func model(_ cell: CellKind = .lstm, layers: Int = 1) throws -> RecurrentModel {
    RecurrentModel(
      vocabulary: try Vocabulary(entries: ["\n", "a", "\"", "\\", "é", "<start>", "𝄞", "\u{1}"]),
      architecture: ModelArchitecture(
        cell: cell, layers: layers, embeddingSize: 5, hiddenSize: 6, dropout: 0.1), seed: 3
    ).with(metadata: ["licence": "public domain", "corpus": "two\nlines"])
  }

  private func tensors(_ model: RecurrentModel) -> [[Float]] {
    model.layout.tensors.map { $0.values(in: model.parameters) }
  }

  func testAModelReadsBackTheSame() throws {
    for cell in CellKind.allCases {
      for layers in [1, 3] {
        let model = try model(cell, layers: layers)
        let path = try temporaryPath("model.safetensors", for: self)
        try model.write(to: path)
        let back = try RecurrentModel(contentsOf: path)
        XCTAssertEqual(back.vocabulary, model.vocabulary)
        XCTAssertEqual(back.architecture, model.architecture)
        XCTAssertEqual(back.metadata, model.metadata)
        XCTAssertEqual(tensors(back), tensors(model))
        XCTAssertEqual(back.fileBytes(), model.fileBytes())
        XCTAssertEqual(try RecurrentModel(bytes: model.fileBytes()).fileBytes(), model.fileBytes())
      }
    }
  }

  func testHalfPrecisionHalvesTheFileAndRoundsTheNumbers() throws {
    let model = try model()
    let bytes = model.fileBytes(precision: .float16)
    XCTAssertLessThan(bytes.count, model.fileBytes().count - model.parameterCount)
    let back = try RecurrentModel(bytes: bytes)
    for (half, exact) in zip(tensors(back), tensors(model)) {
      assertClose(half, exact.map(Double.init), relative: 0x1p-11, absolute: 0x1p-25)
    }
    XCTAssertNotEqual(tensors(back), tensors(model))
    XCTAssertEqual(back.fileBytes(precision: .float16), bytes)
  }

  func testTheHeaderHasPyTorchsNamesAndShapes() throws {
    let bytes = try model(.lstm, layers: 2).fileBytes()
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    XCTAssertEqual(bytes[2..<8], [0, 0, 0, 0, 0, 0])
    XCTAssertEqual(length % 8, 0, "the data is aligned")
    let header = try JSONReader.read(bytes[8..<8 + length])
    let shapes = try XCTUnwrap(header.members).dropFirst().map { member in
      "\(member.name) \(member.value["dtype"]?.text ?? "") \(member.value["shape"]?.description ?? "")"
    }
    XCTAssertEqual(
      shapes,
      [
        "embedding.weight F32 [8,5]", "rnn.weight_ih_l0 F32 [24,5]", "rnn.weight_hh_l0 F32 [24,6]",
        "rnn.bias_ih_l0 F32 [24]", "rnn.bias_hh_l0 F32 [24]", "rnn.weight_ih_l1 F32 [24,6]",
        "rnn.weight_hh_l1 F32 [24,6]", "rnn.bias_ih_l1 F32 [24]", "rnn.bias_hh_l1 F32 [24]",
        "linear.weight F32 [8,6]", "linear.bias F32 [8]",
      ])
    let metadata = try XCTUnwrap(header["__metadata__"])
    XCTAssertEqual(metadata["hornpipe.format"]?.text, "1")
    XCTAssertEqual(
      metadata["hornpipe.model"]?.text,
      #"{"model_type":"lstm","layers":2,"embedding_size":5,"hidden_size":6,"dropout":0.1}"#)
    XCTAssertEqual(
      metadata["hornpipe.vocabulary"]?.text, #"["\n","a","\"","\\","é","<start>","𝄞","\u0001"]"#)
    XCTAssertEqual(metadata["licence"]?.text, "public domain")
  }

  func testATruncatedFileIsMalformedAtEveryLength() throws {
    let bytes = try model().fileBytes()
    for length in stride(from: 0, to: bytes.count, by: 7) {
      assertThrows(try RecurrentModel(bytes: bytes[..<length], source: "m"), "\(length)") { error in
        if case .malformedModel("m", let offset, _) = error { offset >= 0 && offset <= length } else { false }
      }
    }
  }

  func testADamagedFileNeverCrashes() throws {
    let bytes = try model().fileBytes()
    let headerEnd = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
    var random = RandomSource(seed: 1)
    var refused = 0
    for _ in 0..<3_000 {
      var damaged = bytes
      for _ in 0...random.nextIndex(below: 3) {
        damaged[random.nextIndex(below: headerEnd)] = UInt8(random.nextIndex(below: 256))
      }
      if random.nextIndex(below: 4) == 0 { damaged.removeSubrange(8..<8 + random.nextIndex(below: 40)) }
      do throws(CharacterModelError) { _ = try RecurrentModel(bytes: damaged) } catch {
        guard case .malformedModel(_, let offset, let reason) = error else {
          XCTFail("\(error)")
          continue
        }
        XCTAssertTrue(offset >= 0 && offset <= damaged.count && !reason.isEmpty)
        refused += 1
      }
    }
    XCTAssertGreaterThan(refused, 2_000)
  }

  /// A model file of tensors and metadata changed by `change`.
  private func file(
    _ change: (inout [(name: String, shape: [Int], values: [Float])], inout [(name: String, value: String)])
      -> Void
  ) throws -> [UInt8] {
    let model = try model()
    var tensors = model.layout.tensors.map {
      (name: $0.name, shape: $0.shape, values: $0.values(in: model.parameters))
    }
    var metadata = ModelMetadata.strings(vocabulary: model.vocabulary, architecture: model.architecture)
    change(&tensors, &metadata)
    return Safetensors.file(tensors: tensors, metadata: metadata, type: .float32)
  }

  func testEachFaultHasItsReason() throws {
    func check(
      _ reason: String, line: UInt = #line,
      _ change: (inout [(name: String, shape: [Int], values: [Float])], inout [(name: String, value: String)])
        -> Void
    ) throws {
      let bytes = try file(change)
      assertThrows(try RecurrentModel(bytes: bytes), line: line) { $0.description.contains(reason) }
    }
    try check("its metadata has no hornpipe.format") { $1.removeFirst() }
    try check("this program reads \"1\"") { $1[0].value = "2" }
    try check("not a JSON array") { $1[1].value = "{}" }
    try check("not an array of strings") { $1[1].value = "[1]" }
    try check("repeats an earlier one") { $1[1].value = #"["a","a"]"# }
    try check("is empty") { $1[1].value = #"["a",""]"# }
    try check("it has no characters") { $1[1].value = "[]" }
    try check("has the shape [8, 5], the model needs [2, 5]") { $1[1].value = #"["a","b"]"# }
    try check("not a JSON object") { $1[2].value = "7" }
    try check("model_type is not") { $1[2].value = #"{"model_type":"gru"}"# }
    try check("lacks layers") { $1[2].value = #"{"model_type":"lstm"}"# }
    try check("sizes out of range") {
      $1[2].value = #"{"model_type":"lstm","layers":1,"embedding_size":5,"hidden_size":99999}"#
    }
    try check("it has no tensor rnn.weight_hh_l1") {
      $1[2].value = #"{"model_type":"lstm","layers":2,"embedding_size":5,"hidden_size":6}"#
    }
    try check("it has no tensor linear.bias") { tensors, _ in tensors.removeLast() }
    try check("has the shape [6, 24], the model needs [24, 6]") { tensors, _ in tensors[2].shape = [6, 24] }
    try check("it also holds the tensor rnn.weight_hr_l0") { tensors, _ in
      tensors.append(("rnn.weight_hr_l0", [1], [0]))
    }
    try check("linear.bias holds nan") { tensors, _ in tensors[6].values[3] = .nan }
    try check("the checkpoint of an unfinished training run") { $1.append(("hornpipe.checkpoint", "{}")) }
  }

  func testTheOffsetOfABadNumberIsNamed() throws {
    let bytes = try file { tensors, _ in tensors[6].values[3] = .infinity }
    assertThrows(try RecurrentModel(bytes: bytes)) { error in
      if case .malformedModel(_, bytes.count - 5 * 4, _) = error { true } else { false }
    }
  }

  func testFilesThatCannotBeReadOrWrittenAreNamed() throws {
    let path = try temporaryPath("missing/model.safetensors", for: self)
    assertThrows(try RecurrentModel(contentsOf: path)) {
      $0 == .file(operation: "read", path: path, reason: "no such file or directory")
    }
    assertThrows(try model().write(to: path)) {
      if case .file("write", path, _) = $0 { true } else { false }
    }
  }
}
