import Foundation
import Testing

/// Each room imports what the manifest says it depends on, all of it and nothing else: data flows one
/// way, and the manifest shows which.
///
/// SwiftPM's own check (`--explicit-target-dependency-import-check`) lets an undeclared import pass
/// where another dependency brings the module along.
@Suite struct ImportTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `a room imports what it declares, and declares what it imports`() throws {
    let targets = try manifest().targets
    let names = Set(targets.map(\.name))
    for target in targets where target.isCode {
      let imported = try imports(of: target).intersection(names).subtracting([target.name])
      let declared = Set(target.dependencies)
      let undeclared = imported.subtracting(declared).sorted()
      #expect(undeclared == [], "\(target.name) imports what it does not declare")
      let unused = declared.subtracting(imported).sorted()
      #expect(unused == [], "\(target.name) declares what it does not import")
    }
  }

  @Test func `nothing that ships imports Foundation`() throws {
    for target in try manifest().targets where target.isCode && target.type != "test" {
      #expect(try !imports(of: target).contains("Foundation"), "\(target.name)")
    }
  }

  @Test func `the house in CONTRIBUTING.md has a line for every room`() throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    let rooms = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path)
    // Faces of C libraries have one line for all of them.
    for room in rooms where !(room.hasPrefix("C") && room.dropFirst().first?.isUppercase == true) {
      #expect(text.contains("`Sources/\(room)`"), "CONTRIBUTING.md has no line for \(room)")
    }
  }

  // MARK: The manifest

  private struct Manifest: Decodable {
    var targets: [Target]
  }

  private struct Target: Decodable {
    var name: String
    var type: String
    var path: String?
    var exclude: [String]
    /// Names of targets.
    var dependencies: [String]

    /// Whether it is made of Swift files that are compiled with the package's modules.
    var isCode: Bool { ["regular", "executable", "test"].contains(type) }

    private enum Key: String, CodingKey { case name, type, path, exclude, dependencies }

    /// A dependency is an object of its kind and a list that begins with its name.
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      name = try values.decode(String.self, forKey: .name)
      type = try values.decode(String.self, forKey: .type)
      path = try values.decodeIfPresent(String.self, forKey: .path)
      exclude = try values.decode([String].self, forKey: .exclude)
      dependencies = try values.decode([[String: [String?]]].self, forKey: .dependencies)
        .compactMap { $0.values.first?.first ?? nil }
    }
  }

  /// What SwiftPM makes of Package.swift.
  private func manifest() throws -> Manifest {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // The tests run under SwiftPM's lock.
    process.arguments = ["swift", "package", "--ignore-lock", "dump-package"]
    process.currentDirectoryURL = Self.root
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Manifest.self, from: bytes)
  }

  // MARK: The sources

  /// The modules that its files name in `import`, whatever stands before it, or, where they are C, by their
  /// headers.
  private func imports(of target: Target) throws -> Set<String> {
    let folder = Self.root.appending(path: target.path ?? "Sources/\(target.name)")
    var modules: Set<String> = []
    let files = FileManager.default.enumerator(atPath: folder.path)
    for case let name as String in files ?? .init() {
      let isC = name.hasSuffix(".c") || name.hasSuffix(".cpp")
      guard isC || name.hasSuffix(".swift") else { continue }
      if target.exclude.contains(where: { name == $0 || name.hasPrefix($0 + "/") }) { continue }
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        if isC {
          // #include "Module.h"
          let parts = line.split(separator: "\"")
          guard parts.first == "#include ", parts.count > 1 else { continue }
          modules.insert(String(parts[1].prefix { $0 != "." }))
          continue
        }
        var words = line.split(separator: " ")[...]
        while let first = words.first, first.hasPrefix("@") || Self.access.contains(first) {
          words.removeFirst()
        }
        guard words.first == "import", var module = words.dropFirst().first else { continue }
        // import struct Module.Name
        if let kind = words.dropFirst(2).first { module = kind.prefix { $0 != "." } }
        modules.insert(String(module))
      }
    }
    return modules
  }

  private static let access: Set<Substring> = ["public", "package", "internal", "private"]
}
