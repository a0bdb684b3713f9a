import Foundation
import XCTest

/// A headless Chromium that does what a person would do with a page, over the DevTools protocol on a pipe.
final class Chromium {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received: [UInt8] = []
  private var lastID = 0
  private var session: String?
  /// What the page's scripts threw.
  private(set) var exceptions: [String] = []

  /// Starts the browser; skips the test where there is none.
  init(profile: String, width: Int = 1280, height: Int = 900) throws {
    let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    guard let path else { throw XCTSkip("chromium is not installed") }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // The protocol goes through descriptors 3 and 4.
    process.arguments = [
      "-c",
      "exec \(path) --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --mute-audio "
        + "--user-data-dir=\(profile) --window-size=\(width),\(height) --remote-debugging-pipe about:blank "
        + "3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null",
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let targets = try send("Target.getTargets")["targetInfos"] as? [[String: Any]] ?? []
    let page = try XCTUnwrap(targets.first { $0["type"] as? String == "page" }?["targetId"] as? String)
    session =
      try send("Target.attachToTarget", ["targetId": page, "flatten": true])["sessionId"] as? String
    try send("Runtime.enable")
    try send("Page.enable")
  }

  func quit() {
    _ = try? send("Browser.close")
    let deadline = Date() + 5
    while process.isRunning, Date() < deadline { usleep(20_000) }
    if process.isRunning { process.terminate() }
  }

  /// Sends a command and waits for its answer, 30 seconds at most.
  @discardableResult
  func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try input.fileHandleForWriting.write(
      contentsOf: try JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try receive()
      if answer["method"] as? String == "Runtime.exceptionThrown" { exceptions.append("\(answer)") }
      guard answer["id"] as? Int == lastID else { continue }
      if let error = answer["error"] { throw Failure(text: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  struct Failure: Error { let text: String }

  private func receive() throws -> [String: Any] {
    let deadline = Date() + 30
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = Data(received[..<end])
        received.removeFirst(end + 1)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      guard Date() < deadline else { throw Failure(text: "the browser says nothing") }
      var descriptor = pollfd(
        fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 100) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor.fd, &buffer, buffer.count)
      guard count > 0 else { throw Failure(text: "the browser is gone") }
      received += buffer[..<count]
    }
  }

  // MARK: - What a person does

  func open(_ address: String) throws { try send("Page.navigate", ["url": address]) }

  /// The value of an expression of the page's.
  @discardableResult
  func value(_ expression: String) throws -> Any? {
    let answer = try send(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let details = answer["exceptionDetails"] { throw Failure(text: "\(expression): \(details)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  func text(_ expression: String) throws -> String { try value(expression) as? String ?? "" }

  func number(_ expression: String) throws -> Double {
    (try value(expression) as? NSNumber)?.doubleValue ?? .nan
  }

  /// Waits until an expression is true.
  func wait(
    _ expression: String, seconds: Double = 15, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let deadline = Date() + seconds
    while Date() < deadline {
      if try value("!!(\(expression))") as? Bool == true { return }
      usleep(50_000)
    }
    XCTFail("never true: \(expression)", file: file, line: line)
  }

  func click(_ selector: String) throws {
    let place = try value(
      """
      (() => { const e = document.querySelector(`\(selector)`); e.scrollIntoView({block: "center", behavior: "instant"});
      const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()
      """)
    guard let place = place as? [NSNumber] else { throw Failure(text: "there is no \(selector)") }
    for type in ["mousePressed", "mouseReleased"] {
      try send(
        "Input.dispatchMouseEvent",
        ["type": type, "x": place[0], "y": place[1], "button": "left", "clickCount": 1])
    }
  }

  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  func press(_ key: String, code: Int, control: Bool = false) throws {
    var event: [String: Any] = ["key": key, "windowsVirtualKeyCode": code, "modifiers": control ? 2 : 0]
    if key.count == 1, !control { event["text"] = key }
    for type in ["keyDown", "keyUp"] {
      event["type"] = type
      try send("Input.dispatchKeyEvent", event)
    }
  }

  func choose(_ value: String, in id: String) throws {
    try self.value(
      """
      (() => { const e = document.getElementById("\(id)"); e.value = "\(value)";
      for (const t of ["input", "change"]) e.dispatchEvent(new Event(t, {bubbles: true})); })()
      """)
  }

  /// A picture of the page, kept where `HORNPIPE_SCREENSHOTS` names a folder.
  func picture(_ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["HORNPIPE_SCREENSHOTS"] else { return }
    let data = try send("Page.captureScreenshot", ["format": "png"])["data"] as? String ?? ""
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(base64Encoded: data)?.write(
      to: URL(fileURLWithPath: folder).appendingPathComponent(name + ".png"))
  }
}
