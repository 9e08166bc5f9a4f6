import Foundation
import Testing

/// Chromium without a window, cut off from every network.
struct Browser {
  let sandbox: Sandbox

  enum Scheme: String, CaseIterable { case dark, light }

  struct Visit {
    /// What the page made the browser say on its console.
    var console: [String]
    /// What was asked for, other than files: those are not in the log of the network.
    var requests: [String]
    var output: String
  }

  /// Opens a file of the sandbox and does something with it, such as `--dump-dom`.
  func open(
    _ file: String, width: Int = 1280, scheme: Scheme = .light, _ action: String
  ) throws -> Visit {
    let own = "visit-\(UUID().uuidString)"
    let colors = scheme == .dark ? 0 : 1
    let outcome = try sandbox.run(
      """
      chromium-headless-shell --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
      --disable-background-networking --disable-component-update --disable-dev-shm-usage \
      --host-resolver-rules='MAP * ~NOTFOUND' --user-data-dir="$PWD/\(own)" \
      --log-net-log="$PWD/\(own).json" --enable-logging=stderr --v=0 \
      --window-size=\(width),900 --blink-settings=preferredColorScheme=\(colors) \
      \(action) "file://$PWD/\(file)"
      """)
    guard outcome.status == 0 else {
      throw Sandbox.Failed(
        line: "chromium \(action) \(file)", status: outcome.status, complaint: outcome.complaint)
    }
    let log = try Repository.text(of: sandbox.folder.appendingPathComponent("\(own).json"))
    #expect(log.hasPrefix("{\"constants\":") && log.contains("\"events\":"))
    return Visit(
      console: outcome.complaint.split(separator: "\n").map(String.init).filter {
        $0.contains(":CONSOLE")
      },
      requests: log.matches(of: /"url":"([a-z]+:[^"]*)"/).map { String($0.1) },
      output: outcome.output)
  }

  /// How a page is laid out.
  struct Layout: Decodable {
    var width: Int
    var background: String
    /// Elements that reach beyond the right edge, other than in tables that scroll.
    var beyond: [String]
    /// Words of a picture that lie on each other.
    var overlaps: [String]
    var words: Int
    /// Tables that stack on a phone, and still are wider than it.
    var cut: [String]
    /// How many there are.
    var stacked: Int
  }

  /// Measures a copy of the page, to which a script is let in that the page itself would refuse.
  func layout(of file: String, width: Int, scheme: Scheme) throws -> Layout {
    let page = try Repository.text(of: sandbox.folder.appendingPathComponent(file))
    let open = page.replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
    #expect(open != page)
    let copy = "measured-\(width)-\(scheme)-\(file)"
    try sandbox.write(
      open.replacing("</body>", with: "<script>\(Self.measure)</script></body>"), to: copy)
    let document = try self.open(copy, width: width, scheme: scheme, "--dump-dom").output
    let facts = try #require(document.firstMatch(of: /<pre id="layout">([^<]*)</)).1
      .replacing("&gt;", with: ">").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    return try JSONDecoder().decode(Layout.self, from: Data(facts.utf8))
  }

  private static let measure = """
    const box = element => element.getBoundingClientRect()
    const name = element => element.tagName + ' ' + element.textContent.slice(0, 40)
    document.querySelectorAll('details').forEach(details => details.open = true)
    const texts = [...document.querySelectorAll('svg text')].filter(text => box(text).width > 0)
    const layout = {
      width: innerWidth, background: getComputedStyle(document.body).backgroundColor,
      words: texts.length,
      stacked: document.querySelectorAll('.stack').length,
      cut: [...document.querySelectorAll('.scroll')].filter(frame =>
        frame.querySelector('.stack') && frame.scrollWidth > frame.clientWidth + 1).map(name),
      beyond: [...document.querySelectorAll('body *')].filter(element =>
        !element.closest('.scroll > *') && !element.closest('svg svg')
        && box(element).right > innerWidth + 1).map(name),
      overlaps: texts.flatMap((one, place) => texts.slice(place + 1).filter(other => {
        const [a, b] = [box(one), box(other)]
        return a.left < b.right - 1 && b.left < a.right - 1
          && a.top < b.bottom - 3 && b.top < a.bottom - 3
      }).map(other => name(one) + ' / ' + name(other)))
    }
    if (document.documentElement.scrollWidth > innerWidth) layout.beyond.push('the page')
    document.body.innerHTML = '<pre id="layout"></pre>'
    document.getElementById('layout').textContent = JSON.stringify(layout)
    """
}
