internal import Files

/// How much a word of a path says of what follows it.
struct PathAction: OptionSet {
  let rawValue: UInt16
  /// What follows lets whoever has it in: `reset-password`.
  static let certain = PathAction(rawValue: 1)
  /// An id may follow as well: `invite`.
  static let likely = PathAction(rawValue: 2)

  static let all = FoldedWords<PathAction>([
    (
      """
      reset-password password-reset passwordreset resetpassword reset_password password_reset
      password-resets password_resets passwordresets
      resetpasswd forgot-password forgotpassword forgot_password recover-password set-password
      setpassword set_password new-password change-password create-password recover-account
      account-recovery passwordrecovery password-recovery
      verify-email verifyemail verify_email email-verification emailverification email_verification
      verify-account verifyaccount email-confirmation confirm-email confirmemail confirm_email
      confirm-account email-confirm validate-email
      magic-link magiclink magic_link magic-login magiclogin magic-links login-link loginlink
      passwordless one-time-login autologin auto-login
      activate-account activateaccount account-activation activation-link
      passwort-zurücksetzen passwort-zuruecksetzen passwort-vergessen mot-de-passe-oublie
      reinitialiser-mot-de-passe restablecer-contraseña restablecer-contrasena recuperar-senha
      redefinir-senha reset-hasla wachtwoord-resetten
      """, .certain
    ),
    (
      """
      reset confirm confirmation confirmations verify verification activate activation magic recover
      invite invites invitation invitations accept-invite accept-invitation acceptinvite
      accept_invite join-team unsubscribe optout opt-out opt_out unlock share shared sharing
      share-link sharelink public-link token tokens access-token refresh-token bestätigen
      bestaetigen einladung abmelden desinscription confirmer invitacion
      """, .likely
    ),
  ])
}

// Links that let in whoever has them: `/reset-password/…`.
extension SecretFinder {
  /// The token in one of the segments behind a word of a path that says what it is for.
  func afterAction(_ start: Int, _ end: Int) -> Int? {
    guard peek(end) == UInt8(ascii: "/"), (5...32).contains(end - start) else { return nil }
    let action = PathAction.all[text.part(start..<end)]
    guard !action.isEmpty else { return nil }
    // `/password/reset/…`
    let isCertain = action.contains(.certain) || isBehindPassword(start)
    var first = end + 1
    for _ in 0..<3 {
      var last = first
      while let byte = peek(last), last < first + 512,
        byte.isOne(of: .word) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
          || byte == UInt8(ascii: "=")
      {
        last += 1
      }
      while last > first, text[last - 1] == UInt8(ascii: ".") { last -= 1 }
      if isToken(text.part(first..<last), isCertain: isCertain) { return add(first, last, "token") }
      guard peek(last) == UInt8(ascii: "/") else { return nil }
      first = last + 1
    }
    return nil
  }

  private func isBehindPassword(_ start: Int) -> Bool {
    guard peek(start - 1) == UInt8(ascii: "/") else { return false }
    var first = start - 1
    while first > max(0, start - 24), text[first - 1].isOne(of: .word) { first -= 1 }
    let word = text.part(first..<start - 1)
    return names.look(up: word)?.name == .password
      || SecretFinder.behind.contains { word.isEqual(ignoringCase: $0) }
  }

  private static let behind: [StaticString] = ["email", "account", "login", "auth"]

  private func isToken(_ segment: Bytes, isCertain: Bool) -> Bool {
    guard !isTypedID(segment) else { return false }
    if isCertain {
      return isUUID(segment)
        || (isOpaque(segment, least: 8) && !isMadeOfWords(segment)
          && !segment.allSatisfy(\.isDigit))
    }
    // Without digits only a long one is known to be no word.
    guard segment.count >= 16, !isKnownID(segment), !isMadeOfWords(segment),
      !segment.allSatisfy(\.isDigit)
    else { return false }
    return isOpaque(segment, least: 16)
  }
}

/// Whether a path without anything else that may be secret has a link's token in it.
func mayHoldLink(_ path: Bytes) -> Bool {
  var start = 0
  for place in path.indices where path[place] == UInt8(ascii: "/") {
    if (5...32).contains(place - start), !PathAction.all[path.part(start..<place)].isEmpty {
      return true
    }
    start = place + 1
  }
  return false
}
