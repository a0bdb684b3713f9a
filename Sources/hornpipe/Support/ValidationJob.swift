import ABCNotation
import ArgumentParser
import SystemFiles

/// The work of `validate`: checks files part by part on all cores, prints what is found in the order of the text, and
/// keeps count.
struct ValidationJob {
  private let command: Validate
  private let request: ValidationRequest
  private var counts = FindingCounts()
  private var mendedFiles = 0
  private var mended = 0
  private var numbers = ReferenceNumberRule()
  private var isFirstResult = true
  private var bar: ProgressBar

  init(command: Validate) {
    self.command = command
    request = ValidationRequest(
      format: command.format, select: command.select, ignore: command.ignore,
      fixes: command.fix ? (command.unsafeFixes ? .unsafe : .safe) : nil)
    bar = ProgressBar(quiet: command.quiet)
  }

  /// Checks all inputs; what cannot be read is reported, and the rest goes on.
  mutating func run(_ inputs: [InputFiles.Input]) throws {
    // A file is rewritten whole or stays as it is.
    if command.fix { Interruption.listen() }
    var failed = false
    let request = request
    if command.format == .sarif { Console.write(try SARIFLog.head()) }
    let pipeline = Pipeline<BlockReader.Block, ValidationUnit>(jobs: nil) { ValidationUnit($0, request) }
    defer { pipeline.stop() }
    for (index, input) in inputs.enumerated() {
      do {
        if command.fix {
          pipeline.add(try Self.whole(input))
        } else {
          try read(input, index, inputs.count, pipeline)
        }
      } catch let error as InputError {
        while let unit = pipeline.next() { failed = !take(unit) || failed }
        Console.error(error.description)
        failed = true
      }
      while pipeline.isFull, let unit = pipeline.next() { failed = !take(unit) || failed }
      if Interruption.isRequested { throw ExitCode.interrupted }
    }
    while let unit = pipeline.next() { failed = !take(unit) || failed }
    bar.clear()
    if command.format == .sarif { Console.write(SARIFLog.tail()) }
    if command.fix { Console.note("mended \(mended) findings in \(mendedFiles) files") }
    if command.summary { printSummary() }
    if Interruption.isRequested { throw ExitCode.interrupted }
    if failed { throw ExitCode.impossible }
    let isTooMuch = command.maxWarnings.map { counts.warnings > $0 } ?? false
    if counts.errors > 0 || isTooMuch || command.strict && counts.warnings > 0 { throw ExitCode.someFailed }
  }

  private mutating func read(
    _ input: InputFiles.Input, _ index: Int, _ count: Int,
    _ pipeline: Pipeline<BlockReader.Block, ValidationUnit>
  ) throws {
    var reader = try BlockReader(input)
    while let block = try reader.next() {
      pipeline.add(block)
      while pipeline.isFull, let unit = pipeline.next() { _ = take(unit) }
      bar.draw(
        (Double(index) + reader.share) / Double(count), "\(counts.tunes) tunes, \(counts.cleanTunes) clean")
    }
  }

  /// What is to be mended is read as a whole.
  private static func whole(_ input: InputFiles.Input) throws(InputError) -> BlockReader.Block {
    BlockReader.Block(source: try input.readSource(), header: nil, encodingFinding: nil, isFirst: true)
  }

  /// Prints and counts what was found in one part, and writes what was mended. False if it cannot be written.
  private mutating func take(_ unit: ValidationUnit) -> Bool {
    if Interruption.isRequested { return true }
    var isWritten = true
    if command.fix { isWritten = write(unit) }
    if unit.isFirst { numbers = ReferenceNumberRule() }
    var unitCounts = unit.counts
    let duplicates = unit.hasHeader ? unit.report.duplicateNumbers(&numbers) : []
    var start = 0
    var next = 0
    for (tune, diagnostic) in duplicates where request.isWanted(diagnostic.code) {
      let wasClean = unit.report.tunes[tune].diagnostics.allSatisfy { !request.isFault($0.code) }
      if wasClean { unitCounts.cleanTunes -= 1 }
      unitCounts.add(diagnostic.code)
      while next < unit.places.count, unit.places[next].offset <= diagnostic.range.lowerBound { next += 1 }
      let end = next > 0 ? unit.places[next - 1].end : 0
      if end > start { print(unit, start..<end) }
      start = max(end, start)
      var text: [UInt8] = []
      unit.printer.append(diagnostic, to: &text)
      print(text)
    }
    if start < unit.text.count { print(unit, start..<unit.text.count) }
    counts.add(unitCounts)
    return isWritten
  }

  private mutating func print(_ unit: ValidationUnit, _ range: Range<Int>) {
    if command.format != .sarif { return print(Array(unit.text[range])) }
    for (index, place) in unit.places.enumerated() {
      let start = index > 0 ? unit.places[index - 1].end : 0
      if range.contains(start) { print(Array(unit.text[start..<place.end])) }
    }
  }

  private mutating func print(_ text: [UInt8]) {
    bar.clear()
    // Standard output has the mended text.
    if command.fix, command.isStandardInput { return Console.draw(String(decoding: text, as: UTF8.self)) }
    if command.format == .sarif {
      if !isFirstResult { Console.write([UInt8(ascii: ",")]) }
      isFirstResult = false
    }
    Console.write(text)
  }

  /// Puts a mended text in the place of the old one.
  private mutating func write(_ unit: ValidationUnit) -> Bool {
    if let text = unit.mended {
      mended += text.counts.values.reduce(0, +)
      mendedFiles += 1
    }
    if command.isStandardInput {
      Console.write(unit.source.bytes)
      return true
    }
    guard let text = unit.mended else { return true }
    do {
      try OutputFile.write(text.bytes, to: unit.source.name)
      return true
    } catch {
      Console.error(error.description)
      return false
    }
  }

  private func printSummary() {
    // In the other forms standard output holds nothing but findings.
    if command.format == .text, !(command.fix && command.isStandardInput) {
      Console.write(counts.summary)
    } else {
      Console.draw(counts.summary)
    }
  }
}
