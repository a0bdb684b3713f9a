import CFluidSynth
import CFluidSynthLoader

extension Synthesizer {
  /// FluidSynth's settings and the synthesizer made from them, with its font, freed in reverse order.
  @safe
  struct Engine: ~Copyable {
    private let settings: OpaquePointer
    let synth: OpaquePointer

    static func start(with soundFont: SoundFont, _ options: Options) throws(PlaybackError) -> Engine {
      let engine = try Engine(options, defaultGain: soundFont == .builtIn ? 1.6 : 2)
      try engine.load(soundFont)
      return engine
    }

    private init(_ options: Options, defaultGain: Double) throws(PlaybackError) {
      if let reason = unsafe fluidsynth_load() {
        throw unsafe .synthesis(
          operation: "be loaded", reason: "\(String(cString: reason)); install the package libfluidsynth3")
      }
      FluidSynthLog.install
      var noDrivers: [UnsafePointer<CChar>?] = unsafe [nil]
      // Otherwise the drivers that FluidSynth knows look for devices, slowly, and some print what they find.
      _ = unsafe fluid_audio_driver_register(&noDrivers)
      guard let settings = unsafe new_fluid_settings() else {
        throw .synthesis(operation: "make its settings", reason: FluidSynthLog.takeText())
      }
      let numbers = [
        ("synth.sample-rate", Double(sampleRate)), ("synth.gain", options.gain ?? defaultGain),
        ("synth.reverb.room-size", 0.4), ("synth.reverb.damp", 0.3), ("synth.reverb.width", 0.6),
        ("synth.reverb.level", 0.35),
      ]
      let switches = [
        ("synth.reverb.active", options.hasReverb), ("synth.chorus.active", false),
        ("synth.dynamic-sample-loading", true), ("synth.lock-memory", false),
        ("synth.threadsafe-api", false),
      ]
      for (name, value) in numbers { _ = unsafe fluid_settings_setnum(settings, name, value) }
      for (name, value) in switches { _ = unsafe fluid_settings_setint(settings, name, value ? 1 : 0) }
      guard let synth = unsafe new_fluid_synth(settings) else {
        unsafe delete_fluid_settings(settings)
        throw .synthesis(operation: "start", reason: FluidSynthLog.takeText())
      }
      unsafe self.settings = settings
      unsafe self.synth = synth
    }

    deinit {
      unsafe delete_fluid_synth(synth)
      unsafe delete_fluid_settings(settings)
    }

    private func load(_ soundFont: SoundFont) throws(PlaybackError) {
      let name: String
      switch soundFont {
      case .file(let path):
        try SoundFontFile.check(path: path)
        name = path
      case .builtIn:
        name = BuiltInFontStream.name
        try addBuiltInFontLoader()
      }
      _ = FluidSynthLog.take()
      let result =
        switch soundFont {
        case .file: StandardError.silenced { unsafe fluid_synth_sfload(synth, name, 1) }
        case .builtIn: unsafe fluid_synth_sfload(synth, name, 1)
        }
      guard result != FLUID_FAILED else {
        throw .synthesis(operation: "load the SoundFont \(name)", reason: FluidSynthLog.takeText())
      }
    }

    private func addBuiltInFontLoader() throws(PlaybackError) {
      guard let loader = unsafe new_fluid_defsfloader(settings) else {
        throw .synthesis(operation: "make a SoundFont loader", reason: FluidSynthLog.takeText())
      }
      guard unsafe BuiltInFontStream.attach(to: loader) else {
        unsafe delete_fluid_sfloader(loader)
        throw .synthesis(operation: "read from memory", reason: FluidSynthLog.takeText())
      }
      unsafe fluid_synth_add_sfloader(synth, loader)
    }
  }
}
