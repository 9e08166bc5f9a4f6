// swift-tools-version: 6.2

import PackageDescription

/// What is given any bytes whatever, by `make fuzz` and, once more, by the tests.
let fuzzed: [Target.Dependency] = [
  "Answers", "Arguments", "Checks", "Events", "Ingest", "JSON", "Profiles", "Queries", "Rendering",
  "Reports", "SQLite", "Store",
]

let package = Package(
  name: "errata",
  products: [.executable(name: "errata", targets: ["errata"])],
  targets: [
    // Debian's C and C++ libraries.
    .systemLibrary(name: "CSQLite", path: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),

    // Files put into the binary at build time.
    .executableTarget(name: "Embed"),
    .plugin(
      name: "EmbedPlugin", capability: .buildTool(), dependencies: ["Embed"],
      path: "Sources/EmbedPlugin"),
    .target(name: "Queries", path: "Queries", plugins: ["EmbedPlugin"]),

    // The house: data flows from the first of these to the last.
    .target(name: "Events", dependencies: ["CFileSystem"]),
    .target(name: "JSON", dependencies: ["CSimdjson"]),
    .target(name: "Profiles", dependencies: ["Events", "JSON"], plugins: ["EmbedPlugin"]),
    .target(name: "Redaction", dependencies: ["Events", "CXXHash"]),
    .target(
      name: "Ingest",
      dependencies: [
        "Events", "JSON", "Profiles", "Redaction", "CZlib", "CArchive", "CLZMA", "CXXHash",
      ]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "Store", dependencies: ["Events", "SQLite"]),
    .target(name: "Analysis", dependencies: ["Events"]),
    .target(name: "Checks", dependencies: ["Events"]),
    .target(name: "Answers"),
    .target(
      name: "Reports",
      dependencies: [
        "Analysis", "Answers", "Checks", "Events", "JSON", "Profiles", "Queries", "Store",
      ]),
    .target(
      name: "Rendering", dependencies: ["Answers", "Events"], plugins: ["EmbedPlugin"]),
    .target(name: "Manual", plugins: ["EmbedPlugin"]),
    .target(name: "Arguments", dependencies: ["Manual"]),
    .executableTarget(
      name: "errata",
      dependencies: [
        "Answers", "Arguments", "CMalloc", "Checks", "Events", "Ingest", "Manual", "Profiles",
        "Queries", "Redaction", "Rendering", "Reports", "SQLite", "Store",
      ]),

    .testTarget(name: "EventsTests", dependencies: ["Events"], path: "Tests/Events"),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], path: "Tests/JSON"),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"], path: "Tests/SQLite"),
    .testTarget(
      name: "ProfilesTests", dependencies: ["Events", "JSON", "Profiles"], path: "Tests/Profiles"),
    .testTarget(
      name: "RedactionTests", dependencies: ["Events", "JSON", "Redaction"],
      path: "Tests/Redaction"),
    .testTarget(
      name: "IngestTests", dependencies: ["Events", "Ingest", "JSON", "Profiles"],
      path: "Tests/Ingest"),
    .testTarget(
      name: "StoreTests", dependencies: ["Events", "SQLite", "Store"], path: "Tests/Store"),
    .testTarget(
      name: "LineageTests", dependencies: ["Events", "Ingest", "Profiles", "SQLite", "Store"],
      path: "Tests/Lineage"),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Events"], path: "Tests/Analysis"),
    .testTarget(name: "ChecksTests", dependencies: ["Checks", "Events"], path: "Tests/Checks"),
    .testTarget(
      name: "RenderingTests", dependencies: ["Answers", "Rendering"], path: "Tests/Rendering",
      exclude: ["Samples"]),
    .testTarget(name: "ManualTests", dependencies: ["Manual"], path: "Tests/Manual"),
    .testTarget(
      name: "ArgumentsTests", dependencies: ["Arguments", "Manual"], path: "Tests/Arguments"),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Answers", "Checks", "Events", "Ingest", "Profiles", "Queries", "Rendering", "Reports",
        "SQLite", "Store",
      ],
      path: "Tests/Reports"),
    .testTarget(name: "HouseTests", path: "Tests/House"),
    .testTarget(name: "EndToEndTests", path: "Tests/EndToEnd", exclude: ["Cases"]),
    .testTarget(
      name: "FuzzTests", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Fuzzer"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// `make fuzz` builds it all anew, watched by libFuzzer and the address sanitizer.
let isFuzzing = Context.environment["ERRATA_FUZZ"] != nil
if isFuzzing {
  package.targets.removeAll { $0.type == .test }
  package.targets.append(
    .executableTarget(
      name: "Fuzzer", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Replay"],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  ]
  target.cxxSettings = [.treatAllWarnings(as: .error)]
  if isFuzzing, target.name != "Embed" {
    target.swiftSettings?.append(
      .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing", "-parse-as-library"]))
    target.cxxSettings?.append(.unsafeFlags(["-fsanitize=fuzzer-no-link,address"]))
  }
}
