internal import Files

/// Words with which APIs speak of a password or a key instead of showing one.
private let common: Set<String> = Set(
  """
  required invalid missing expired incorrect wrong blank empty null none nil undefined string \
  number boolean integer object array unknown unset redacted filtered hidden masked password \
  passwords secret token key text true false yes no on off optional mandatory revoked disabled \
  enabled active inactive unauthorized unauthenticated forbidden bearer basic oauth oauth2 digest \
  apikey jwt header headers query cookie cookies weak mismatch failed failure success ok denied \
  rejected absent present provided malformed unsupported duplicate conflict error errors input \
  field value param parameter body path anonymous public private internal external default custom \
  closed open pending engaged completed created updated deleted rotated reset change changed \
  short long unexpected insufficient limited exceeded exhausted unavailable timeout unknown \
  supported needed authentication authorization credentials session user client server api other
  erforderlich falsch ungueltig ungultig fehlt abgelaufen leer vergessen pflichtfeld obligatorisch
  obligatoire requis requise incorrecte invalide manquant expire oublie vide
  obligatoria obligatorio requerida requerido incorrecta incorrecto invalida invalido vacia vacio
  caducada expirada olvidada obrigatoria obrigatorio errada errado ausente vazia esquecida
  richiesta richiesto obbligatoria obbligatorio errata errato mancante scaduta dimenticata
  verplicht vereist onjuist ongeldig ontbreekt verlopen vergeten kravs saknas felaktigt ogiltigt
  wymagane wymagany nieprawidlowe bledne puste gerekli zorunlu hatali gecersiz bos kotelezo hibas
  povinne vaadittu pakollinen virheellinen обязательно обязательное обязателен неверный неверно
  отсутствует пусто истек забыт
  """.split(whereSeparator: \.isWhitespace).map(String.init))

/// Words that make what stands around them a sentence.
private let joints: Set<String> = Set(
  """
  is was are be been must should shall will would can cannot may might not has have had does do did \
  too at least required invalid missing expected received incorrect wrong expired please the a an \
  or and for of from to with without your you this that it characters contain contains match \
  matches provided empty blank exceeded limit no than in on by if when before after need needs muss sein zu kurz ist doit trop est debe ser es deve moet zijn
  должен слишком maste
  """.split(whereSeparator: \.isWhitespace).map(String.init))

private func word(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: bytes.map(\.lower), as: UTF8.self)
}

/// Whether a text is made of ideographs, kana or Hangul alone: nobody's password.
private func isIdeographic(_ value: Bytes) -> Bool {
  value.allSatisfy { $0 >= 0x80 } && value.contains { (0xE3...0xED).contains($0) }
}

/// Whether a value is a word that says what is the matter, or a code made of such:
/// `required`, `TOKEN_EXPIRED`, `too_short`.
func isCommonWord(_ value: Bytes) -> Bool {
  guard value.count <= 48 else { return isIdeographic(value) }
  if value.contains(where: { $0 >= 0x80 }) {
    return isIdeographic(value)
      || common.contains(String(decoding: folded(value), as: UTF8.self))
  }
  guard
    value.allSatisfy({ $0.isLetter || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E })
  else { return false }
  var parts = 0
  var isKnown = false
  for part in value.split(whereSeparator: { !$0.isLetter }) {
    parts += 1
    let word = word(part)
    if common.contains(word) || (parts > 1 && joints.contains(word)) { isKnown = true }
  }
  return isKnown
}

/// Whether a value is a sentence, or part of one.
func isProse(_ value: Bytes) -> Bool {
  guard value.prefix(64).contains(where: \.isBlank) else { return false }
  let words = value.prefix(256).split(whereSeparator: \.isBlank)
  guard words.count > 1 else { return false }
  return words.contains { part in
    guard part.contains(where: { $0 >= 0x80 }) else {
      return joints.contains(word(part.filter(\.isLetter)))
    }
    return joints.contains(String(decoding: folded(Bytes(rebasing: part)), as: UTF8.self))
  }
}

extension SecretFinder {
  /// Whether a value without quotes is the first word of a sentence, not a password.
  func startsSentence(_ start: Int, _ end: Int) -> Bool {
    let value = text.part(start..<end)
    guard value.prefix(24).allSatisfy({ $0.isLetter || $0 >= 0x80 || $0 == 0x2D || $0 == 0x27 })
    else { return false }
    if isCommonWord(value) { return true }
    // Another word follows.
    guard peek(end) == 0x20, let next = peek(end + 1) else { return false }
    return next.isLetter || next >= 0x80
  }
}
