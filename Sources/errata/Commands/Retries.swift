internal import Arguments
internal import Reports

extension Command {
  static let retries = Command(
    "retries", "errors that retries brought about",
    details: [
      "Judges each error by what its vendor documents of retries: which errors would not have come, "
        + "had that been followed? Self-inflicted are those of three sorts; each is counted once.",
      "too early: the last answer that the consumer can have known, on the route and of the same "
        + "status, named a Retry-After that had not passed; a second is forgiven. Where paths name "
        + "things by their ids, it is an answer about the same one. A log has the time of a call or "
        + "that of its answer: a call that may have been on its way by either reading is not counted, "
        + "and where latencies are not known, an answer may have taken five seconds.",
      "repeated: consumer, method, path, status, code, message and fields are those of the error "
        + "before, ten minutes at most after it, and the vendor says not to repeat such a call, or "
        + "only once. The call has no body, and its path names one thing. Where it was refused on "
        + "account of who calls, the vendor answered nobody well in between, as far as the log knows.",
      "hasty: from the third error of such a call on, where the vendor asks for growing delays: all "
        + "come within 30 seconds of the one before, the delays do not grow, and are so much alike "
        + "that it is hardly chance.",
      "Not counted: alike are errors that would be repeated or hasty ones, but for what a log does not "
        + "show: the bodies and queries of the calls, and for whom they were made. Retries that "
        + "succeeded are not seen. Of errors without consumer or route nothing is claimed. In the "
        + "report of more than 10,000 errors, 429s alone are judged, of routes that are paths.",
    ],
    options: [.top, .all] + Option.filteredQuestion,
    examples: [
      Example("errata retries", "whose retries did harm this week"),
      Example("errata retries --vendor zihin --since 30d", "a month of one vendor"),
    ]
  ) { invocation in
    let catalog = try invocation.catalog
    return try invocation.answer { try $0.retries(catalog: catalog) }
  }
}
