import Foundation
import XCTest

/// A web server on this machine that has one file, and remembers what it was asked.
final class FileServer: @unchecked Sendable {
  /// How it answers.
  struct Manner {
    /// Whether it can send a part of the file.
    var sendsParts = true
    var tag = "\"one\""
  }

  private let socket: Int32
  private let lock = NSLock()
  private var content: [UInt8]
  private var manner: Manner
  private var heard: [String] = []
  let port: UInt16

  init(_ content: [UInt8], _ manner: Manner = Manner()) throws {
    self.content = content
    self.manner = manner
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = socket
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, length) == 0 && listen(number, 8) == 0 && getsockname(number, $0, &length) == 0
      }
    }
    guard isBound else { throw XCTSkip("no server can be started here") }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  var address: String { "http://127.0.0.1:\(port)/tunes.csv" }

  /// The requests so far.
  var requests: [String] { lock.withLock { heard } }

  /// From now on it has another file.
  func change(_ content: [UInt8], _ manner: Manner) {
    lock.withLock {
      self.content = content
      self.manner = manner
    }
  }

  func stop() { close(socket) }

  private func serve() {
    while true {
      let connection = accept(socket, nil, nil)
      if connection < 0 { return }
      var request: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
        let count = read(connection, &buffer, buffer.count)
        if count <= 0 { break }
        request += buffer[..<count]
      }
      let answer = lock.withLock { self.answer(String(decoding: request, as: UTF8.self)) }
      var sent = 0
      while sent < answer.count {
        let count = send(
          connection, Array(answer[sent...]), answer.count - sent, Int32(MSG_NOSIGNAL))
        if count <= 0 { break }
        sent += count
      }
      close(connection)
    }
  }

  private func answer(_ request: String) -> [UInt8] {
    heard.append(request)
    let lines = request.components(separatedBy: "\r\n")
    func header(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    if !lines[0].contains("/tunes.csv") {
      return Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
    }
    var status = "200 OK"
    var body = content[...]
    var more = ""
    if manner.sendsParts, let range = header("range"), header("if-range").map({ $0 == manner.tag }) ?? true,
      let start = Int(range.dropFirst("bytes=".count).prefix { $0.isNumber })
    {
      status = "206 Partial Content"
      body = content[min(start, content.count)...]
      more = "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)\r\n"
    }
    let head =
      "HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\nETag: \(manner.tag)\r\n\(more)Connection: close\r\n\r\n"
    return Array(head.utf8) + body
  }
}
