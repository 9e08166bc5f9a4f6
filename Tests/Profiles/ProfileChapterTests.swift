import Foundation
import Profiles
import Testing

/// The manual's chapters about profiles tell of every member that a profile can have: each mistake
/// here is answered with the words that would have been right, and the chapter has them all.
@Suite struct ProfileChapterTests {
  @Test(arguments: [
    #"{"x":1}"#,
    #"{"name":"a","title":"A","signature":["s"],"fields":{"x":[]}}"#,
    #"{"name":"a","title":"A","signature":["s"],"units":{"x":[]}}"#,
    #"{"name":"a","title":"A","signature":["s"],"answered_by":[{"path":"p","by":"x"}]}"#,
    #"{"name":"a","title":"A","signature":["s"],"samples":[{"x":1}]}"#,
    #"{"name":"a","title":"A","signature":["s"],"samples":[{"line":"l","event":{"x":1}}]}"#,
  ])
  func `every word of a gateway's profile is in its chapter`(profile: String) throws {
    try check(profile, .gateway, "gateway-profile")
  }

  @Test(arguments: [
    (
      #"{"name":"a","title":"A","signature":["s"],"answered_by":[{"x":1}]}"#,
      ["path", "value", "absent", "by"]
    ),
    (
      #"{"name":"a","title":"A","signature":["s"],"echo":{"x":1}}"#,
      ["path", "prefix", "message", "key"]
    ),
  ])
  func `and those of its parts`(profile: String, words: [String]) throws {
    #expect(try known(profile, .gateway) == words)
    try check(profile, .gateway, "gateway-profile")
  }

  @Test(arguments: [
    #"{"x":1}"#,
    #"{"name":"a","title":"A","body":{"x":1}}"#,
    #"{"name":"a","title":"A","body":{},"headers":{"x":[]}}"#,
    #"{"name":"a","title":"A","body":{"retry_after":[{"x":1}]}}"#,
    #"{"name":"a","title":"A","body":{"retry_after":[{"at":"a","unit":"x"}]}}"#,
    #"{"name":"a","title":"A","body":{"issues":[{"x":1}]}}"#,
    #"{"name":"a","title":"A","body":{"issue_text":{"x":1}}}"#,
    #"{"name":"a","title":"A","body":{"code":["a?x"]}}"#,
    #"{"name":"a","title":"A","body":{},"errors":[{"x":1}]}"#,
    #"{"name":"a","title":"A","body":{},"errors":[{"kind":"auth","retry":"x"}]}"#,
    #"{"name":"a","title":"A","body":{},"evidence":[{"x":1}]}"#,
    #"{"name":"a","title":"A","body":{},"evidence":[{"shape":{"a":"x"}}]}"#,
    #"{"name":"a","title":"A","body":{},"samples":[{"x":1}]}"#,
  ])
  func `every word of a vendor's profile is in its chapter`(profile: String) throws {
    try check(profile, .vendor, "vendor-profile")
  }

  @Test(arguments: [
    #"{"name":"a","title":"A","body":{},"errors":[{"kind":"x"}]}"#,
    #"{"name":"a","title":"A","body":{},"errors":[{"kind":"auth","retry":"x"}]}"#,
  ])
  func `kinds and what to do are in the chapter about events`(profile: String) throws {
    try check(profile, .vendor, "events")
  }

  private func check(_ profile: String, _ sort: ProfileFile.Sort, _ chapter: String) throws {
    let text = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Manual/\(chapter).md").standardized, encoding: .utf8)
    let words = try known(profile, sort)
    #expect(!words.isEmpty)
    for word in words where word != "x" {
      #expect(text.contains("`\(word)`"), "\(chapter).md does not tell of \(word)")
    }
  }

  /// What an error about a profile says would be right.
  private func known(_ profile: String, _ sort: ProfileFile.Sort) throws -> [String] {
    let file = ProfileFile(name: "x.json", text: Array(profile.utf8), sort: sort)
    let error = #expect(throws: ProfileError.self) { try Catalog([file]) }
    return error?.known ?? []
  }
}
