// swift-tools-version: 6.2

import PackageDescription

/// What is given any bytes whatever, by `make fuzz` and, once more, by the tests.
let fuzzed: [Target.Dependency] = [
  "Answers", "Arguments", "Batches", "Checks", "Events", "Files", "Formats", "Ingest", "JSON",
  "Profiles", "Queries", "Redaction", "Rendering", "Reports", "SQLite", "Store", "Times",
]

let package = Package(
  name: "errata",
  products: [.executable(name: "errata", targets: ["errata"])],
  targets: [
    // Debian's C and C++ libraries.
    .systemLibrary(name: "CSQLite", path: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    // Found with dlopen when they are needed.
    .target(name: "CLoader"),
    .target(name: "CArchive", dependencies: ["CLoader"]),
    .target(name: "CCurl", dependencies: ["CLoader"]),
    .target(name: "CMicrohttpd", dependencies: ["CLoader"]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CMath"),

    // Files put into the binary at build time.
    .executableTarget(name: "Embed"),
    .plugin(
      name: "EmbedPlugin", capability: .buildTool(), dependencies: ["Embed"],
      path: "Sources/EmbedPlugin"),
    .plugin(
      name: "CommitPlugin", capability: .buildTool(), dependencies: ["Embed"],
      path: "Sources/CommitPlugin"),
    .target(name: "Queries", path: "Queries", plugins: ["EmbedPlugin"]),

    // The house: data flows from the first of these to the last.
    .target(name: "Files", dependencies: ["CFileSystem"]),
    .target(name: "Times", dependencies: ["Files"]),
    .target(name: "Threads"),
    .target(name: "Release"),
    .target(name: "Events"),
    .target(name: "Batches", dependencies: ["Events", "Files", "Times"]),
    .target(name: "JSON", dependencies: ["CSimdjson"]),
    .target(
      name: "Profiles", dependencies: ["Events", "Files", "JSON", "Threads"],
      plugins: ["EmbedPlugin"]),
    .target(name: "Formats", dependencies: ["Files", "JSON"], plugins: ["EmbedPlugin"]),
    .target(name: "Redaction", dependencies: ["Files", "CXXHash"]),
    .target(
      name: "Ingest",
      dependencies: [
        "Batches", "Events", "Files", "JSON", "Profiles", "Redaction", "Threads", "Times", "CZlib",
        "CArchive", "CLZMA", "CXXHash",
      ]),
    .target(name: "Settings", dependencies: ["Files", "JSON"]),
    .target(name: "Questions", dependencies: ["Batches", "Events", "Times"]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(
      name: "Store",
      dependencies: [
        "Batches", "Events", "Files", "Questions", "Release", "SQLite", "Threads", "Times",
      ],
      plugins: ["EmbedPlugin"]),
    .target(name: "HTTP", dependencies: ["CCurl", "Files", "Times"]),
    .target(
      name: "Cluster",
      dependencies: [
        "Batches", "CXXHash", "CZlib", "Events", "Files", "HTTP", "Questions", "Threads", "Times",
      ]),
    .target(name: "Channels", dependencies: ["CFileSystem", "Files", "HTTP"]),
    .target(name: "Analysis", dependencies: ["Events", "Files", "Threads", "Times"]),
    .target(name: "Checks", dependencies: ["Events", "Times"]),
    .target(name: "Answers"),
    .target(name: "Tickets"),
    .target(
      name: "Reports",
      dependencies: [
        "Analysis", "Answers", "Batches", "Checks", "Events", "Files", "JSON", "Profiles",
        "Queries", "Questions", "Threads", "Tickets", "Times",
      ]),
    .target(
      name: "Rendering", dependencies: ["Answers", "Events", "Files", "Release", "Times"],
      plugins: ["EmbedPlugin"]),
    .target(
      name: "Pages",
      dependencies: [
        "Answers", "Batches", "Checks", "Events", "Profiles", "Questions", "Rendering", "Reports",
        "Threads", "Times",
      ]),
    .target(name: "Server", dependencies: ["Files", "Threads", "CMicrohttpd"]),
    .target(name: "Manual", plugins: ["EmbedPlugin"]),
    .target(name: "Arguments", dependencies: ["Manual"]),
    .executableTarget(
      name: "errata",
      dependencies: [
        "Answers", "Arguments", "Batches", "CMalloc", "CMath", "Channels", "Checks", "Cluster",
        "Events", "Files", "Formats", "Ingest", "Manual", "Pages", "Profiles", "Queries",
        "Questions",
        "Redaction", "Release", "Rendering", "Reports", "SQLite", "Server", "Settings", "Store",
        "Threads", "Times",
      ],
      plugins: ["CommitPlugin"]),

    .testTarget(name: "FilesTests", dependencies: ["Files"], path: "Tests/Files"),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], path: "Tests/Threads"),
    .testTarget(name: "TimesTests", dependencies: ["Files", "Times"], path: "Tests/Times"),
    .testTarget(name: "EventsTests", dependencies: ["Events"], path: "Tests/Events"),
    .testTarget(name: "BatchesTests", dependencies: ["Batches"], path: "Tests/Batches"),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], path: "Tests/JSON"),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"], path: "Tests/SQLite"),
    .testTarget(
      name: "ProfilesTests", dependencies: ["Events", "Files", "JSON", "Profiles"],
      path: "Tests/Profiles"),
    .testTarget(
      name: "FormatsTests", dependencies: ["Events", "Formats", "Ingest", "Profiles"],
      path: "Tests/Formats"),
    .testTarget(
      name: "RedactionTests", dependencies: ["Files", "JSON", "Redaction"],
      path: "Tests/Redaction"),
    .testTarget(
      name: "IngestTests",
      dependencies: ["Batches", "Events", "Files", "Ingest", "JSON", "Profiles", "Times"],
      path: "Tests/Ingest"),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Batches", "Events", "Files", "Questions", "SQLite", "Store", "Times"],
      path: "Tests/Store"),
    .testTarget(name: "HTTPTests", dependencies: ["Files", "HTTP"], path: "Tests/HTTP"),
    .testTarget(name: "ChannelsTests", dependencies: ["Channels"], path: "Tests/Channels"),
    .testTarget(
      name: "ClusterTests",
      dependencies: [
        "Batches", "Cluster", "Events", "Files", "Ingest", "Profiles", "Queries", "Questions",
        "Store", "Times",
      ], path: "Tests/Cluster", exclude: ["Engine"]),
    .testTarget(
      name: "LineageTests",
      dependencies: [
        "Batches", "Events", "Files", "Ingest", "Profiles", "Questions", "SQLite", "Store", "Times",
      ],
      path: "Tests/Lineage"),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Events", "Times"], path: "Tests/Analysis"),
    .testTarget(
      name: "ChecksTests", dependencies: ["Checks", "Events", "Files", "Times"],
      path: "Tests/Checks"),
    .testTarget(name: "AnswersTests", dependencies: ["Answers"], path: "Tests/Answers"),
    .testTarget(
      name: "RenderingTests", dependencies: ["Answers", "Rendering"], path: "Tests/Rendering",
      exclude: ["Samples"]),
    .testTarget(name: "TicketsTests", dependencies: ["Tickets"], path: "Tests/Tickets"),
    .testTarget(name: "ServerTests", dependencies: ["Files", "Server"], path: "Tests/Server"),
    .testTarget(name: "ManualTests", dependencies: ["Manual"], path: "Tests/Manual"),
    .testTarget(name: "SettingsTests", dependencies: ["Settings"], path: "Tests/Settings"),
    .testTarget(
      name: "ArgumentsTests", dependencies: ["Arguments", "Manual"], path: "Tests/Arguments"),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Analysis", "Answers", "Batches", "Checks", "Events", "Files", "Ingest", "Profiles",
        "Queries", "Questions", "Rendering", "Reports", "SQLite", "Store", "Times",
      ],
      path: "Tests/Reports"),
    .testTarget(
      name: "PagesTests",
      dependencies: [
        "Files", "Ingest", "Pages", "Profiles", "Questions", "Reports", "SQLite", "Store", "Times",
      ],
      path: "Tests/Pages"),
    .testTarget(
      name: "HintsTests",
      dependencies: [
        "Answers", "Arguments", "Checks", "Cluster", "Ingest", "Rendering", "Reports", "Store",
        "errata",
      ],
      path: "Tests/Hints"),
    .testTarget(name: "HouseTests", path: "Tests/House"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["CFileSystem"], path: "Tests/EndToEnd",
      exclude: ["Cases"]),
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
  if target.type != .test, target.name != "Embed" {
    // Its engine for regular expressions would be an eighth of the binary.
    target.swiftSettings?.append(
      .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]))
  }
  // What asks and shows takes no time worth its size.
  let isShown = [
    "Answers", "Arguments", "Channels", "Checks", "Cluster", "Formats", "HTTP", "Manual", "Pages",
    "Rendering", "Reports", "Server", "Settings", "Tickets", "errata",
  ].contains(target.name)
  if isShown {
    target.swiftSettings?.append(.unsafeFlags(["-Osize"], .when(configuration: .release)))
  }
  // Where tests spend their time, debug builds are optimised, too: Ingest's tests take a fifth of the time,
  // Analysis's a third. Preconditions, overflow and exclusive access are checked all the same.
  let isBusy = [
    "Analysis", "Batches", "Files", "Formats", "Ingest", "JSON", "Profiles", "Redaction", "Times",
  ].contains(target.name)
  if isBusy {
    target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
  }
  target.cSettings = [.treatAllWarnings(as: .error)]
  target.cxxSettings = [.treatAllWarnings(as: .error)]
  if isFuzzing, target.name != "Embed" {
    target.swiftSettings?.append(
      .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing", "-parse-as-library"]))
    target.cxxSettings?.append(.unsafeFlags(["-fsanitize=fuzzer-no-link,address"]))
  }
}
