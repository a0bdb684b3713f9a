import Foundation
import XCTest

/// The studio as a browser sees it, and as somebody sees it who means no good.
final class StudioTests: FolderTestCase {
  private var server: Process?
  private var port = 0

  override func tearDownWithError() throws {
    if let server {
      server.interrupt()
      server.waitUntilExit()
      XCTAssertEqual(server.terminationStatus, 130)
    }
    server = nil
    try super.tearDownWithError()
  }

  private func start() throws {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["studio", "--port", "0", "--quiet"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    server = process
    let address = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = try XCTUnwrap(Int(address.split(separator: ":").last?.prefix { $0.isNumber } ?? ""), address)
    XCTAssertEqual(address, "http://127.0.0.1:\(port)/\n")
  }

  // MARK: - Hostile requests

  private func connect() throws -> Int32 {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    XCTAssertEqual(result, 0)
    return number
  }

  /// Sends bytes and reads what comes until the other side closes, or an answer is whole.
  private func exchange(_ request: [UInt8]) throws -> String {
    let number = try connect()
    defer { close(number) }
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes {
        send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(number, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private func status(
    _ line: String, _ headers: [String] = [], host: String? = nil, body: String = ""
  ) throws -> Int {
    var lines = [line, "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close"] + headers
    if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
    let answer = try exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
    return Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  func testWhatHasNoBusinessHereIsRefused() throws {
    try start()
    let json = "Content-Type: application/json"
    XCTAssertEqual(try status("GET / HTTP/1.1"), 200)
    XCTAssertEqual(try status("HEAD / HTTP/1.1"), 200)
    XCTAssertEqual(try status("GET / HTTP/1.1", host: "localhost:\(port)"), 200)
    // Other names of this machine, other sites, other methods, other paths.
    XCTAssertEqual(try status("GET / HTTP/1.1", host: "evil.example:\(port)"), 421)
    XCTAssertEqual(try status("GET / HTTP/1.1", host: "127.0.0.1"), 421)
    XCTAssertEqual(try status("GET /api/options HTTP/1.1", ["Origin: http://evil.example"]), 403)
    XCTAssertEqual(try status("GET /api/options HTTP/1.1", ["Origin: null"]), 403)
    XCTAssertEqual(try status("GET /api/options HTTP/1.1", ["Sec-Fetch-Site: cross-site"]), 403)
    XCTAssertEqual(try status("GET /api/options HTTP/1.1", ["Origin: http://127.0.0.1:\(port)"]), 200)
    for path in [
      "/../etc/passwd", "/..%2fetc/passwd", "//etc/passwd", "/studio.css/..", "/page/studio.js", "/%00", "*",
    ] {
      XCTAssertEqual(try status("GET \(path) HTTP/1.1"), 404, path)
    }
    XCTAssertEqual(try status("DELETE / HTTP/1.1"), 405)
    XCTAssertEqual(try status("GET /api/generate HTTP/1.1"), 405)
    XCTAssertEqual(try status("POST /api/check HTTP/1.1", body: "{}"), 415)
    XCTAssertEqual(
      try status("POST /api/check HTTP/1.1", ["Content-Type: text/plain"], body: "{\"abc\":\"\"}"), 415)
    // Bodies that are none.
    for body in [
      "{", "[]", "{\"abc\":3}", "{\"abc\":\"\"", String(repeating: "[", count: 100_000), "\u{FEFF}",
    ] {
      XCTAssertEqual(try status("POST /api/check HTTP/1.1", [json], body: body), 400, String(body.prefix(20)))
    }
    XCTAssertEqual(try status("POST /api/check HTTP/1.1", [json], body: "{\"abc\":\"\"}"), 200)
    XCTAssertEqual(try status("POST /api/sheet HTTP/1.1", [json], body: "{\"abc\":\"no tune\"}"), 422)
    for body in [
      "{\"temperature\":0}", "{\"temperature\":1e999}", "{\"seed\":\"-1\"}", "{\"bars\":100000}",
      "{\"parts\":\"ZZZ\"}",
      "{\"title\":\"a\\nK:C\"}", "{\"key\":\"H\"}",
    ] {
      XCTAssertEqual(try status("POST /api/generate HTTP/1.1", [json], body: body), 400, body)
    }
    let bomb = "{\"abc\":\"X:1\\nP:((((A)99)99)99)99\\nK:C\\nP:A\\nC8|\\n\"}"
    XCTAssertEqual(try status("POST /api/perform HTTP/1.1", [json], body: bomb), 422)
    XCTAssertEqual(
      try status("POST /api/audio HTTP/1.1", [json], body: "{\"abc\":\"X:1\\nK:C\\nC8|\\n\",\"tempo\":-1}"),
      400)
    XCTAssertEqual(
      try status(
        "POST /api/model/heatmap HTTP/1.1", [json], body: "{\"abc\":\"X:1\\n\",\"layer\":0,\"unit\":100000}"),
      400)
  }

  func testHugeMalformedAndHalfRequestsHarmNobody() throws {
    try start()
    XCTAssertEqual(
      try status(
        "POST /api/check HTTP/1.1", ["Content-Type: application/json", "Content-Length: 99999999999"]), 413)
    let large = String(repeating: "x", count: 600 << 10)
    XCTAssertTrue(
      [0, 413].contains(
        try status("POST /api/check HTTP/1.1", ["Content-Type: application/json"], body: large)))
    // Chunks that add up to too much.
    let chunk = "10000\r\n" + String(repeating: "y", count: 0x10000) + "\r\n"
    let chunked =
      "POST /api/check HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
      + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 8)
    XCTAssertTrue(["", "HTTP/1.1 413"].contains(String(try exchange(Array(chunked.utf8)).prefix(12))))
    var generator = SystemRandomNumberGenerator()
    for request in [
      "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n",
      "\0\0\0\0\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 200_000),
      String((0..<2000).map { _ in Character(Unicode.Scalar(UInt8.random(in: 1...255, using: &generator))) })
        + "\r\n\r\n",
    ] {
      // Half a request waits for the rest; closing our side ends it.
      let number = try connect()
      _ = Array(request.utf8).withUnsafeBytes {
        send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      shutdown(number, Int32(SHUT_WR))
      var buffer = [UInt8](repeating: 0, count: 4096)
      while recv(number, &buffer, buffer.count, 0) > 0 {}
      close(number)
    }
    XCTAssertEqual(try status("GET / HTTP/1.1"), 200)
  }

  func testAThousandRequestsAndAHundredOpenConnections() throws {
    try start()
    let idle = try (0..<100).map { _ in try connect() }
    let lock = NSLock()
    nonisolated(unsafe) let test = self
    nonisolated(unsafe) var statuses: [Int: Int] = [:]
    DispatchQueue.concurrentPerform(iterations: 1000) { index in
      let isJob = index % 3 == 0
      let body = "{\"abc\":\"X:1\\nT:A\\nM:4/4\\nL:1/8\\nK:D\\nD8|E8|]\\n\"}"
      let status =
        (try? isJob
          ? test.status("POST /api/perform HTTP/1.1", ["Content-Type: application/json"], body: body)
          : test.status("GET /studio.js HTTP/1.1")) ?? -1
      lock.withLock { statuses[status, default: 0] += 1 }
    }
    // Answered, or told that too much is going on; never left alone.
    XCTAssertEqual(Set(statuses.keys).subtracting([200, 503, 0]), [], "\(statuses)")
    XCTAssertGreaterThan(statuses[200] ?? 0, 600, "\(statuses)")
    for number in idle { close(number) }
    XCTAssertEqual(try status("GET / HTTP/1.1"), 200)
  }

  func testNothingListensBeyondLoopback() throws {
    try start()
    let hexadecimal = String(format: ":%04X", port)
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
      let rows = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").dropFirst()
      for row in rows {
        let columns = row.split(separator: " ")
        guard columns[1].hasSuffix(hexadecimal), columns[3] == "0A" else { continue }
        XCTAssertEqual(columns[1], "0100007F\(hexadecimal)")
      }
    }
    let taken = try Program.run("studio", "--port", "\(port)")
    XCTAssertEqual(taken.status, 2)
    XCTAssertTrue(taken.errors.contains("--port"), taken.errors)
  }

  // MARK: - In a browser

  func testAPersonGoesThroughThePage() throws {
    try start()
    let browser = try Chromium(profile: path("profile"))
    defer { browser.quit() }
    try browser.send(
      "Browser.setDownloadBehavior", ["behavior": "allow", "downloadPath": path("saved")])
    try browser.send(
      "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": "light"]]])
    try browser.open("http://127.0.0.1:\(port)/")
    // A tune is there at once, clean, and in the list.
    try browser.wait("document.querySelectorAll('#sitting .open').length === 1")
    try browser.wait("document.getElementById('diagnostics-summary').textContent.includes('No problems')")
    let hasSheet = FileManager.default.isExecutableFile(atPath: "/usr/bin/abcm2ps")
    if hasSheet { try browser.wait("document.querySelectorAll('#sheet [data-note]').length > 20") }
    // A jig in D of a form.
    try browser.choose("jig", in: "rhythm")
    XCTAssertEqual(try browser.text("document.getElementById('meter').value"), "6/8")
    try browser.choose("D", in: "key")
    try browser.click("#more-summary")
    try browser.click("#title")
    try browser.type("The Browser's Jig")
    try browser.click("#parts")
    try browser.type("AABB")
    try browser.click("#bars")
    try browser.type("8")
    try browser.click("#seed")
    try browser.type("3")
    try browser.click("#generate")
    try browser.wait("document.querySelectorAll('#sitting .open').length === 2")
    let abc = try browser.text("document.getElementById('abc').value")
    XCTAssertTrue(
      abc.contains("T:The Browser's Jig\n") && abc.contains("R:jig\nM:6/8") && abc.contains("K:D\n"), abc)
    // The same seed and wishes on the command line give the same tune.
    let same = try Program.run(
      "generate", "--seed", "3", "--rhythm", "jig", "--meter", "6/8", "--key", "D", "--title",
      "The Browser's Jig",
      "--parts", "AABB", "--bars", "8", "--quiet")
    XCTAssertTrue(same.output.hasSuffix(abc), same.output)
    try browser.click("#more-summary")
    // A mistake is told while it is typed, and mended by a click.
    try browser.wait("document.getElementById('diagnostics-summary').textContent.includes('No problems')")
    try browser.value(
      "(() => { const a = document.getElementById('abc'); a.focus(); a.setSelectionRange(a.value.length, a.value.length); })()"
    )
    try browser.type("D9 D9 D9|D3|\n")
    try browser.wait("document.querySelectorAll('#diagnostics li').length > 0")
    try browser.picture("diagnostics")
    try browser.value(
      "(() => { const a = document.getElementById('abc'); a.value = `X:1\\nT:Mend me\\nM:4/4\\nL:1/8\\nK:D\\n!trill!D4 E4 | F8|!foo!G8|\\n`; a.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    try browser.wait("document.querySelectorAll('#diagnostics li').length > 0")
    if try browser.value("!!document.getElementById('problem-0-fix-0')") as? Bool == true {
      try browser.click("#problem-0-fix-0")
      try browser.wait("!document.getElementById('abc').value.includes('!foo!')")
    }
    // Another tune in its place is another tune; what was written before, and edited, stays.
    let titles = "[...document.querySelectorAll('#sitting .open')].map(tune => tune.textContent)"
    try browser.wait("\(titles).length === 3")
    let entries = try browser.text("\(titles).join(';')").split(separator: ";").map(String.init)
    XCTAssertTrue(entries[0].contains("Mend me") && entries[0].contains("in D"), entries[0])
    XCTAssertFalse(entries[0].contains("seed"), entries[0])
    XCTAssertTrue(entries[1].contains("jig in D") && entries[1].contains("seed 3, edited"), entries[1])
    try browser.value("document.querySelectorAll('#sitting .open')[1].click()")
    try browser.wait("document.getElementById('abc').value.includes('X:1')")
    if hasSheet {
      try browser.wait(
        "document.querySelectorAll('#sheet [data-note]').length > 20 && !document.querySelector('#sheet.old')"
      )
    }
    // It sounds at once, and the notes are followed.
    let start = Date()
    try browser.click("#play")
    try browser.wait("document.documentElement.dataset.note !== undefined")
    XCTAssertLessThan(Date().timeIntervalSince(start), 3)
    var notes: Set<String> = []
    for _ in 0..<15 {
      notes.insert(try browser.text("document.documentElement.dataset.note"))
      usleep(150_000)
    }
    XCTAssertGreaterThan(notes.count, 3)
    if hasSheet {
      XCTAssertGreaterThan(try browser.number("document.querySelectorAll('#sheet .sounding').length"), 0)
    }
    try browser.picture("playing")
    try browser.value("scrollTo(0, 0)")
    try browser.picture("page")
    try browser.value("document.activeElement.blur()")
    try browser.press(" ", code: 32)
    try browser.wait("document.documentElement.dataset.playing === 'false'")
    let held = try browser.number("document.getElementById('position').value * 1")
    usleep(400_000)
    XCTAssertEqual(try browser.number("document.getElementById('position').value * 1"), held, accuracy: 0.05)
    try browser.press(" ", code: 32)
    try browser.wait("document.documentElement.dataset.playing === 'true'")
    try browser.choose("150", in: "tempo")
    try browser.choose("73", in: "program")
    try browser.wait("document.documentElement.dataset.playing === 'true'")
    try browser.click("#stop")
    try browser.wait("document.documentElement.dataset.playing === 'false'")
    // Saved files.
    try browser.choose("100", in: "tempo")
    for kind in ["abc", "midi", "wav"] {
      try browser.click("#save-\(kind)")
      usleep(700_000)
    }
    let deadline = Date() + 15
    while (try? names(in: "saved"))?.filter({ !$0.hasSuffix("crdownload") }).count ?? 0 < 3, Date() < deadline
    { usleep(100_000) }
    let saved = try names(in: "saved")
    XCTAssertEqual(Set(saved.map { ($0 as NSString).pathExtension }), ["abc", "mid", "wav"], "\(saved)")
    for name in saved where name.hasSuffix("mid") {
      XCTAssertEqual(try Program.run("export", "--dump", path("saved/\(name)")).status, 0)
    }
    // The model.
    try browser.click("#tab-model")
    try browser.wait("document.querySelector('#loss-curve svg path')")
    try browser.choose("20", in: "rates-count")
    try browser.click("#rates-run")
    try browser.wait("document.querySelectorAll('#rates-table tbody tr').length === 1", seconds: 30)
    try browser.wait("document.querySelectorAll('#heatmap span').length > 50")
    try browser.click("#heatmap-next")
    try browser.picture("model")
    // Dark, narrow, and by keyboard alone.
    try browser.send(
      "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": "dark"]]])
    try browser.picture("model-dark")
    try browser.click("#tab-tune")
    try browser.picture("dark")
    try browser.send(
      "Emulation.setDeviceMetricsOverride",
      ["width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": true])
    XCTAssertLessThanOrEqual(try browser.number("document.documentElement.scrollWidth"), 380)
    try browser.picture("narrow")
    try browser.value("document.activeElement.blur()")
    try browser.press("Enter", code: 13, control: true)
    try browser.wait("document.querySelectorAll('#sitting .open').length === 4")
    // What was made is still there after the page was loaded again.
    try browser.send("Page.reload")
    try browser.wait("document.querySelectorAll('#sitting .open').length === 4")
    // The studio goes, and the page says so.
    server?.interrupt()
    server?.waitUntilExit()
    server = nil
    try browser.click("#generate")
    try browser.wait("document.getElementById('status').textContent.includes('not running')")
    XCTAssertEqual(browser.exceptions, [])
  }
}
