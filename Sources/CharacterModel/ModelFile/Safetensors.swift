/// The safetensors container: an 8-byte little-endian length, a JSON header of that length, then the tensors'
/// bytes without gaps (https://github.com/huggingface/safetensors, "Format").
struct Safetensors {
  enum ElementType: String {
    case float32 = "F32"
    case float16 = "F16"

    var size: Int { self == .float32 ? 4 : 2 }
  }

  struct Tensor {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Where its bytes lie in the file.
    let range: Range<Int>
  }

  /// Name and value of each string of `__metadata__`, with the offset of its name.
  let metadata: [JSONValue.Member]
  let tensors: [Tensor]
  private let bytes: [UInt8]
  private let source: String

  /// Reads the header of `bytes` and checks that the tensors fill the rest exactly.
  init(bytes: [UInt8], source: String) throws(CharacterModelError) {
    func malformed(_ byteOffset: Int, _ reason: String) -> CharacterModelError {
      .malformedModel(source: source, byteOffset: byteOffset, reason: reason)
    }
    self.bytes = bytes
    self.source = source
    guard bytes.count >= 8 else { throw malformed(bytes.count, "it ends inside the header's length") }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(bytes.count - 8) else {
      throw malformed(0, "the header is said to have \(length) bytes, the file has \(bytes.count)")
    }
    let dataStart = 8 + Int(length)
    let header: JSONValue
    do { header = try JSONReader.read(bytes[8..<dataStart]) } catch {
      throw malformed(error.byteOffset, "the header is not JSON: \(error.reason)")
    }
    guard let members = header.members else { throw malformed(8, "the header is not a JSON object") }
    var metadata: [JSONValue.Member] = []
    var tensors: [Tensor] = []
    for member in members {
      if member.name == "__metadata__" {
        metadata = member.value.members ?? []
        guard member.value.members != nil, metadata.allSatisfy({ $0.value.text != nil }) else {
          throw malformed(member.byteOffset, "the metadata is not an object of strings")
        }
      } else {
        switch Self.tensor(member, dataStart: dataStart, fileSize: bytes.count) {
        case .success(let tensor): tensors.append(tensor)
        case .failure(let fault): throw malformed(member.byteOffset, fault.reason)
        }
      }
    }
    tensors.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var next = dataStart
    for tensor in tensors {
      guard tensor.range.lowerBound == next else {
        throw malformed(next, "the tensors leave a gap or overlap before \(tensor.name)")
      }
      next = tensor.range.upperBound
    }
    guard next == bytes.count else { throw malformed(next, "more follows the tensors") }
    self.metadata = metadata
    self.tensors = tensors
  }

  private struct Fault: Error {
    let reason: String
  }

  private static func tensor(
    _ member: JSONValue.Member, dataStart: Int, fileSize: Int
  ) -> Result<Tensor, Fault> {
    let name = member.name
    guard let typeName = member.value["dtype"]?.text else {
      return .failure(Fault(reason: "tensor \(name) has no dtype"))
    }
    guard let type = ElementType(rawValue: typeName) else {
      return .failure(Fault(reason: "tensor \(name) is \(typeName); a model's are F32 or F16"))
    }
    let shape = member.value["shape"]?.elements?.map(\.integer)
    let offsets = member.value["data_offsets"]?.elements?.map(\.integer)
    guard let shape, shape.allSatisfy({ ($0 ?? -1) >= 0 }) else {
      return .failure(Fault(reason: "tensor \(name) has no shape of whole numbers"))
    }
    guard let offsets, offsets.count == 2, let first = offsets[0], let end = offsets[1], first >= 0,
      end >= first, end <= fileSize - dataStart
    else { return .failure(Fault(reason: "tensor \(name) has data offsets outside the file")) }
    var size = type.size
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length ?? 0)
      guard !overflow else { return .failure(Fault(reason: "tensor \(name) is too large")) }
      size = product
    }
    guard size == end - first else {
      return .failure(Fault(reason: "tensor \(name) has \(end - first) bytes, its shape needs \(size)"))
    }
    return .success(
      Tensor(
        name: name, type: type, shape: shape.map { $0 ?? 0 }, range: dataStart + first..<dataStart + end))
  }

  func malformed(_ byteOffset: Int, _ reason: String) -> CharacterModelError {
    .malformedModel(source: source, byteOffset: byteOffset, reason: reason)
  }

  func metadata(_ name: String) throws(CharacterModelError) -> (text: String, byteOffset: Int) {
    guard let member = metadata.first(where: { $0.name == name }), let text = member.value.text else {
      throw malformed(8, "its metadata has no \(name)")
    }
    return (text, member.byteOffset)
  }

  /// The values of a tensor, all finite.
  func values(of tensor: Tensor) throws(CharacterModelError) -> [Float] {
    let data = bytes[tensor.range]
    let values =
      tensor.type == .float32
      ? LittleEndian.floats(from: data)
      : HalfPrecision.floats(from: LittleEndian.words(from: data))
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw malformed(
        tensor.range.lowerBound + index * tensor.type.size, "tensor \(tensor.name) holds \(values[index])")
    }
    return values
  }

  /// The bytes of a file.
  static func file(
    tensors: [(name: String, shape: [Int], values: [Float])], metadata: [(name: String, value: String)],
    type: ElementType
  ) -> [UInt8] {
    var members = [
      JSONValue.Member("__metadata__", .object(metadata.map { .init($0.name, .string($0.value)) }))
    ]
    var data: [UInt8] = []
    for tensor in tensors {
      let start = data.count
      switch type {
      case .float32: LittleEndian.append(tensor.values, to: &data)
      case .float16: LittleEndian.append(HalfPrecision.halves(from: tensor.values), to: &data)
      }
      members.append(
        .init(
          tensor.name,
          .object([
            .init("dtype", .string(type.rawValue)),
            .init("shape", .array(tensor.shape.map { .number(Double($0)) })),
            .init("data_offsets", .array([.number(Double(start)), .number(Double(data.count))])),
          ])))
    }
    var header = Array(JSONValue.object(members).description.utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header + data
  }
}
