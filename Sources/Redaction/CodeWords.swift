internal import Files

/// What a word says of a number near it, where that may be a code to be used once.
struct CodeWord: OptionSet {
  let rawValue: UInt16
  /// Names such a code by itself: `OTP`, `Bestätigungscode`.
  static let noun = CodeWord(rawValue: 1)
  /// Names one together with another word: `code`, `kod`.
  static let head = CodeWord(rawValue: 2)
  /// That other word, before it: `verification`.
  static let before = CodeWord(rawValue: 4)
  /// That other word, behind it: `vérification` of `code de vérification`.
  static let behind = CodeWord(rawValue: 8)
  /// Joins name and number: `is`, `lautet`.
  static let link = CodeWord(rawValue: 16)
  /// May stand between: `provided`, `of`, `the`.
  static let filler = CodeWord(rawValue: 32)
  static let owner = CodeWord(rawValue: 64)
  /// Makes another number of it: `error code`, `attempts`.
  static let other = CodeWord(rawValue: 128)
  /// Asks for it: `use`, `enter`.
  static let verb = CodeWord(rawValue: 256)
  /// Says that a purpose follows: `to`, `pour`.
  static let purpose = CodeWord(rawValue: 512)
  /// What it is for: `log in`, `verify`.
  static let login = CodeWord(rawValue: 1024)
  /// Makes a quantity of the number before it.
  static let unit = CodeWord(rawValue: 2048)

  static let all = FoldedWords<CodeWord>([
    (
      """
      otp totp hotp 2fa mfa passcode passcodes pin tan smscode otpcode authcode logincode pincode
      bestätigungscode sicherheitscode verifizierungscode verifikationscode authentifizierungscode
      anmeldecode einmalcode einmalpasswort einmalkennwort freischaltcode prüfcode zugangscode
      verificatiecode beveiligingscode inlogcode toegangscode bevestigingscode
      verifieringskod verifikationskod bekräftelsekod säkerhetskod engångskod inloggningskod
      bekræftelseskode sikkerhedskode engangskode verifikationskode bekreftelseskode sikkerhetskode
      vahvistuskoodi kertakäyttökoodi turvakoodi
      """, .noun
    ),
    (
      """
      code codes codigo codice codul kod kode kodi kodas koodi kodu kodunuz kodunuzdur kodun kód
      password pass código código κωδικός κωδικο код кода пароль mã cod
      """, .head
    ),
    (
      """
      verification authentication authenticator auth security login signin confirmation activation
      reset sms otp 2fa mfa totp factor time onetime recovery backup unlock dynamic registration
      passcode whatsapp doğrulama onay güvenlik одноразовый одноразовым
      """, .before
    ),
    (
      """
      vérification verificación verifica verificação verificacao verificare verificacion
      confirmation confirmación conferma confirmação confirmare sécurité seguridad sicurezza
      segurança securitate accès acceso accesso acesso connexion autenticación autenticazione
      autenticação authentification activation activación weryfikacyjny autoryzacyjny
      bezpieczeństwa potwierdzający verifikasi keamanan pengesahan verifikaciju potvrde ověřovací
      minh thực otp подтверждения авторизации доступа проверки безопасности верификации
      επαλήθευσης ασφαλείας
      """, .behind
    ),
    (
      """
      is was are as ist lautet est es é è sono adalah ialah är er on jest to este je als comme como
      come jako это է là είναι sizin gilt
      """, .link
    ),
    (
      """
      the a an o la le el il di de da du des of for pour für para per do dla voor till для của
      provided entered supplied given sent received value you we number новый d vaše ο
      xác
      """, .filler
    ),
    (
      """
      your ihr dein votre ton su tu suo tuo seu teu o's twój din ditt uw je jouw vaš tvoj váš anda
      dvs dumneavoastră ваш твой bạn σας vuestro
      """, .owner
    ),
    (
      """
      error status exit postal zip country response return result reason product discount promo
      coupon area event order reference tracking http sql source currency language region station
      store department class type customer item op hs tax sort swift bank branch length attempt
      attempts expire expires expired after within limit timeout ttl id count retry retries version
      erreur error errore erro błędu fehler ошибки invoice ticket case row line page port
      minutes seconds times took size max min
      """, .other
    ),
    (
      """
      use enter type using utilisez utilise saisissez entrez usa use usar ingrese introduzca digite
      verwende verwenden eingeben gebruik använd użyj wpisz введите используйте mit
      """, .verb
    ),
    ("to pour para per um om zum zur aby чтобы для", .purpose),
    (
      """
      log login sign signin verify authenticate confirm reset activate unlock connecter connexion
      vérifier iniciar entrar acceder acessar anmelden anzumelden einloggen einzuloggen accedere
      inloggen zalogować войти входа bestätigen
      """, .login
    ),
    (
      """
      s ms us sec secs second seconds min mins minute minutes hour hours h day days times rows users
      attempts digits characters chars bytes kb mb gb requests items tokens usd eur sekunden minuten
      secondes segundos percent
      """, .unit
    ),
  ])

  /// The same in scripts that write words without spaces between, or in forms too many to list;
  /// without spaces.
  static let unspaced: [[UInt8]] = WordList(
    """
    验证码 驗證碼 校验码 校驗碼 動態密碼 动态密码 动态码 確認碼 确认码 認證碼 认证码 短信码 安全码 一次性密码 \
    認証コード 確認コード 認証番号 セキュリティコード ワンタイムパスワード ログインコード \
    인증코드 인증번호 보안코드 확인코드 로그인코드 일회용비밀번호 \
    รหัสยืนยัน รหัสotp सत्यापनकोड ओटीपी पुष्टिसंख्या যাচাইকরণকোড רמזאימות קודאימות קודהאימות \
    رمزالتحقق رمزالتأكيد كودالتحقق رمزیکبارمصرف کدتایید
    """
  ).folded
}
