import Foundation

/// A server that answers as it is told, a request after the other, and writes down what it was asked.
final class Receiver {
  struct Request {
    var path: String
    var headers: [String: String]
    var body: [String: Any]
  }

  let port: Int
  private let process = Process()
  private let folder: URL

  /// - Parameter isSecure: with the certificate `cert.pem` and the key `key.pem` of the sandbox.
  init(in sandbox: Sandbox, isSecure: Bool = false) throws {
    folder = sandbox.folder.appending(path: "receiver-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = folder.appending(path: "receiver.py")
    try Data(Self.script.utf8).write(to: script)
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path] + (isSecure ? ["tls"] : [])
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Silent()
    }
    self.port = port
  }

  struct Silent: Error {}

  /// A process that is started by a test has the signal that asks to end blocked.
  deinit { kill(process.processIdentifier, SIGKILL) }

  /// What it answers from now on: a status, `hang`, or a line of a head behind the status.
  func answer(_ act: String) throws {
    try Data(act.utf8).write(to: folder.appending(path: "act"), options: .atomic)
  }

  /// What it was asked so far.
  func requests() throws -> [Request] {
    let file = folder.appending(path: "requests")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return try text.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return Request(
        path: object?["path"] as? String ?? "",
        headers: object?["headers"] as? [String: String] ?? [:],
        body: object?["body"] as? [String: Any] ?? [:])
    }
  }

  private static let script = """
    import http.server, json, os, ssl, sys, threading, time
    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with open("requests", "a") as file:
                file.write(json.dumps({"path": self.path, "body": json.loads(body),
                    "headers": {k.lower(): v for k, v in self.headers.items()}}) + "\\n")
            act = open("act").read() if os.path.exists("act") else "200"
            if act == "hang": time.sleep(30)
            status, _, field = act.partition(" ")
            self.send_response(int(status) if status.isdigit() else 200)
            if field: self.send_header(*field.split(": ", 1))
            self.send_header("Content-Length", "0")
            self.end_headers()
        def log_message(self, *words): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    if "tls" in sys.argv:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("../cert.pem", "../key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    # Whatever becomes of the test, this ends.
    watch = threading.Timer(1800, os._exit, [1])
    watch.daemon = True
    watch.start()
    print(server.server_port, flush=True)
    server.serve_forever()
    """
}
