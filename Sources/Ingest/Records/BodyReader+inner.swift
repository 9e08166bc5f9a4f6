internal import Files
internal import JSON
internal import Profiles

// Errors inside of errors: what a proxy hands on of the server behind it.
extension BodyReader {
  /// The fields of a body that is text: what it says, and what it hands on of another server's answer.
  func read(_ text: Bytes, _ generic: VendorProfile, status: Int) -> BodyFields {
    var fields = BodyFields()
    fields.message = text
    guard text.place(of: UInt8(ascii: "{")) != nil, let parser = parsers.first,
      let inner = InnerError(in: text, parser)
    else { return fields }
    let says = fieldsAsGiven(inner.body, by: generic.body, status: inner.status)
    guard says.code != nil || says.message != nil else { return fields }
    fields.outer = (nil, text)
    fields.isOuterJSON = inner.isAll
    fields.inner = inner.body
    fields.innerSays = (says.code, says.message)
    fields.code = says.code
    fields.codePath = says.codePath
    fields.family = says.family
    fields.retryAfter = says.retryAfter
    fields.requestID = says.requestID
    if inner.isAll, let message = says.message { fields.message = message }
    fields.ownStatus = inner.status
    return fields
  }

  /// Adds what another server said, which a message or a member hands on: the innermost error that is
  /// named tells code and kind.
  func addInner(
    of body: JSONValue, _ profile: BodyProfile, status: Int, to fields: inout BodyFields
  ) {
    var outer = body
    var message = fields.message
    var isStock = message.map(profile.isStock) ?? true
    for parser in parsers {
      guard let found = inner(of: outer, message: message, profile, parser) else { return }
      guard let object = found.body else {
        // A text that is no JSON says more than a stock phrase.
        if isStock, let text = found.text {
          fields.outer = fields.outer ?? (fields.code, fields.message)
          fields.message = text
          fields.messagePath = nil
        }
        return
      }
      let inner = fieldsAsGiven(object, by: profile, status: found.status)
      guard inner.message != nil || inner.code != nil else { return }
      if fields.inner == nil, fields.outer == nil { fields.outer = (fields.code, fields.message) }
      fields.isOuterJSON = fields.isOuterJSON || found.isAll
      fields.inner = object
      if let code = inner.code {
        fields.code = code
        fields.codePath = inner.codePath
        fields.family = inner.family
      } else {
        fields.family = inner.family ?? fields.family
      }
      if inner.message != nil, found.isAll || isStock {
        fields.message = inner.message
        fields.messagePath = inner.messagePath
      }
      fields.innerSays = (inner.code, inner.message)
      fields.requestID = fields.requestID ?? inner.requestID
      fields.retryAfter = inner.retryAfter ?? fields.retryAfter
      let own = found.status > 0 ? found.status : ownStatus(of: object, profile, besides: 0)
      if own > 0 { fields.ownStatus = own }
      outer = object
      message = inner.message
      isStock = message.map(profile.isStock) ?? true
    }
  }

  private typealias Inner = (body: JSONValue?, text: Bytes?, status: Int, isAll: Bool)

  private func inner(
    of body: JSONValue, message: Bytes?, _ profile: BodyProfile, _ parser: JSONParser
  ) -> Inner? {
    if let message, let error = InnerError(in: message, parser) {
      return (error.body, nil, error.status, error.isAll)
    }
    guard profile.nestedNames.mayStand(in: body) else { return nil }
    for path in profile.nested {
      guard let value = path.value(in: body) else { continue }
      if value.isObject { return (value, nil, 0, false) }
      guard let text = value.string?.trimmed, !text.isEmpty else { continue }
      if let error = InnerError(in: text, parser) { return (error.body, nil, error.status, false) }
      return (nil, text, 0, false)
    }
    return nil
  }
}
