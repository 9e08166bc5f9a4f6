import Foundation
import Testing

/// A page in Chromium without a window, driven over pipes by the DevTools protocol:
/// <https://chromedevtools.github.io/devtools-protocol/>.
final class DevTools {
  private let process = Process()
  private let input: Int32
  private let output: Int32
  private var unread = Data()
  private var lastID = 0
  private var session: String?
  /// How often a page was loaded.
  private var loads = 0
  /// What pages made the browser say on its console; violations of their policy are among it.
  private(set) var console: [String] = []
  /// The addresses that pages asked for.
  private(set) var requests: [String] = []

  struct Silent: Error {}
  struct Failed: Error { let message: String }

  init(in sandbox: Sandbox) throws {
    let folder = sandbox.folder.appendingPathComponent("browser-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pipes = ["in", "out"].map { folder.appendingPathComponent($0).path }
    for pipe in pipes { mkfifo(pipe, 0o600) }
    // Open for both, so that neither end waits for the other.
    input = open(pipes[0], O_RDWR | O_CLOEXEC)
    output = open(pipes[1], O_RDWR | O_CLOEXEC)
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c",
      """
      # Pipes of other processes, which would not end before the browser does.
      for file in /proc/$$/fd/*; do
        number=${file##*/}
        if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
      done
      exec chromium-headless-shell --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
      --disable-background-networking --disable-component-update --disable-dev-shm-usage \
      --user-data-dir="$1/profile" --remote-debugging-pipe about:blank \
      3<"$1/in" 4>"$1/out" >/dev/null 2>"$1/log"
      """, "bash", folder.path,
    ]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TZ": "UTC"]
    try process.run()
    let target = try #require(try send("Target.createTarget", ["url": "about:blank"])["targetId"])
    session =
      try send("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"]
      as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try send("\(domain).enable") }
  }

  deinit {
    // Asked to end, it would wait for its pipes.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    close(input)
    close(output)
  }

  /// Does what a method of the protocol does.
  @discardableResult
  func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    message["sessionId"] = session
    var bytes = try JSONSerialization.data(withJSONObject: message)
    bytes.append(0)
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = write(input, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { throw Silent() }
        rest = rest.dropFirst(count)
      }
    }
    while true {
      let answer = try next()
      guard answer["id"] as? Int == lastID else { continue }
      if let error = answer["error"] as? [String: Any] {
        throw Failed(message: "\(method): \(error["message"] ?? "")")
      }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// The next message; what it says of the page is noted.
  private func next() throws -> [String: Any] {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let message = unread[unread.startIndex..<end]
        unread = Data(unread[(end + 1)...])
        let object = try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
        note(object)
        return object
      }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 120_000) > 0 else { throw Silent() }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &buffer, buffer.count)
      guard count > 0 else { throw Silent() }
      unread.append(contentsOf: buffer[..<count])
    }
  }

  private func note(_ message: [String: Any]) {
    let parameters = message["params"] as? [String: Any] ?? [:]
    switch message["method"] as? String {
    case "Page.loadEventFired": loads += 1
    case "Runtime.consoleAPICalled", "Runtime.exceptionThrown": console.append("\(parameters)")
    case "Log.entryAdded":
      let entry = parameters["entry"] as? [String: Any] ?? [:]
      console.append("\(entry["text"] ?? "") \(entry["url"] ?? "")")
    case "Network.requestWillBeSent":
      let request = parameters["request"] as? [String: Any] ?? [:]
      requests.append(request["url"] as? String ?? "")
    default: break
    }
  }

  // What a reader does.

  func visit(_ address: String) throws {
    try load { try send("Page.navigate", ["url": address]) }
  }

  /// Does what makes the browser load a page, and waits for it.
  func load(_ action: () throws -> Void) throws {
    let before = loads
    try action()
    while loads == before { _ = try next() }
  }

  /// What a piece of script is in the page.
  func value(_ script: String) throws -> Any? {
    let answer = try send("Runtime.evaluate", ["expression": script, "returnByValue": true])
    if let exception = answer["exceptionDetails"] { throw Failed(message: "\(exception)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// What is to be read on the page.
  var text: String {
    get throws { try value("document.body.innerText") as? String ?? "" }
  }

  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  enum Key: String { case tab = "Tab", enter = "Enter" }

  func press(_ key: Key) throws {
    var event: [String: Any] = [
      "key": key.rawValue, "code": key.rawValue,
      "windowsVirtualKeyCode": key == .tab ? 9 : 13,
    ]
    if key == .enter { event["text"] = "\r" }
    for type in ["keyDown", "keyUp"] {
      event["type"] = type
      try send("Input.dispatchKeyEvent", event)
    }
  }

  /// Presses the tab key until an element that a selector finds has the focus.
  func reach(_ selector: String) throws {
    for _ in 0..<60 {
      try press(.tab)
      if try value("document.activeElement.matches('\(selector)')") as? Bool == true { return }
    }
    throw Failed(message: "the keyboard does not reach \(selector)")
  }

  func resize(_ width: Int, _ height: Int = 900) throws {
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
  }

  func prefer(_ scheme: Browser.Scheme) throws {
    try send(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": scheme.rawValue]]])
  }

  func withoutScript(_ isOff: Bool = true) throws {
    try send("Emulation.setScriptExecutionDisabled", ["value": isOff])
  }

  /// A picture of the whole page.
  func picture() throws -> Data {
    let data = try send("Page.captureScreenshot", ["captureBeyondViewport": true])["data"]
    return try #require((data as? String).flatMap { Data(base64Encoded: $0) })
  }
}
