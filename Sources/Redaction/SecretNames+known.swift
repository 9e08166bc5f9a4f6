extension SecretNames {
  /// Names of one sort, with spaces between.
  struct List {
    var words: String
    var name: SecretName
    var kind: StaticString
    var isWhole = false
  }

  static let known: [List] = [
    // Secret however the name begins: `db_password`, `X-Api-Key`.
    List(
      words: """
        password passwd passphrase passcode userpass dbpass mysqlpwd dbpwd userpwd adminpwd
        rootpwd sapwd
        """, name: .password, kind: "password"),
    List(words: "pwd", name: .folder, kind: "password"),
    List(words: "secret clientsecret", name: .key, kind: "secret"),
    List(
      words: """
        apikey secretkey accesskey privatekey authkey signingkey encryptionkey masterkey accountkey
        sharedaccesskey licensekey servicekey storagekey subscriptionkey functionskey sharedkey
        deploykey apisecret appkey serverkey
        """, name: .key, kind: "key"),
    List(
      words: """
        accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken apitoken securitytoken
        devicetoken csrftoken xsrftoken
        """, name: .key, kind: "token"),
    List(words: "token macaroon", name: .token, kind: "token"),
    List(words: "signature hmac", name: .perhaps, kind: "signature"),
    List(words: "credentials credential", name: .key, kind: "credentials"),
    List(words: "authorization userauth basicauth proxyauth", name: .authorization, kind: "auth"),
    List(words: "sessionkey sessionsecret", name: .key, kind: "session"),
    List(
      words: "backupcode recoverycode scratchcode recoveryphrase seedphrase mnemonicphrase",
      name: .key, kind: "secret"),
    List(
      words: "verificationcode onetimepassword onetimecode onetimepasscode mfacode otpcode",
      name: .number, kind: "otp"),
    List(words: "cardnumber creditcard ccnumber", name: .card, kind: "card"),

    // The same in other languages.
    List(
      words: """
        passwort kennwort motdepasse mdp contraseña senha palavrapasse wachtwoord lösenord
        adgangskode salasana hasło heslo jelszó şifre slaptažodis lykilorð zaporka lozinka
        пароль пароля пароли парола лозинка гасло κωδικόςπρόσβασης συνθηματικό
        katasandi katalaluan matkhau mậtkhẩu
        密码 密碼 口令 パスワード パスフレーズ 비밀번호 패스워드
        รหัสผ่าน पासवर्ड सांकेतिकशब्द পাসওয়ার্ড كلمةالمرور كلمةالسر رمزعبور گذرواژه סיסמה סיסמא
        """, name: .password, kind: "password"),
    List(words: "暗証番号 验证码 驗證碼 認証コード 인증번호", name: .number, kind: "otp"),
    List(
      words: "clave parola parole parolă geslo wagwoord sandi 암호 暗号 kodeord", name: .ambiguous,
      kind: "password"),
    List(
      words: """
        geheimnis geheim apischlüssel geheimschlüssel zugangsschlüssel cléapi clédapi cléapi clésecrète
        clésecrete claveapi clavesecreta claveprivada chaveapi chavesecreta chaviaapi chiaveapi
        ключapi секретныйключ kluczapi 密钥 私钥 金鑰 秘密鍵 apiキー 비밀키 api키
        """, name: .key, kind: "key"),

    // Secret as the whole name only.
    List(words: "pass pw psw pwds", name: .password, kind: "password", isWhole: true),
    List(words: "creds", name: .key, kind: "credentials", isWhole: true),
    List(words: "auth authentication xauth", name: .authorization, kind: "auth", isWhole: true),
    List(
      words: "session sess sid phpsessid jsessionid sessid connectsid aspsessionid", name: .perhaps,
      kind: "session", isWhole: true),
    List(words: "sig sign xsig", name: .perhaps, kind: "signature", isWhole: true),
    List(
      words: "jwt bearer assertion clientassertion samlresponse samlassertion sas sastoken",
      name: .token, kind: "token", isWhole: true),
    List(
      words: "codeverifier authcode authorizationcode", name: .token, kind: "code", isWhole: true),
    List(words: "csrf xsrf", name: .perhaps, kind: "token", isWhole: true),
    List(words: "cnonce nonce opaque", name: .proof, kind: "auth", isWhole: true),
    List(words: "response", name: .digest, kind: "auth", isWhole: true),
    List(
      words: "otp totp pin tan cvv cvc cvv2 cvc2 2fa mfa onetime", name: .number, kind: "otp",
      isWhole: true),
    List(words: "pan cc cardno", name: .card, kind: "card", isWhole: true),
    List(words: "cookie cookies setcookie", name: .cookie, kind: "cookie", isWhole: true),
    List(words: "code", name: .query, kind: "code", isWhole: true),
    List(words: "key", name: .query, kind: "key", isWhole: true),
  ]

  /// The last words of names that are several: `mot de passe`, `mật khẩu`.
  static let phraseEnds = """
    passe khẩu sandi laluan πρόσβασης api secrète secreta privada ключ المرور السر عبور शब्द
    """
}
