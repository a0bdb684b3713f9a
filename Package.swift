// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors where HORNPIPE_STRICT is set, as in CI; a newcomer's newer compiler may warn and go on.
let isStrict = Context.environment["HORNPIPE_STRICT"] != nil
let strict: [SwiftSetting] =
  [.strictMemorySafety()] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
let testing: [SwiftSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

// The program holds what it needs of Swift, so that it runs where there is none. What FoundationEssentials is
// made of must be named; the linker is Swift's own, since others warn of what the program does not use.
let withSwiftInside = [
  "-static-stdlib", "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
  "-l_FoundationCShims", "-l_FoundationCollections",
]

let package = Package(
  name: "hornpipe",
  products: [
    .executable(name: "hornpipe", targets: ["hornpipe"]),
    .library(name: "ABCNotation", targets: ["ABCNotation"]),
    .library(name: "StandardMIDI", targets: ["StandardMIDI"]),
    .library(name: "ABCToMIDI", targets: ["ABCToMIDI"]),
    .library(name: "CharacterModel", targets: ["CharacterModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "hornpipe",
      dependencies: [
        "ABCNotation", "ABCToMIDI", "CharacterModel", "Engraving", "Playback", "StandardMIDI", "Studio",
        "SystemFiles", "TuneGenerator",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: [.unsafeFlags(withSwiftInside)]),
    .target(
      name: "Studio",
      dependencies: [
        "TuneGenerator", "CharacterModel", "ABCToMIDI", "Playback", "Engraving", "ABCNotation",
        "StandardMIDI",
        "CStudioPage", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .target(
      name: "Playback",
      dependencies: [
        "StandardMIDI", "SystemFiles", "CFluidSynth", "CFluidSynthLoader", "CSndFile", "CSndFileLoader",
        "CALSA", "CSoundFont",
      ],
      swiftSettings: strict),
    .target(name: "Engraving", dependencies: ["ABCNotation", "SystemFiles"], swiftSettings: strict),
    .target(
      name: "TuneGenerator", dependencies: ["ABCNotation", "CharacterModel", "CEmbeddedModel"],
      swiftSettings: strict),
    .target(name: "ABCToMIDI", dependencies: ["ABCNotation", "StandardMIDI"], swiftSettings: strict),
    .target(name: "CharacterModel", dependencies: ["SystemFiles", "CKernels"], swiftSettings: strict),
    .target(name: "ABCNotation", swiftSettings: strict),
    .target(name: "StandardMIDI", swiftSettings: strict),
    .target(name: "SystemFiles", swiftSettings: strict),

    // C libraries of the system, and C code of our own.
    .systemLibrary(name: "CFluidSynth"),
    .systemLibrary(name: "CSndFile"),
    .systemLibrary(name: "CALSA"),
    .target(name: "CFluidSynthLoader"),
    .target(name: "CSndFileLoader"),
    .target(name: "CKernels"),
    .target(name: "CSoundFont"),
    .target(name: "CStudioPage", exclude: ["page"]),
    .target(name: "CEmbeddedModel", exclude: ["Hornpipe.safetensors"]),

    // Makes SoundFonts/Hornpipe.sf2; no part of what a user installs.
    .executableTarget(name: "soundfont-maker", path: "SoundFonts/Maker", swiftSettings: strict),

    // Run by Benchmarks/model.
    .executableTarget(
      name: "model-benchmark", dependencies: ["CharacterModel"], path: "Benchmarks/Model",
      swiftSettings: strict),

    .testTarget(name: "ABCNotationTests", dependencies: ["ABCNotation"], swiftSettings: testing),
    .testTarget(
      name: "StandardMIDITests", dependencies: ["StandardMIDI"], exclude: ["Goldens"], swiftSettings: testing),
    .testTarget(
      name: "ABCToMIDITests", dependencies: ["ABCToMIDI", "ABCNotation", "StandardMIDI"],
      exclude: ["Goldens"],
      swiftSettings: testing),
    .testTarget(
      name: "CharacterModelTests", dependencies: ["CharacterModel", "CKernels"], exclude: ["Reference"],
      swiftSettings: testing),
    .testTarget(
      name: "TuneGeneratorTests",
      dependencies: ["TuneGenerator", "ABCNotation", "ABCToMIDI", "CharacterModel"], swiftSettings: testing),
    // They run the program and must not hold it: two copies of Swift in one process do not go together.
    .testTarget(name: "HornpipeTests", exclude: ["PyTorch"], swiftSettings: testing),
    .testTarget(name: "SystemFilesTests", dependencies: ["SystemFiles"], swiftSettings: testing),
    .testTarget(name: "EngravingTests", dependencies: ["Engraving", "ABCNotation"], swiftSettings: testing),
    .testTarget(
      name: "PlaybackTests", dependencies: ["Playback", "StandardMIDI", "ABCToMIDI", "ABCNotation"],
      swiftSettings: testing),
    .testTarget(name: "SoundFontMakerTests", dependencies: ["soundfont-maker"], swiftSettings: testing),
  ]
)

// Only for `make docs`: nobody else has to fetch it.
if Context.environment["HORNPIPE_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
