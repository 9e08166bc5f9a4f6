internal import Files
internal import JSON
internal import Profiles

/// What a body says by names that no profile knows, wherever in it they stand: the best of its
/// messages, of its codes and of its request ids.
struct ErrorWalk {
  private struct Find {
    var value: JSONValue
    var score: Int
    /// The object in which it stands, and whether that is of a list.
    var place: Int
    var isListed: Bool
  }

  /// The status on the wire.
  private let status: Int
  /// The message that is known already, and the object in which it stands.
  private let known: Bytes?
  private var knownPlace: Int?
  private var messages: Find?
  private var codes: Find?
  /// The code of an element of a list.
  private var listedCodes: Find?
  /// How many codes stand in lists, and whether their elements are about fields.
  private var listedCount = 0
  private var isOfField = false
  private var ids: Find?
  /// The first sentence, whatever its name.
  private var prose: Find?
  private var objects = 0
  private var members = 0

  /// Bodies are looked into so far.
  private static let mostMembers = 200
  private static let mostDepth = 6
  private static let mostElements = 3

  /// - Parameters:
  ///   - status: the status on the wire.
  ///   - message: the message, where it is known.
  init(_ body: JSONValue, status: Int, message: Bytes?) {
    self.status = status
    known = message
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: MemberRole.longest) { room in
      visit(body, depth: 0, inError: false, isListed: false, room)
    }
  }

  /// What is said, by a name for that, else by the first sentence.
  var message: Bytes? { (messages ?? prose).flatMap { sentence(in: $0.value) } }

  /// A text or a number. Of a list each element has a code of its own: that counts whose message does.
  var code: JSONValue? {
    if let codes { return codes.value }
    let place = known == nil ? messages?.place ?? prose?.place : knownPlace
    if listedCount == 1, !isOfField { return listedCodes?.value }
    return listedCodes.flatMap { place == nil || $0.place == place ? $0.value : nil }
  }

  var requestID: Bytes? { ids?.value.string }

  private mutating func visit(
    _ object: JSONValue, depth: Int, inError: Bool, isListed: Bool,
    _ room: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard depth < ErrorWalk.mostDepth else { return }
    objects += 1
    let place = objects
    var before: (name: Bytes, value: JSONValue)?
    for (name, value) in object.members where !value.isNull {
      members += 1
      guard members <= ErrorWalk.mostMembers else { return }
      let role = MemberRole(name, room)
      if case .echo = role.sort { continue }
      if isListed, IssueWriter.isPath(name) { isOfField = true }
      if let before, role.sort == .message, name.count > before.name.count,
        name.part(0..<before.name.count).elementsEqual(before.name), isCode(before.value)
      {
        // `qpstat` is the code of which `qpstatmsg` is the text.
        keep(code: Find(value: before.value, score: 8 - depth, place: place, isListed: isListed))
      }
      before = (name, value)
      if value.isObject {
        visit(
          value, depth: depth + 1, inError: inError || role.isOfError, isListed: isListed, room)
      } else if value.isArray {
        for element in value.elements.prefix(ErrorWalk.mostElements) where element.isObject {
          visit(
            element, depth: depth + 1, inError: inError || role.isOfError, isListed: true, room)
        }
        if value.element(0)?.isString == true {
          note(value, role, depth, inError, place, isListed)
        }
      } else {
        note(value, role, depth, inError, place, isListed)
      }
    }
  }

  private mutating func note(
    _ value: JSONValue, _ role: MemberRole, _ depth: Int, _ inError: Bool, _ place: Int,
    _ isListed: Bool
  ) {
    let score = role.strength * 3 + (inError || role.isOfError ? 4 : 0) - depth
    // Of what is no error, too, a code counts where the message stands beside it.
    let isApart = isListed || depth > 0 && !inError && !role.isOfError
    let find = Find(value: value, score: score, place: place, isListed: isApart)
    if let known, value.string?.baseAddress == known.baseAddress { knownPlace = place }
    switch role.sort {
    case .message:
      if isMessage(value, role) { ErrorWalk.keep(find, in: &messages) }
    case .error:
      if isMessage(value, role), value.isArray || value.string.map(isSentence) ?? false {
        ErrorWalk.keep(find, in: &messages)
      } else if isNumber(value) {
        keep(code: find)
      }
    case .code:
      // `country_code` is the code of an error in an error at most.
      if role.strength > 1 || inError, isCode(value) { keep(code: find) }
    case .status:
      if isOwnStatus(value) || isWordedCode(value) { keep(code: find) }
    case .requestID:
      if let text = value.string, text.count >= 4, text.count <= 256, text.place(of: 0x20) == nil {
        ErrorWalk.keep(find, in: &ids)
      }
    case .stranger:
      let text = value.isArray ? value.element(0)?.string : value.string
      if prose == nil, text.map(isProse) ?? false { prose = find }
    case .echo: break
    }
  }

  private mutating func keep(code find: Find) {
    if find.isListed {
      ErrorWalk.keep(find, in: &listedCodes)
    } else {
      ErrorWalk.keep(find, in: &codes)
    }
  }

  private static func keep(_ find: Find, in best: inout Find?) {
    if let known = best, known.score >= find.score { return }
    best = find
  }

  private func isMessage(_ value: JSONValue, _ role: MemberRole) -> Bool {
    guard let text = (value.isArray ? value.element(0) : value)?.string?.trimmed, !text.isEmpty,
      text.contains(where: { ErrorWalk.isLetter($0) || $0 >= 0x80 }), !isNullMarker(text)
    else { return false }
    if role.strength == 3 { return true }
    return role.strength == 2 ? !isAddress(text) : isSentence(text)
  }

  private func isSentence(_ text: Bytes) -> Bool {
    (text.place(of: 0x20) != nil || text.contains { $0 >= 0xE0 }) && !isAddress(text)
  }

  /// Three words or more.
  private func isProse(_ text: Bytes) -> Bool {
    text.count <= 1000 && text.reduce(0) { $0 + ($1 == 0x20 ? 1 : 0) } >= 2
      && text.contains { ErrorWalk.isLetter($0) } && !isAddress(text)
      && text.first != UInt8(ascii: "<")
  }

  private func isAddress(_ text: Bytes) -> Bool {
    text.starts(with: "http://" as StaticString) || text.starts(with: "https://" as StaticString)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// A word or a number that does not merely repeat the status.
  private func isCode(_ value: JSONValue) -> Bool {
    if let number = value.integer { return number != 0 && number != Int64(status) }
    guard let text = value.string?.trimmed, !text.isEmpty, text.count <= 100, !isNullMarker(text)
    else { return false }
    if text.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) || isTrace(text) {
      return false
    }
    if let number = text.integer { return number != 0 && number != Int64(status) }
    return text.last.map { isWordByte($0) } ?? false
  }

  /// `00-33cc922011693101704796ecf34d2aa1-7e031ba711fc8d68-00`, a UUID: an id, and no code.
  private func isTrace(_ text: Bytes) -> Bool {
    text.count >= 32
      && text.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
          || byte == UInt8(ascii: "-")
      }
  }

  /// `invalid_resource` in the place of a status: two words or more, and none for success.
  private func isWordedCode(_ value: JSONValue) -> Bool {
    guard status >= 400, let text = value.string?.trimmed, text.contains(0x5F) else { return false }
    return isCode(value) && !Saying.isFine(text)
  }

  private func isNumber(_ value: JSONValue) -> Bool {
    guard let number = value.integer ?? value.string?.integer else { return false }
    return number != 0 && number != 1 && number != Int64(status)
  }

  /// A number in the place of a status that is none of HTTP's; behind a success also a text that
  /// could be one.
  private func isOwnStatus(_ value: JSONValue) -> Bool {
    guard let number = value.integer ?? value.string?.integer, number != 0, number != 1 else {
      return false
    }
    if value.isString, status < 300 { return !(100..<400).contains(number) }
    return !(100..<600).contains(number)
  }
}
