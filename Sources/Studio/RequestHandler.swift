import NIOCore
import NIOHTTP1
import Playback
import Synchronization

/// The requests of one connection: takes them in, refuses what has no business here, and has the rest answered.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let service: StudioService
  private let doors: Doors
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()
  /// Whether an answer is under way.
  private var isBusy = false
  private let connection = Connection()

  /// More than any tune and what surrounds it.
  private static let largestBody = 256 << 10

  init(service: StudioService, doors: Doors) {
    self.service = service
    self.doors = doors
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      body.clear()
      self.head = head
      // What is announced as too large is refused before it is sent.
      if let length = head.headers.first(name: "content-length"), Int(length) ?? .max > Self.largestBody {
        refuse(context.channel, head, RequestFault(413, "the request is too large"))
        self.head = nil
      }
    case .body(var part):
      guard let head else { return }
      guard body.readableBytes + part.readableBytes <= Self.largestBody else {
        refuse(context.channel, head, RequestFault(413, "the request is too large"))
        self.head = nil
        return
      }
      body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      self.head = nil
      isBusy = true
      let channel = context.channel
      let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
      connection.finished = { channel.eventLoop.execute { loopBound.value.isBusy = false } }
      answer(channel, head, body.readBytes(length: body.readableBytes) ?? [])
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    connection.isClosed.store(true, ordering: .relaxed)
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // Who says nothing for so long keeps others out.
    if event is IdleStateHandler.IdleStateEvent, !isBusy { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func answer(_ channel: any Channel, _ head: HTTPRequestHead, _ body: [UInt8]) {
    let path = String(head.uri.prefix { $0 != "?" })
    do {
      try check(head, path)
    } catch {
      return refuse(channel, head, error)
    }
    if let file = StudioPage.files[path] {
      return connection.send(channel, head, 200, file.bytes, type: file.type)
    }
    let (service, connection) = (service, connection)
    let isAccepted = doors.work(isSound: path == "/api/audio") {
      do {
        let answer = try service.answer(path, body) { connection.isClosed.load(ordering: .relaxed) }
        switch answer {
        case .bytes(let bytes, let type): connection.send(channel, head, 200, bytes, type: type)
        case .sound(let renderer): connection.stream(channel, head, renderer)
        }
      } catch let fault as RequestFault {
        connection.refuse(channel, head, fault)
      } catch {
        connection.refuse(channel, head, RequestFault(500, "\(error)"))
      }
    }
    if !isAccepted {
      refuse(channel, head, RequestFault(503, "the studio is busy; try again in a moment"))
    }
  }

  /// Only the page itself may ask: no other site that a browser shows, by whatever name it calls this machine.
  private func check(_ head: HTTPRequestHead, _ path: String) throws(RequestFault) {
    // Browsers leave the port of the protocol out.
    let hosts = ["127.0.0.1", "localhost"].flatMap {
      doors.port == 80 ? [$0, "\($0):80"] : ["\($0):\(doors.port)"]
    }
    guard head.headers["host"].count == 1, let host = head.headers.first(name: "host"), hosts.contains(host)
    else {
      throw RequestFault(421, "this is not the host that was asked for")
    }
    if let origin = head.headers.first(name: "origin"), !hosts.contains(where: { origin == "http://\($0)" }) {
      throw RequestFault(403, "another site may not ask for this")
    }
    if let site = head.headers.first(name: "sec-fetch-site"), site != "same-origin", site != "none" {
      // A link to the page itself may stand anywhere.
      guard path == "/", head.method == .GET else {
        throw RequestFault(403, "another site may not ask for this")
      }
    }
    let isPage = StudioPage.files[path] != nil
    guard let method = isPage ? "GET" : StudioService.methods[path] else {
      throw RequestFault(404, "there is nothing here")
    }
    guard head.method.rawValue == method || isPage && head.method == .HEAD else {
      throw RequestFault(405, "this is asked for by \(method)")
    }
    guard method == "GET" || head.headers.first(name: "content-type")?.hasPrefix("application/json") == true
    else {
      throw RequestFault(415, "the request must be JSON")
    }
  }

  private func refuse(_ channel: any Channel, _ head: HTTPRequestHead, _ fault: RequestFault) {
    connection.refuse(channel, head, fault)
  }
}

/// The sending side of a connection; may be used from any thread.
final class Connection: Sendable {
  let isClosed = Atomic<Bool>(false)
  private let whenFinished = Mutex<(@Sendable () -> Void)?>(nil)

  /// What is to be done when an answer has been sent.
  var finished: (@Sendable () -> Void)? {
    get { whenFinished.withLock { $0 } }
    set { whenFinished.withLock { $0 = newValue } }
  }

  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    + "img-src 'self' data: blob:; media-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

  private func responseHead(_ request: HTTPRequestHead, _ status: Int, type: String) -> HTTPResponseHead {
    var head = HTTPResponseHead(version: request.version, status: .init(statusCode: status))
    head.headers.add(name: "content-type", value: type)
    head.headers.add(name: "cache-control", value: "no-store")
    head.headers.add(name: "x-content-type-options", value: "nosniff")
    head.headers.add(name: "content-security-policy", value: Self.policy)
    head.headers.add(name: "referrer-policy", value: "no-referrer")
    head.headers.add(name: "cross-origin-resource-policy", value: "same-origin")
    return head
  }

  func send(
    _ channel: any Channel, _ request: HTTPRequestHead, _ status: Int, _ bytes: [UInt8], type: String
  ) {
    var head = responseHead(request, status, type: type)
    head.headers.add(name: "content-length", value: "\(bytes.count)")
    // What is left of a refused request is not read.
    let closes = status >= 400 || !request.isKeepAlive
    if closes { head.headers.add(name: "connection", value: "close") }
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    if request.method != .HEAD {
      channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
    }
    let sent = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
    let finished = finished
    sent.whenComplete { _ in
      finished?()
      if closes { channel.close(promise: nil) }
    }
  }

  func refuse(_ channel: any Channel, _ request: HTTPRequestHead, _ fault: RequestFault) {
    let body = StudioObjects.encode(StudioObjects.Fault(error: fault.sentence))
    send(channel, request, fault.status, body, type: "application/json")
  }

  /// Renders and sends, as fast as the other side takes it.
  func stream(_ channel: any Channel, _ request: HTTPRequestHead, _ renderer: PerformanceRenderer) {
    var renderer = renderer
    let head = responseHead(request, 200, type: "application/octet-stream")
    defer { finished?() }
    do {
      try channel.writeAndFlush(HTTPServerResponsePart.head(head)).wait()
      var block: [Int16] = []
      var buffer = ByteBuffer()
      // The first piece is short, so that sound begins at once.
      var wanted = 8 << 10
      while renderer.nextBlock(into: &block) {
        for sample in block { buffer.writeInteger(sample, endianness: .little) }
        guard buffer.readableBytes >= wanted else { continue }
        try channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(buffer))).wait()
        buffer.clear()
        wanted = 64 << 10
      }
      channel.write(HTTPServerResponsePart.body(.byteBuffer(buffer)), promise: nil)
      try channel.writeAndFlush(HTTPServerResponsePart.end(nil)).wait()
      if !request.isKeepAlive { channel.close(promise: nil) }
    } catch {
      // Nobody listens any more.
      channel.close(promise: nil)
    }
  }
}
