internal import Files
internal import Profiles

/// What a member of an error body is by the words of its name, where no profile knows the name as a
/// whole: `resptext`, `status_description` and `descrError` are understood by whoever reads them.
struct MemberRole {
  enum Sort: Equatable {
    case message, code, requestID, error, echo, status, stranger
  }

  let sort: Sort
  /// How surely the name means it, from 1 to 3.
  let strength: Int
  /// Whether the name speaks of an error.
  let isOfError: Bool

  /// Longer names are taken for nothing.
  static let longest = 40

  /// - Parameter room: where the name's letters and digits are put.
  init(_ name: Bytes, _ room: UnsafeMutableBufferPointer<UInt8>) {
    let word = MemberRole.plain(name, room)
    let isOfError =
      word.holds("error") || MemberRole.errors.contains { MemberRole.speaks(of: $0, word) }
      || MemberRole.shortErrors.contains { word.starts(with: $0) }
    (sort, strength) = MemberRole.role(of: word, isOfError)
    self.isOfError = isOfError || MemberRole.faults.contains { word.isEqual(to: $0) }
  }

  /// A name's letters and digits, in small letters.
  static func plain(_ name: Bytes, _ room: UnsafeMutableBufferPointer<UInt8>) -> Bytes {
    var count = 0
    for byte in name.part(0..<longest) where isWordByte(byte) && byte != 0x5F {
      room[count] = lowercased(byte)
      count += 1
    }
    // `L_ERRORCODE0` is one of several.
    while count > 1, (0x30...0x39).contains(room[count - 1]) { count -= 1 }
    return Bytes(rebasing: UnsafeBufferPointer(room)[..<count])
  }

  private static func role(of word: Bytes, _ isOfError: Bool) -> (Sort, Int) {
    if errorNames.contains(where: { word.isEqual(to: $0) }) { return (.error, 3) }
    if ids.contains(where: { word.ends(with: $0) }) { return (.requestID, 3) }
    if messages.contains(where: { word.ends(with: $0) }) { return (.message, 3) }
    if isOfError {
      if word.starts(with: "desc".utf8) || texts.contains(where: { word.ends(with: $0) }) {
        return (.message, 3)
      }
      if word.starts(with: "cod".utf8) || codes.contains(where: { word.ends(with: $0) })
        || codeNumbers.contains(where: { word.ends(with: $0) })
      {
        return (.code, 3)
      }
      // `error_code_tag`
      if word.holds("code") { return (.code, 3) }
      if word.holds("message") || word.holds("text") { return (.message, 3) }
      return word.ends(with: "error") || word.ends(with: "errors") ? (.error, 2) : (.stranger, 0)
    }
    if texts.contains(where: { word.ends(with: $0) }) { return (.message, 2) }
    if notes.contains(where: { word.ends(with: $0) }) { return (.message, 1) }
    if word.isEqual(to: "statuscode") || statuses.contains(where: { word.isEqual(to: $0) }) {
      return (.status, 1)
    }
    if word.isEqual(to: "rc") || codes.contains(where: { word.isEqual(to: $0) }) {
      return (.code, 3)
    }
    if let ending = codes.first(where: { word.ends(with: $0) }) {
      let before = word.part(0..<word.count - ending.utf8CodeUnitCount)
      let isOfReply = replies.contains { before.ends(with: $0) }
      return (.code, isOfReply || qualifiers.contains { before.isEqual(to: $0) } ? 2 : 1)
    }
    if numbers.contains(where: { word.isEqual(to: $0) }) { return (.code, 1) }
    return echoes.contains { word.isEqual(to: $0) } ? (.echo, 0) : (.stranger, 0)
  }

  private static func speaks(of error: StaticString, _ word: Bytes) -> Bool {
    word.starts(with: error) || word.ends(with: error)
  }

  /// With which a name that speaks of an error begins or ends.
  private static let errors: [StaticString] = [
    "error", "err", "errors", "fault", "exception", "failure", "erro",
    "errore", "erreur", "fehler", "hata", "blad", "problem", "rejection", "decline",
  ]
  /// `ecode` ends many a name, such as `responsecode`.
  private static let shortErrors: [StaticString] = ["ecode", "edesc", "emsg"]
  /// Names of what holds errors.
  private static let faults: [StaticString] = [
    "issue", "issues", "problems", "violations", "failures", "exceptions", "rejections", "faults",
    "erros", "errores", "erreurs", "fehlers", "unauthorized", "forbidden", "notfound", "badrequest",
    "conflict",
  ]
  private static let errorNames: [StaticString] = ["error", "errors", "err", "erro", "fault"]
  private static let messages: [StaticString] = [
    "message", "messages", "msg", "mensaje", "mensagem", "messaggio", "komunikat", "meldung",
    "nachricht", "fehlermeldung", "mesaj", "bericht", "melding",
  ]
  private static let texts: [StaticString] = [
    "text", "txt", "reason", "reasons", "description", "desc", "descr", "detail", "details",
    "explanation", "diagnostics", "string", "descripcion", "descricao", "descrizione", "motivo",
    "motif", "libelle", "beschreibung", "opis", "omschrijving", "aciklama", "info", "statement",
  ]
  /// What says something where nothing else does.
  private static let notes: [StaticString] = [
    "title", "information", "note", "summary", "hint", "cause", "warning", "warnings", "notice",
    "label", "remark", "comment", "response",
  ]
  private static let codes: [StaticString] = ["code", "codes", "codigo", "codice", "kod", "kodu"]
  private static let numbers: [StaticString] = ["number", "no", "num", "nr"]
  private static let codeNumbers: [StaticString] = [
    "number", "no", "num", "nr", "key", "type", "name", "class",
  ]
  private static let statuses: [StaticString] = ["status", "stat", "httpstatus", "apistatus"]
  /// What stands before `code` where that is the code of an error, and none of a country.
  private static let qualifiers: [StaticString] = [
    "response", "resp", "rsp", "res", "result", "return", "ret", "reason", "message", "msg",
    "condition", "api",
    "sub", "app", "business", "biz", "server", "service", "validation", "issue", "internal", "proc",
    "procreturn", "reply", "answer", "system", "sys", "alert", "notification", "custom", "detail",
    "statusreason",
  ]
  private static let replies: [StaticString] = ["response", "result", "return", "reply"]
  private static let ids: [StaticString] = [
    "trackingid", "trackingreference", "supportid", "activityid", "invocationid", "requestid",
    "responseid", "correlationid", "traceid", "reqid", "logid", "incidentid",
    "requestuuid",
  ]
  /// What was sent, or whatever else says nothing of the error.
  private static let echoes: [StaticString] = [
    "request", "input", "params", "parameters", "headers", "config", "query", "links", "trace",
    "stack", "stacktrace", "debug", "pagetext", "html", "example", "licenses",
  ]
}

extension Bytes {
  func holds(_ piece: StaticString) -> Bool {
    piece.withUTF8Buffer { place(of: $0, from: 0) != nil }
  }

  func ends(with text: StaticString) -> Bool {
    text.withUTF8Buffer { count >= $0.count && suffix($0.count).elementsEqual($0) }
  }

  func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { count >= $0.count && prefix($0.count).elementsEqual($0) }
  }
}
