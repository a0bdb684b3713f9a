import CharacterModel
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Playback

/// The web page in which tunes are written, seen, heard and edited, served to this machine alone.
public final class Studio {
  /// What it works with.
  public struct Configuration: Sendable {
    /// The model that writes.
    public var model: RecurrentModel
    /// What the model is called.
    public var modelName: String
    /// The log of the model's training, JSON lines; nil for that of the embedded model.
    public var trainingLog: [UInt8]?
    /// The collections whose style can be asked for.
    public var styles: [String]
    /// What melodies are played on, a General MIDI program.
    public var program: Int
    /// See ``Synthesizer/Options``.
    public var gain: Double?
    /// What it is played with.
    public var soundFont: SoundFont
    /// The version of the program.
    public var version: String

    /// A configuration with the built-in SoundFont.
    public init(
      model: RecurrentModel, modelName: String, trainingLog: [UInt8]? = nil, styles: [String] = [],
      program: Int,
      gain: Double? = nil, soundFont: SoundFont = .builtIn, version: String
    ) {
      (self.model, self.modelName, self.trainingLog) = (model, modelName, trainingLog)
      (self.styles, self.program, self.gain) = (styles, program, gain)
      (self.soundFont, self.version) = (soundFont, version)
    }
  }

  /// The port that it listens on.
  public let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// Begins to serve; 0 takes any port that is free.
  ///
  /// - Throws: ``StudioError``.
  public init(_ configuration: Configuration, port: Int) throws(StudioError) {
    let service = StudioService(configuration)
    let doors = Doors()
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    // Loopback, whatever else the machine has: the page can run programs and read no password.
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard doors.enter() else { throw ChannelError.ioOnClosedChannel }
          channel.closeFuture.whenComplete { _ in doors.leave() }
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(30)))
          try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
          try pipeline.addHandler(RequestHandler(service: service, doors: doors))
        }
      }
      .childChannelOption(.maxMessagesPerRead, value: 4)
    do {
      channel = try bootstrap.bind(host: "127.0.0.1", port: port).wait()
    } catch {
      try? group.syncShutdownGracefully()
      let reason =
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "another program listens there"
        case EACCES: "ports below 1024 are for the administrator"
        default: "\(error)"
        }
      throw .portTaken(port, reason: reason)
    }
    self.port = channel.localAddress?.port ?? port
    doors.port = self.port
  }

  /// The address of the page.
  public var address: String { "http://127.0.0.1:\(port)/" }

  /// Ends every connection and listens no more.
  public func stop() {
    try? channel.close().wait()
    try? group.syncShutdownGracefully()
  }
}
