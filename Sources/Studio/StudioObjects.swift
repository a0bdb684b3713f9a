import FoundationEssentials

/// What the page sends and what it gets, as JSON.
enum StudioObjects {
  struct Text: Decodable { let abc: String }

  struct Sound: Decodable {
    let abc: String
    /// Per cent of the written tempo.
    let tempo: Double?
    let program: Int?
    /// Seconds of sound from the start.
    let from: Double?
  }

  struct Wishes: Decodable {
    let rhythm, meter, key, style, parts, title, seed: String?
    let bars: Int?
    let temperature: Double?
  }

  struct Tune: Encodable { let abc, title, seed, rhythm, meter, key: String }

  struct Options: Encodable {
    struct Rhythm: Encodable { let name, meter: String }
    struct Program: Encodable {
      let number: Int
      let name: String
    }
    let rhythms: [Rhythm]
    let meters, keys, styles: [String]
    let programs: [Program]
    let program: Int
    let sheet: Bool
    let hint: String
    let version: String
  }

  struct Findings: Encodable {
    struct Edit: Encodable {
      let start, end: Int
      let text: String
    }
    struct Fix: Encodable {
      let title: String
      let isSafe: Bool
      let edits: [Edit]
    }
    struct Finding: Encodable {
      let code, name, severity, message: String
      let line, column, start, end: Int
      let fixes: [Fix]
    }
    let diagnostics: [Finding]
    let tunes: Int
  }

  struct Sheet: Encodable {
    let svg: String?
    let hint: String?
  }

  struct Timing: Encodable {
    struct Step: Encodable {
      let time: Double
      let note, start, end, bar: Int
    }
    let duration: Double
    let steps: [Step]
  }

  struct Model: Encodable {
    struct Epoch: Encodable {
      let epoch: Int
      let training: Double
      let validation: Double?
    }
    let name, type: String
    let layers, hiddenSize, embeddingSize, parameters, characters: Int
    let log: [Epoch]
  }

  struct RatesRequest: Decodable {
    let temperature: Double?
    let count: Int?
    let constrained: Bool?
  }

  struct Rates: Encodable {
    let count, clean: Int
    let rate, lower, upper, seconds: Double
  }

  struct UnitRequest: Decodable {
    let abc: String
    let layer, unit: Int
  }

  struct Activations: Encodable {
    let text: String
    let values: [Float]
    let units, layers: Int
  }

  struct Fault: Encodable { let error: String }

  static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(RequestFault) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw RequestFault("the request is no JSON of the kind that belongs here")
    }
  }

  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { [UInt8]($0) } ?? []
  }
}
