import Foundation
import XCTest

/// `export` of collections, streams and dumps.
final class ExportTests: FolderTestCase {
  private func tune(_ number: Int, _ title: String, _ music: String = "CDEF|") -> String {
    "X:\(number)\nT:\(title)\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\n\(music)\n\n"
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try XCTUnwrap(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// Titles that repeat, differ only in capitals, are empty, hold a slash, accents, signs or a novel.
  func testNamesNeverCollide() throws {
    let titles = [
      "Reel", "REEL", "Reel", "a/b", "a b", "", "../../etc/passwd", "Só Dança", "-", "\u{1F3BB}", "Reel-2",
      String(repeating: "very ", count: 100),
    ]
    let book = titles.map { tune(1, $0) }.joined()
    for folder in ["x", "y"] {
      try FileManager.default.createDirectory(atPath: path(folder), withIntermediateDirectories: true)
      _ = try write(book, to: "\(folder)/-book.abc")
    }
    let result = try Program.run("export", path("x"), path("y"), "-o", path("midi"))
    XCTAssertEqual(result.status, 0, result.errors)
    let names = try names(in: "midi")
    XCTAssertEqual(names.count, 2 * titles.count)
    XCTAssertEqual(Set(names.map { $0.lowercased() }).count, names.count)
    XCTAssertTrue(names.allSatisfy { $0.hasPrefix("book-1") && $0.utf8.count <= 255 }, "\(names)")
    XCTAssertTrue(names.contains("book-1-So-Danca.mid"), "\(names)")
  }

  /// The number of jobs changes no name, no byte, no line of the manifest; nor does a second run.
  func testJobsChangeNothing() throws {
    var book = ""
    for number in 1...3000 {
      book += tune(number, "Tune \(number % 7)", number % 50 == 0 ? "" : "CDEF|GABc|")
    }
    let file = try write(book, to: "book.abc")
    for jobs in ["1", "4", "4"] {
      let result = try Program.run(
        "export", file, "-o", path("midi\(jobs)"), "--jobs", jobs, "--manifest", path("manifest\(jobs)"),
        "--quiet")
      XCTAssertEqual(result.status, 1, "tunes without music")
      XCTAssertEqual(result.errors.split(separator: "\n").count, 60)
    }
    XCTAssertEqual(try names(in: "midi1").count, 2940)
    XCTAssertEqual(try names(in: "midi1"), try names(in: "midi4"))
    for name in try names(in: "midi1") {
      XCTAssertEqual(
        FileManager.default.contents(atPath: path("midi1/\(name)")),
        FileManager.default.contents(atPath: path("midi4/\(name)")))
    }
    let manifest = try String(contentsOfFile: path("manifest1"), encoding: .utf8)
    let other = try String(contentsOfFile: path("manifest4"), encoding: .utf8)
    XCTAssertEqual(manifest.replacing("midi1/", with: "midi4/"), other)
    let entries = try objects(manifest)
    XCTAssertEqual(entries.compactMap { $0["x"] as? Int }, Array(1...3000))
    XCTAssertEqual(entries[0]["seconds"] as? Double, 4)
    XCTAssertNil(entries[49]["output"])
  }

  func testOneBadTuneStopsNothing() throws {
    let bomb = "X:2\nT:Bomb\nM:4/4\nL:1/4\nP:((((A)99)99)99)99\nK:C\nP:A\nC4|\n\n"
    let file = try write(tune(1, "One") + bomb + tune(3, "Three"), to: "book.abc")
    let result = try Program.run("export", file, "-o", path("midi"))
    XCTAssertEqual(result.status, 1)
    XCTAssertTrue(
      result.errors.contains("\(file):9: Bomb: the order of play in 'P:' comes to more than 1000 parts"),
      result.errors)
    XCTAssertEqual(try names(in: "midi"), ["book-1-One.mid", "book-3-Three.mid"])
  }

  func testWhatIsAskedForInVainIsSaid() throws {
    let file = try write(tune(1, "One", "%%MIDI program 200\nCDEF|"), to: "a.abc")
    let result = try Program.run("export", file, "-o", path("a.mid"))
    XCTAssertEqual(result.status, 0)
    XCTAssertTrue(
      result.errors.contains("\(file):7: '%%MIDI program 200' needs a number from 0 to 127"), result.errors)
  }

  func testWhereNothingCanBeWritten() throws {
    let file = try write(tune(1, "One") + tune(2, "Two"), to: "book.abc")
    let blocked = try write("", to: "blocked")
    let result = try Program.run("export", file, "-o", blocked)
    XCTAssertEqual(result.status, 2)
    XCTAssertEqual(result.errors.split(separator: "\n").count, 1, result.errors)
    XCTAssertEqual(try Program.run("export", file).status, 64)
    XCTAssertEqual(try Program.run("export", file, "--stream").status, 64)
    XCTAssertEqual(try Program.run("export", file, "-o", path("m"), "--jobs", "0").status, 64)
  }

  // MARK: - Streams

  /// One object in, one out, in order; what else an object holds comes back as it was.
  func testStream() throws {
    let lines = [
      #"{"id": 7, "abc":"X:1\nT:\u00c1 \"b\"\nL:1/4\nQ:1/4=60\nK:C\nCDE|\n", "z": {"y":[1.0, null]}}"#,
      #"{"abc":5, "id":8}"#, "nonsense", "", "[1]",
      #"{"abc":"X:1\nT:a\nK:C\nC|\n\nX:2\nT:b\nK:C\nD|\n"}"#, #"{"abc":"hello"}"#, #"{ }"#,
      #"{"abc":"X:4\nT:c\nK:C\n"}"#,
    ]
    let result = try Program.run("export", "--stream", input: lines.joined(separator: "\r\n"))
    XCTAssertEqual(result.status, 1)
    let answers = try objects(result.output)
    XCTAssertEqual(answers.count, 8)
    XCTAssertTrue(result.output.hasPrefix(lines[0].dropLast() + ","), "as it came")
    XCTAssertEqual(answers[0]["title"] as? String, "Á \"b\"")
    XCTAssertEqual(answers[0]["notes"] as? Int, 3)
    XCTAssertEqual(answers[0]["seconds"] as? Double, 3)
    let midi = try XCTUnwrap(Data(base64Encoded: try XCTUnwrap(answers[0]["midi"] as? String)))
    XCTAssertTrue(midi.starts(with: Data("MThd".utf8)))
    XCTAssertEqual(answers[1]["id"] as? Int, 8)
    XCTAssertTrue(try XCTUnwrap(answers[1]["error"] as? String).contains("no \"abc\""))
    XCTAssertTrue(try XCTUnwrap(answers[2]["error"] as? String).contains("no JSON object"))
    XCTAssertNotNil(answers[3]["error"])
    XCTAssertEqual((answers[4]["tunes"] as? [[String: Any]])?.compactMap { $0["x"] as? Int }, [1, 2])
    XCTAssertEqual(answers[5]["error"] as? String, "there is no tune in \"abc\"")
    XCTAssertNotNil(answers[6]["error"])
    XCTAssertEqual(answers[7]["error"] as? String, "c: has no music")
  }

  func testALongStreamKeepsItsOrder() throws {
    let lines = (1...5000).map { #"{"abc":"X:\#($0)\nT:a\nL:1/4\nK:C\nCDEF|\n","n":\#($0)}"# }
    let result = try Program.run("export", "--stream", input: lines.joined(separator: "\n") + "\n")
    XCTAssertEqual(result.status, 0, result.errors)
    let answers = try objects(result.output)
    XCTAssertEqual(answers.compactMap { $0["n"] as? Int }, Array(1...5000))
    XCTAssertEqual(answers.compactMap { $0["x"] as? Int }, Array(1...5000))
  }

  // MARK: - Dumps

  func testDump() throws {
    let file = try write(tune(1, "One"), to: "a.abc")
    let dump = try Program.run("export", file, "--dump")
    XCTAssertEqual(dump.status, 0, dump.errors)
    XCTAssertTrue(dump.output.hasPrefix("format 1, 2 tracks, 480 ticks a quarter\n"), dump.output)
    XCTAssertEqual(try Program.run("export", file, "-o", path("a.mid")).status, 0)
    XCTAssertEqual(try Program.run("export", path("a.mid"), "--dump").output, dump.output)
    let broken = try write("MThd\0\0\0\u{6}\0\u{1}\0", to: "broken.mid")
    let refused = try Program.run("export", broken, "--dump")
    XCTAssertEqual(refused.status, 2)
    XCTAssertTrue(refused.errors.contains("broken.mid: "), refused.errors)
  }

  /// Ctrl-C leaves whole files only, and nothing else.
  func testAnInterruptionLeavesNothingHalfWritten() throws {
    var book = ""
    for number in 1...40_000 { book += tune(number, "Tune \(number)", "CDEF|GABc|CDEF|GABc|") }
    let file = try write(book, to: "book.abc")
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["export", file, "-o", path("midi"), "--quiet"]
    try process.run()
    while !FileManager.default.fileExists(atPath: path("midi")) { usleep(1000) }
    usleep(20_000)
    process.interrupt()
    process.waitUntilExit()
    XCTAssertTrue([130, 0].contains(process.terminationStatus), "\(process.terminationStatus)")
    let names = try names(in: "midi")
    XCTAssertTrue(names.allSatisfy { $0.hasSuffix(".mid") && !$0.hasPrefix(".") })
    for name in names.suffix(50) {
      XCTAssertTrue(
        try XCTUnwrap(FileManager.default.contents(atPath: path("midi/\(name)"))).starts(
          with: Data("MThd".utf8)))
    }
  }
}
