internal import Arguments
internal import Reports

extension Command {
  static let retries = Command(
    "retries", "errors that retries brought about",
    details: [
      "Judges each error by what its vendor documents of retries: which errors would not have come, "
        + "had that been followed? Self-inflicted are those of three sorts; each is counted once.",
      "too early: the consumer's last answer on the route, of the same status, named a Retry-After "
        + "that had not passed; a second is forgiven. A call that may have been on its way already "
        + "when that answer came is not counted.",
      "repeated: consumer, method, path, status, code, message and fields are those of the error "
        + "before, ten minutes at most after it, and the vendor says not to repeat such a call, or "
        + "only once. Whoever lacks a credential, a plan or a payment need not repeat the path.",
      "hasty: from the third error of a call on (consumer, method and path are the same) where the "
        + "vendor asks for growing delays: all come within 30 seconds of the one before, and the "
        + "delays do not grow. Where a path names no single item, delays must be so much alike that "
        + "calls which have nothing to do with each other would hardly come like that.",
      "Not counted: alike are errors that would be repeated ones, but for the bodies of the calls: a "
        + "log does not show them, and a batch may send one thing after another. Retries that "
        + "succeeded are not seen. Of errors without consumer or route nothing is claimed.",
    ],
    options: [.top, .all],
    examples: [
      Example("errata retries", "whose retries did harm this week"),
      Example("errata retries --vendor zihin --since -30d", "a month of one vendor"),
    ]
  ) { invocation in
    let catalog = try invocation.catalog
    return try invocation.answer { try $0.retries(catalog: catalog) }
  }
}
