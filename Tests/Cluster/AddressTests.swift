import Foundation
import Testing

@testable import Cluster

@Suite struct AddressTests {
  @Test(arguments: [
    ("http://host:8123/?database=errata", "http://host:8123/?database=errata"),
    ("HTTP://host:8123?database=errata", "http://host:8123/?database=errata"),
    ("https://host:8443/?database=errata", "https://host:8443/?database=errata"),
    ("https://host", "https://host:443/?database=default"),
    ("clickhouse://host/errata", "http://host:8123/?database=errata"),
    ("clickhouse://host?database=errata", "http://host:8123/?database=errata"),
    ("clickhouses://host/errata", "https://host:8443/?database=errata"),
    ("http://[::1]:8123/?database=a%20b", "http://[::1]:8123/?database=a%20b"),
    ("http://host:8123/behind/proxy/?database=x", "http://host:8123/behind/proxy/?database=x"),
  ])
  func `an address says where, and which database`(text: String, words: String) throws {
    #expect(try ClusterAddress(text).words == words)
  }

  @Test func `what is on this machine is known by its name`() throws {
    for host in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
      #expect(try ClusterAddress("http://\(host):8123/").isOfThisMachine)
    }
    for host in ["127.example.com", "10.0.0.1", "ch", "[::2]"] {
      #expect(try !ClusterAddress("http://\(host):8123/").isOfThisMachine)
    }
  }

  @Test func `who asks may stand in an address, the password may not`() throws {
    #expect(try ClusterAddress("http://reader@host:8123/").user == "reader")
    #expect(try ClusterAddress("http://host:8123/?user=reader").user == "reader")
    for text in ["http://a:b@host/", "http://a:@host/", "http://host/?user=a&password=b"] {
      let error = #expect(throws: ClusterError.self) { try ClusterAddress(text) }
      #expect(error?.message.contains("password") == true)
      #expect(error?.message.contains("b@") == false, "it is not told again")
      #expect(error?.cause == .address)
    }
  }

  @Test(arguments: [
    "http://", "http:///x", "http://host:0/", "http://host:x/", "http://host:70000/", "host:8123",
    "ftp://host/", "http://ho st/", "http://host/?database=", "http://host/?data=x",
    "http://host/?database=%4", "http://host/?database=%zz", "clickhouse://host:9000/errata",
    "http://[::1]x/", "http://a\r\nb/",
  ])
  func `what is no address is refused in words`(text: String) {
    let error = #expect(throws: ClusterError.self) { try ClusterAddress(text) }
    #expect(error?.hint != nil)
  }

  @Test func `files are not taken for addresses`() {
    #expect(ClusterAddress.isAddress("clickhouse://host/errata"))
    #expect(ClusterAddress.isAddress("HTTPS://host"))
    for path in ["errata.db", "/var/lib/errata.db", "http", "http:/x", "file:///x"] {
      #expect(!ClusterAddress.isAddress(path))
    }
  }

  @Test func `credentials come from the environment, else from a file`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try "# who reads\nuser = reader\n\npassword = a = b \n".write(
      to: file, atomically: true, encoding: .utf8)
    chmod(file.path, 0o600)
    func read(_ environment: [String: String] = [:]) throws -> Credentials {
      try Credentials(environment: { environment[$0] }, file: file.path)
    }
    #expect(try read() == Credentials(user: "reader", password: "a = b"))
    #expect(
      try read(["CLICKHOUSE_PASSWORD": "c"]) == Credentials(user: "reader", password: "c"))
    #expect(try read(["CLICKHOUSE_USER": "other"]) == Credentials(user: "other"))
    chmod(file.path, 0o644)
    let error = #expect(throws: ClusterError.self) { try read() }
    #expect(error?.message.contains("may be read by others") == true)
    try FileManager.default.removeItem(at: file)
    #expect(try read() == Credentials())
  }

  @Test func `a line of the file that says nothing is refused`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try "user = a\nsecret\n".write(to: file, atomically: true, encoding: .utf8)
    chmod(file.path, 0o600)
    let error = #expect(throws: ClusterError.self) {
      try Credentials(environment: { _ in nil }, file: file.path)
    }
    #expect(error?.message.contains("line 2") == true)
    #expect(error?.message.contains("secret") == false, "it may be a password")
  }
}
