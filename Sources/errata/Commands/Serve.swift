internal import Arguments
internal import Files
internal import Glibc
internal import Ingest
internal import Pages
internal import Rendering
internal import Server
internal import Threads

extension Option {
  fileprivate static let port = Option(
    "port", value: "N", "the port to listen on; by default one that is free")
  fileprivate static let tokenFile = Option(
    "token-file", value: "FILE",
    "keep the token of the address there, so that links last; made if need be", completion: .files)
}

extension Command {
  static let serve = Command(
    "serve", "pages to search and look at, in a browser on this machine",
    details: [
      "Prints the address of the pages, with a token that nobody can guess, and answers until it is "
        + "stopped by Ctrl-C or SIGTERM. It listens on this machine alone, only reads the store, and "
        + "shows what is there by then, also while an import goes on.",
      "Who is on another machine comes by a tunnel with the same port on both sides: ssh -L "
        + "8750:127.0.0.1:8750 HOST, and serve --port 8750 there.",
      "/healthz and /metrics (OpenMetrics) need no token, and tell counts alone. The chapter pages has "
        + "the rest.",
    ],
    options: [.port, .tokenFile, .tz, .profile],
    without: Option.ofAnswers + [.output],
    examples: [
      Example("errata serve", "prints an address to open"),
      Example(
        "errata serve --port 8750 --token-file ~/.errata-token", "at the same address each time"),
    ]
  ) { invocation in
    FileLimit.raise()
    // Clients go as they please.
    signal(SIGPIPE, SIG_IGN)
    let port = try invocation.integer(of: .port, in: 0...65535) ?? 0
    let store = ServedStore(opener: try StoreOpener(invocation))
    _ = try store.read { _ in }
    let pages = try sitePages(of: store, for: invocation)
    let token = try invocation.token
    let server = try Server(
      port: port, token: token,
      advice: Advice(
        address:
          "The whole address, with the token in it, is printed where <code>errata serve</code> was "
          + "started. It changes with each start, unless the token is kept in a file.",
        longText:
          "At a terminal, <code>errata find - &lt; FILE</code> looks through one of up to 16 MiB."),
      site: { request in
        let page = pages(
          PageRequest(path: request.path, parameters: request.parameters, root: request.root))
        return Response(status: page.status, type: page.type, body: page.body)
      }, open: openPages(of: store))
    let stop = Interruption.watch()
    try Destination.standardOutput.write("http://127.0.0.1:\(server.port)/\(token.text)/\n")
    let ahead = makeAhead(pages, of: store, until: stop)
    server.run(until: stop)
    ahead?.join()
    return .ok
  }
}

extension Invocation {
  fileprivate var token: Token {
    get throws {
      guard let path = self[.tokenFile] else { return Token() }
      do {
        return try TokenFile.token(at: path)
      } catch {
        throw UsageError(error, path: path)
      }
    }
  }
}

extension UsageError {
  fileprivate init(_ failure: TokenFile.Failure, path: String) {
    let (message, hint) =
      switch failure {
      case .system(let error):
        ("the token file \(path) cannot be used: \(error)", "Name another one, or leave it out.")
      case .noFile(let kind):
        ("the token file \(path) is \(kind.words)", "Name a file, or one to be made.")
      case .foreign:
        ("the token file \(path) is another user’s, who knows the token", "Name one of your own.")
      case .shared:
        (
          "the token file \(path) is open to others than its owner",
          "Delete it, so that there is a new token that nobody has seen: it is made anew."
        )
      case .damaged:
        (
          "the token file \(path) has no token in it",
          "It has 32 hexadecimal digits and nothing else. Delete it, and it is made anew."
        )
      }
    self.init(message, hint: hint)
  }
}
