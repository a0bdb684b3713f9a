/// What `export` says of a tune, as a JSON object.
struct ManifestEntry: Encodable {
  let source: String
  let line: Int
  /// The number in `X:`.
  let x: Int?
  let title: String
  let notes: Int
  var errors, warnings: Int
  /// The file, where one was written.
  var output: String?
  var seconds: Double?
}
