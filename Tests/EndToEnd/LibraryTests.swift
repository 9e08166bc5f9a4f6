import Testing

/// Libraries that are loaded when they are needed, and cannot be: here as files that are none.
struct LibraryTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output(
      """
      mkdir broken; echo no library > broken/libarchive.so.13
      cp broken/libarchive.so.13 broken/libmicrohttpd.so.12; cp broken/libarchive.so.13 broken/libcurl.so.4
      """)
  }

  private func refused(_ line: String) throws -> String {
    let outcome = try sandbox.run("LD_LIBRARY_PATH=$PWD/broken errata \(line)")
    #expect(outcome.status != 0 && outcome.output == "")
    return outcome.complaint
  }

  @Test func `what libarchive would unpack is left without it, and the loader says why`()
    throws
  {
    try sandbox.output("gzip -dc demo.ndjson.gz | head -100 | zstd -q > demo.zst")
    let complaint = try refused("import -q demo.zst")
    #expect(complaint.contains("libarchive, which unpacks it, cannot be loaded: "))
    #expect(complaint.contains("broken/libarchive.so.13: "))
    #expect(complaint.contains("the package libarchive13"))
    // What needs none of the libraries is as ever.
    try sandbox.output("LD_LIBRARY_PATH=$PWD/broken errata import -q demo.ndjson.gz")
    try sandbox.output("errata import -q demo.zst")
  }

  @Test func `pages are not served without their library, and the loader says why`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let complaint = try refused("serve")
    #expect(complaint.contains("libmicrohttpd, which serves pages, cannot be loaded: "))
    #expect(complaint.contains("broken/libmicrohttpd.so.12: "))
    #expect(complaint.contains("the package libmicrohttpd12"))
  }

  @Test func `neither a cluster nor a channel is reached without libcurl, and the loader says why`()
    throws
  {
    try sandbox.output("errata import -q demo.ndjson.gz")
    try sandbox.output("umask 077; echo http://127.0.0.1:1/x > hook")
    for line in [
      "rates --store clickhouse://127.0.0.1:1/errata",
      "check --rule 'errors > 0 per 1h' --at 2026-11-10T14:05:00Z --notify webhook:hook",
    ] {
      let complaint = try sandbox.run("LD_LIBRARY_PATH=$PWD/broken errata \(line)").complaint
      #expect(complaint.contains("libcurl, which sends it, cannot be loaded: "), "\(line)")
      #expect(complaint.contains("broken/libcurl.so.4: "), "\(line)")
      #expect(complaint.contains("the package libcurl4"), "\(line)")
    }
  }
}
