import Testing

/// The kinds of store that reports are made from.
enum ArchiveKind: CaseIterable {
  case sqlite, memory

  /// The one that a test is run on.
  @TaskLocal static var current = ArchiveKind.sqlite
}

/// Runs each test once on every kind of store, with the same expectations.
struct OnEveryArchive: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing run: @Sendable () async throws -> Void
  ) async throws {
    for kind in ArchiveKind.allCases {
      try await ArchiveKind.$current.withValue(kind) { try await run() }
    }
  }
}

extension Trait where Self == OnEveryArchive {
  static var onEveryArchive: Self { OnEveryArchive() }
}
