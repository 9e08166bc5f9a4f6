import Foundation
import Glibc

/// A ClickHouse server from Debian's package, on loopback, in a folder of its own. It ends with the
/// process that started it, however that ends.
final class ClusterServer: @unchecked Sendable {
  let port: Int
  let nativePort: Int
  /// For HTTPS, with a certificate that nobody but itself vouches for.
  let securePort: Int
  private let folder: URL
  private var process: Process?
  /// As long as this is open, the server runs.
  private var lifeline: Int32 = -1

  init(in folder: URL, ports: [Int]) {
    self.folder = folder
    (port, nativePort, securePort) = (ports[0], ports[1], ports[2])
  }

  var certificate: String { folder.appending(path: "certificate.pem").path }

  private func makeCertificate() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder.path)/key.pem", "-out",
      certificate,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  /// - Parameter shards: where the servers of the cluster `pair` listen, a shard each.
  func configure(shards: [ClusterServer]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try makeCertificate()
    let places = shards.map {
      "<shard><replica><host>127.0.0.1</host><port>\($0.nativePort)</port></replica></shard>"
    }
    try """
    <yandex>
      <logger><level>warning</level><log>\(folder.path)/log</log></logger>
      <listen_host>127.0.0.1</listen_host>
      <http_port>\(port)</http_port><tcp_port>\(nativePort)</tcp_port>
      <https_port>\(securePort)</https_port>
      <openSSL><server><certificateFile>\(certificate)</certificateFile>
        <privateKeyFile>\(folder.path)/key.pem</privateKeyFile>
        <verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile>
      </server></openSSL>
      <path>\(folder.path)/data/</path><tmp_path>\(folder.path)/tmp/</tmp_path>
      <format_schema_path>\(folder.path)/formats/</format_schema_path>
      <users_config>users.xml</users_config>
      <default_profile>default</default_profile><default_database>default</default_database>
      <mark_cache_size>5368709120</mark_cache_size>
      <remote_servers><pair>\(places.joined())</pair></remote_servers>
    </yandex>
    """.write(to: folder.appending(path: "config.xml"), atomically: true, encoding: .utf8)
    func user(_ name: String, password: String, profile: String) -> String {
      "<\(name)><password>\(password)</password><networks><ip>127.0.0.1</ip></networks>"
        + "<profile>\(profile)</profile><quota>default</quota></\(name)>"
    }
    try """
    <yandex>
      <profiles>
        <default><max_memory_usage>2000000000</max_memory_usage></default>
        <readonly><readonly>1</readonly></readonly>
        <reader><readonly>2</readonly></reader>
      </profiles>
      <users>
        \(user("default", password: "", profile: "default"))
        \(user("writer", password: "open sesame", profile: "default"))
        \(user("guest", password: "", profile: "readonly"))
        \(user("reader", password: "", profile: "reader"))
      </users>
      <quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors>
        <result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time>
      </interval></default></quotas>
    </yandex>
    """.write(to: folder.appending(path: "users.xml"), atomically: true, encoding: .utf8)
  }

  func start() throws {
    let ends = try lifelineEnds()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      PATH=$PATH:/usr/sbin
      clickhouse-server --config-file=config.xml </dev/null >>out 2>&1 &
      cat >/dev/null; kill -9 $!; wait
      """,
    ]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle(fileDescriptor: ends.read, closeOnDealloc: true)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    lifeline = ends.write
  }

  /// As when the machine loses power, but that what was written to files is there.
  func kill() {
    guard lifeline >= 0 else { return }
    close(lifeline)
    lifeline = -1
    process?.waitUntilExit()
  }

  /// What the server has said since it was made.
  var log: String {
    ["out", "log"].compactMap {
      try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }.joined()
  }
}

/// A pipe that no child inherits: whoever reads it learns when this process is gone.
func lifelineEnds() throws -> (read: Int32, write: Int32) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
