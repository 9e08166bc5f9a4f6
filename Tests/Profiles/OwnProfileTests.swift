import Events
import Files
import Foundation
import Profiles
import Testing

/// A user's own profiles beside those in the binary.
@Suite struct OwnProfileTests {
  private let acme = #"""
    {
      "name": "acme", "title": "Acme", "hosts": ["*.acme.test"], "aliases": ["Acme-API"],
      "body": { "code": ["fault.id"], "message": ["fault.text"] },
      "errors": [
        { "code": "A-7", "kind": "plan_limit", "meaning": "The plan is used up." },
        { "message": ["nope"], "kind": "permission" }
      ]
    }
    """#

  private func file(_ text: String, name: String = "acme.json", sort: ProfileFile.Sort? = nil)
    -> ProfileFile
  {
    ProfileFile(name: name, text: Array(text.utf8), sort: sort)
  }

  @Test func `one more vendor is one file and nothing else`() throws {
    let catalog = try Catalog([file(acme)])
    #expect(try catalog.vendors.count == Catalog().vendors.count + 1)
    let vendor = try #require(catalog.vendor(named: "acme-api"))
    #expect(vendor.file == "acme.json")
    #expect(vendor.contents == Array(acme.utf8))
    #expect(vendor.owns(host: "eu.acme.test"))
    let kind = "A-7".withBytes {
      catalog.rule(
        vendor: vendor, for: ErrorFacts(status: 403, code: $0, message: nil, hasIssues: false))
    }?.kind
    #expect(kind == .planLimit)
  }

  @Test func `a new gateway is one file and nothing else`() throws {
    let text = #"{"name":"edge","title":"Edge","signature":["pop"],"fields":{"status":["c"]}}"#
    let catalog = try Catalog([file(text, name: "edge.json")])
    #expect(catalog.gateways.first?.name == "edge")
    #expect(catalog.gateways.first?.file == "edge.json")
    #expect(catalog.gateways.first?.contents == Array(text.utf8))
  }

  @Test func `one's own takes the place of the one in the binary, the last of all`() throws {
    let zof = acme.replacingOccurrences(of: "\"acme\"", with: "\"zof\"")
    let first = zof.replacingOccurrences(of: "Acme\"", with: "First\"")
    let catalog = try Catalog([file(first, name: "1.json"), file(zof, name: "2.json")])
    #expect(try catalog.vendors.count == Catalog().vendors.count)
    #expect(catalog.vendor(named: "zof")?.file == "2.json")
    #expect(catalog.vendors.first?.name == "zof")
  }

  @Test(arguments: [
    (
      "{\n\"name\": \"a\",\n\"titel\": \"A\", \"body\": {}}", "3:1: titel: “titel” is not known",
      "title"
    ),
    (
      "{\"name\":\"a\",\"title\":\"A\",\"body\":{\"code\":7}}", "1:33: body.code: “code” must be",
      nil
    ),
    (
      "{\"name\":\"a\",\"title\":\"A\",\"body\":{\"code\":[\"a[x]\"]}}",
      "1:41: body.code[0]: “[x]” is no place", nil
    ),
    (
      "{\"name\":\"a\",\"title\":\"A\",\"body\":{},\n\"errors\":[{\"kind\":\"auht\"}]}",
      "2:12: errors[0].kind: there is no kind “auht”", "auth"
    ),
    (
      "{\"name\":\"a\",\"title\":\"A\",\"body\":{},\"errors\":[{\"kind\":\"auth\",\"code\":\"*\"}]}",
      "1:60: errors[0].code: “*” is no code", nil
    ),
    ("{\"name\":\"a\",\"title\":\"A\",\"body\":{},}", "1:35: a name in double quotes", nil),
    ("{\"name\":\"a\",\"title\":\"A\"}", "1:1: this is neither", nil),
    ("{\"body\":{},\"signature\":[\"a\"]}", "1:1: this is neither", nil),
    ("{\"signature\":[\"a\"],\"title\":\"A\"}", "1:1: “name” is missing", nil),
    ("{\"fields\":{},\"name\":\"a\",\"title\":\"A\"}", "1:1: “signature” is missing", nil),
    (
      "{\"signature\":[\"a\"],\"name\":\"a\",\"title\":\"A\",\"fields\":{\"statsu\":[\"s\"]}}",
      "1:53: fields.statsu: there is no field “statsu”", "status"
    ),
    (
      "{\"signature\":[\"a\"],\"name\":\"a\",\"title\":\"A\",\n\"samples\":[{\"lien\":\"x\"}]}",
      "2:13: samples[0].lien: “lien” is not known here", "line"
    ),
    (
      "{\"name\":\"a\",\"title\":\"A\",\"body\":{},"
        + "\n\"samples\":[{\"body\":1,\"event\":{\"kind\":\"auht\"}}]}",
      "2:31: samples[0].event.kind: there is no kind “auht”", "auth"
    ),
    (
      "{\"name\":\"a\",\"name\":\"b\",\"title\":\"A\",\"body\":{}}",
      "1:13: name: “name” stands here twice", nil
    ),
  ])
  func `a mistake is told with file, place, member and what would be right`(
    text: String, expected: String, near: String?
  ) throws {
    let error = #expect(throws: ProfileError.self) { _ = try Catalog([file(text)]) }
    #expect(error?.sentence.hasPrefix("acme.json:" + expected) == true, "\(error?.sentence ?? "")")
    if let near { #expect(error?.known.contains(near) == true) }
  }

  @Test func `a folder's files are its profiles, by name`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let vendors = folder.appending(path: "vendors")
    try FileManager.default.createDirectory(at: vendors, withIntermediateDirectories: true)
    for name in ["b.json", "a.json", "notes.txt", ".c.json"] {
      try Data(acme.utf8).write(to: vendors.appending(path: name))
    }
    let files = try ProfileFile.all(in: folder.path)
    #expect(files.map(\.name) == ["a", "b"].map { "\(vendors.path)/\($0).json" })
    #expect(files.allSatisfy { $0.sort == .vendor })
    #expect(try ProfileFile.all(in: folder.path + "/none").isEmpty)
    let none = #expect(throws: ProfileError.self) { _ = try ProfileFile(path: "/none.json") }
    #expect(none?.sentence == "/none.json: No such file or directory")
  }
}
