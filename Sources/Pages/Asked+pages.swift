internal import Answers
internal import Rendering
internal import Reports
internal import Times

// Pages as they are sent.
extension Asked {
  /// A page of HTML.
  func shown(_ page: SitePage) -> Page {
    Page(
      status: 200, type: "text/html; charset=utf-8",
      body: SiteRenderer(links: links).render(page))
  }

  /// An answer as a command prints it.
  func written(_ answer: Answer, as format: Format) -> Page {
    var output = Output()
    format.renderer().render(answer.wording { text, _ in text }, into: &output)
    let type = format == .json ? "application/json" : "text/plain; charset=utf-8"
    return Page(status: 200, type: type, body: output.bytes)
  }

  /// A page with all of an answer.
  func page(_ answer: Answer, before parts: [SitePage.Part] = []) -> SitePage {
    SitePage(
      answer.title, notes: answer.notes, parts: parts + answer.sections.map { .section($0) },
      in: frame())
  }

  /// The page of an address that leads nowhere.
  func noPage() -> PageFault {
    PageFault(404, "There is no such page.", link: Link("Overview", address()))
  }

  /// What went wrong, in the form that was asked for.
  func failed(_ error: any Error) -> Page {
    let fault = told(error)
    if place.form == .json {
      let words: Value = ["error": .text(fault.message), "hint": Value(fault.detail)]
      var page = written(Answer(title: "", value: words), as: .json)
      page.status = fault.status
      return page
    }
    let title =
      switch fault.status {
      case 404: "Not found"
      case 503: "No answer"
      default: "That cannot be asked"
      }
    var page = shown(
      SitePage(
        title,
        parts: [.notice(fault.message, detail: fault.detail, link: fault.link, tone: .bad)],
        in: frame()))
    page.status = fault.status
    return page
  }

  /// The part of a page that has no answer.
  func notice(_ name: String, _ error: any Error) -> SitePage.Part {
    let fault = told(error)
    return .notice(
      "\(name): \(fault.message)", detail: fault.detail, link: fault.link, tone: .bad)
  }

  private func told(_ error: any Error) -> PageFault {
    if let fault = error as? PageFault { return fault }
    if hasTakenLong {
      return PageFault(
        503, "That took too long, and was given up.",
        "Ask for a shorter time, or for one vendor.")
    }
    let (message, detail) = site.surroundings.words(error)
    return PageFault(
      error is TimeError ? 400 : error is QuestionError ? 404 : 503, message.asSentence,
      detail?.asSentence)
  }
}

extension String {
  /// With a capital at its beginning and a full stop at its end.
  var asSentence: String {
    guard let first else { return self }
    let sentence = first.uppercased() + dropFirst()
    return sentence.last.map { ".?!".contains($0) } == true ? sentence : sentence + "."
  }
}
