import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Synchronization
import Trial

/// Somebody at work in a running study: signed in, in one of their roles.
struct Visit: Sendable {
  let running: RunningStudy
  let actor: Acting
  /// How whoever acts shows again, for a signature, who they are.
  let key: AccountKey
  /// Those who act together with them.
  var together: [(acting: Acting, key: AccountKey)] = []
  /// Whether nothing but a new password may be asked for.
  let mustChangePassword: Bool

  /// Opens the study and signs somebody in.
  ///
  /// - Throws: `Trial`'s refusals in words that help nobody to guess; `Unusable`.
  static func open(_ place: PlaceOptions, _ who: WhoOptions, role: String?, site: String?) async throws -> Visit {
    try await open(place, by: who.key, role: role, site: site)
  }

  /// The same for whoever a key belongs to.
  static func open(_ place: PlaceOptions, by key: AccountKey, role: String?, site: String?) async throws -> Visit {
    try await open(try await place.open(), by: key, role: role, site: site)
  }

  /// The same in a study that is open.
  static func open(_ running: RunningStudy, by key: AccountKey, role: String?, site: String?) async throws -> Visit {
    let authenticated = try await key.signIn(to: running)
    try await running.live.finishErasing()
    let acting = try await Roles.choose(of: authenticated.account, role: role, site: site, in: running)
    return Visit(running: running, actor: acting, key: key, mustChangePassword: authenticated.mustChangePassword)
  }

  /// Refuses whoever was given a password and has not chosen one.
  func requireOwnPassword() throws(Unusable) {
    guard !mustChangePassword else {
      throw Unusable(
        "Your password was given to you or is too old. Choose one first: tandem account password --as \(actor.account)")
    }
  }

  /// Adds somebody who acts together, `ACCOUNT[:ROLE[:SITE]][=PASSWORDFILE]`.
  mutating func add(_ written: String) async throws {
    let halves = written.split(separator: "=", maxSplits: 1).map(String.init)
    let parts = (halves.first ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let account = parts.first, !account.isEmpty, parts.count <= 3 else {
      throw Unusable("‘\(written)’ names nobody. Write --with ACCOUNT[:ROLE[:SITE]]=PASSWORDFILE.")
    }
    let key = AccountKey(account: account, passwordFile: halves.dropFirst().first, codes: [])
    let authenticated = try await key.signIn(to: running)
    guard !authenticated.mustChangePassword else {
      throw Unusable("\(authenticated.name) must choose a password of their own first: tandem account password.")
    }
    let acting = try await Roles.choose(
      of: authenticated.account, role: parts.count > 1 ? parts[1] : nil, site: parts.count > 2 ? parts[2] : nil,
      in: running)
    together.append((acting, key))
  }

  /// Shows what is to be signed and has everybody show again who they are.
  @Sendable func sign(_ asked: [ToSign]) async throws -> [Authenticated] {
    for (number, item) in asked.enumerated() { Terminal.say(SignatureText.text(item, number + 1, of: asked.count)) }
    var shown: [AccountID: Authenticated] = [:]
    for item in asked where shown[item.signer.account] == nil {
      let key = together.first { $0.acting.account == item.signer.account }?.key ?? self.key
      shown[item.signer.account] = try await key.show(to: running, for: .signature)
    }
    return asked.compactMap { shown[$0.signer.account] }
  }

  /// The clocks where whoever acts is.
  func zone() async throws -> String {
    let state = try await running.live.state()
    return actor.site.flatMap { state.sites[$0]?.zone } ?? "UTC"
  }

  /// Now, where whoever acts is.
  func now() async throws -> Moment { ZoneClock.moment(Surroundings.current.clock(), zone: try await zone()) }
}

/// How one person shows who they are: from a file, or at the terminal.
struct AccountKey: Sendable {
  let account: String
  let passwordFile: String?
  private let codes: CodeList

  init(account: String, passwordFile: String?, codes: [String]) {
    self.account = account
    self.passwordFile = passwordFile
    self.codes = CodeList(codes)
  }

  /// Signs in, and says what others did to the account meanwhile.
  func signIn(to running: RunningStudy) async throws -> Authenticated {
    let who = try await show(to: running, for: .signIn)
    for notice in who.notices {
      Terminal.say("Notice for \(who.name): \(notice.kind.sentence) at \(notice.at) by \(notice.by).")
    }
    return who
  }

  /// Shows who it is, once more.
  func show(to running: RunningStudy, for purpose: AuthenticationPurpose) async throws -> Authenticated {
    try await running.live.authenticate(
      try await claim(in: running, for: purpose), for: purpose, origin: .commandLine)
  }

  /// What is brought: the password, and a code where a second factor is set.
  func claim(in running: RunningStudy, for purpose: AuthenticationPurpose) async throws -> Claim {
    let words = purpose == .signature ? "Password of \(account), to sign" : "Password of \(account)"
    let password = try Secrets.password(file: passwordFile, asking: words)
    let state = try await running.live.state()
    let known = try? AccountID(account)
    let hasFactor = known.flatMap { state.people.accounts[$0]?.access.hasSecondFactor } ?? false
    var code = codes.next()
    if code == nil, hasFactor {
      code = Surroundings.current.ask(Question(text: "Code of \(account)", isSecret: false))
    }
    return Claim(account: account, password: password, code: code)
  }

  /// Codes that were given beforehand, each for one use.
  private final class CodeList: Sendable {
    private let left: Mutex<[String]>
    init(_ codes: [String]) { left = Mutex(codes) }
    func next() -> String? { left.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
  }
}

/// Passwords from files and from the keyboard.
enum Secrets {
  /// The first line of a file, or what is typed.
  static func password(file: String?, asking words: String) throws(Unusable) -> String {
    guard let file else {
      guard let typed = Surroundings.current.ask(Question(text: words, isSecret: true)) else {
        throw Unusable("There is no terminal to ask for the password. Name a file that holds it (--password-file).")
      }
      return typed
    }
    if let fault = InputFile.fault(file) { throw Unusable(fault) }
    guard let text = try? InputFile.text(file) else {
      throw Unusable("The password file ‘\(file)’ cannot be read. Check its name and who may read it.")
    }
    return String(text.prefix { !$0.isNewline })
  }
}

/// Roles as the command line names them.
enum Roles {
  static let names = Role.allCases.map(\.rawValue)

  /// The role and site in which an account acts.
  static func choose(
    of account: AccountID, role: String?, site: String?, in running: RunningStudy
  ) async throws -> Acting {
    let all = try await running.live.roles(of: account)
    let fitting = all.filter { acting in
      (role.map { $0 == acting.role.rawValue } ?? true) && (site.map { $0 == acting.site?.description } ?? true)
    }
    let held = all.map(text).joined(separator: ", ")
    guard let first = fitting.first else {
      throw Unusable(
        all.isEmpty
          ? "\(account) has no role. An administrator grants one."
          : "\(account) does not have that role. It has: \(held).")
    }
    guard fitting.count == 1 else {
      throw Unusable("\(account) has several roles: \(held). Say which (--as-role, --as-site).")
    }
    return first
  }

  static func text(_ acting: Acting) -> String {
    acting.role.rawValue + (acting.site.map { " at site \($0)" } ?? "")
  }
}

extension AccountNotice.Kind {
  fileprivate var sentence: String {
    switch self {
    case .passwordReset: "your password was reset"
    case .secondFactorRemoved: "your second factor was taken out of use"
    case .locked: "your account was locked after failed attempts"
    case .unlocked: "your account was unlocked"
    }
  }
}
