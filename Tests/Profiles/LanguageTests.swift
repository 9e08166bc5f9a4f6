import Events
import Files
import Profiles
import Testing

/// What messages in other languages mean: in the words of their APIs.
@Suite struct LanguageTests {
  @Test(
    arguments: [
      (429, "该模型当前访问量过大，请您稍后再试", "unavailable"), (403, "您的额度已用尽", "plan_limit"),
      (400, "请求过于频繁", "rate_limit"), (400, "账户余额不足", "payment"), (200, "账号未登录", "auth"),
      (429, "リクエスト回数制限を超えました", "rate_limit"), (400, "見つかりません", "not_found"),
      (429, "요청이 너무 많습니다", "rate_limit"), (400, "권한이 없습니다", "permission"),
      (400, "Слишком много запросов", "rate_limit"), (200, "Внутренняя ошибка", "server"),
      (403, "Zu viele Anfragen", "rate_limit"), (400, "Der Benutzer existiert bereits", "conflict"),
      (400, "Trop de requêtes, réessayez", "rate_limit"), (429, "Quota dépassé", "plan_limit"),
      (400, "Demasiadas solicitudes", "rate_limit"), (400, "Acceso denegado", "permission"),
      (403, "Muitas requisições", "rate_limit"), (400, "Usuário não encontrado", "not_found"),
      (400, "Troppe richieste", "rate_limit"), (400, "Token non valido", "auth"),
      (400, "Zbyt wiele żądań", "rate_limit"), (400, "Brak uprawnień", "permission"),
      (400, "Something is odd", nil), (404, "Zu viele Anfragen", nil),
    ] as [(Int, String, String?)])
  func `a message in another language tells the kind`(
    status: Int, message: String, kind: String?
  ) throws {
    let catalog = try Catalog()
    let rule = message.withBytes { message in
      catalog.rule(
        vendor: nil,
        for: ErrorFacts(status: status, code: nil, message: message, hasIssues: false))
    }
    #expect(rule?.kind.name == kind)
  }

  @Test func `the tables of other languages can be read`() throws {
    #expect(try Languages.east.get().rules.isEmpty == false)
    #expect(try Languages.west.get().rules.isEmpty == false)
    #expect(try Wordings.words.get().rules.isEmpty == false)
    #expect(try Wordings.faults.get().rules.isEmpty == false)
  }
}
