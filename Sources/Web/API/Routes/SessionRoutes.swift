import Conduct
import HTTPTypes
import Ledger
import Trial

/// Signing in, the role in use, the own password.
enum SessionRoutes {
  static let all: [Route] = [
    .send(
      "/api/sessions", .everyone, "beginSession", in: "session",
      "Sign in. The token is sent as `Authorization: Bearer` from then on.", body: .json(claim), limit: .signIn,
      .created, as: Readings.begunSession, begin),
    .end("/api/sessions", .ownAccount, "endSessions", in: "session", "Sign out everywhere.") { request in
      request.site.sessions.endAll(of: try request.signedIn().account)
    },
    .read(
      "/api/session", .ownAccount, "session", in: "session", "Who is signed in, and in which role.",
      as: Readings.session
    ) { try await $0.sessionReading() },
    .end("/api/session", .ownAccount, "endSession", in: "session", "Sign out.") { request in
      request.site.sessions.end(try request.signedIn().id)
    },
    .send(
      "/api/session/role", .ownAccount, "chooseRole", in: "session", "Act in one of the own roles.",
      body: .json(role), as: Readings.session
    ) { request in
      try await request.choose(role: request.json["role"]?.string ?? "", site: request.json["site"]?.string)
      return try await request.sessionReading()
    },
    .send(
      "/api/session/password", .ownAccount, "changePassword", in: "session",
      "Choose a new password; every other session of the account ends.", body: .json(password), limit: .signIn,
      as: Readings.session
    ) { request in
      try await request.changePassword(
        from: request.json["password"]?.string ?? "", code: request.json["code"]?.string,
        to: request.json["new"]?.string ?? "")
      return try await request.sessionReading()
    },
  ]

  private static let code = Schema.Member(
    name: "code", schema: .text(), about: "The code of the second factor, or a recovery code, where one is set.",
    isRequired: false)
  private static let site = Schema.Member(
    name: "site", schema: .text(), about: "The site of the role, for a role of a site.", isRequired: false)

  private static let claim = Schema.object(
    name: "Claim", about: "What somebody brings to show who they are.",
    [
      .init(name: "account", schema: .text()), .init(name: "password", schema: .text()), code,
      .init(
        name: "role", schema: .choice(Role.allCases.map(\.rawValue)),
        about: "The role to act in; may be left out by who has one.", isRequired: false), site,
    ])
  private static let role = Schema.object(
    name: "RoleChoice", about: "One of the own roles.",
    [.init(name: "role", schema: .choice(Role.allCases.map(\.rawValue))), site])
  private static let password = Schema.object(
    name: "PasswordChange", about: "The password now, and the new one.",
    [.init(name: "password", schema: .text()), code, .init(name: "new", schema: .text())])

  private static let begin: @Sendable (PageRequest) async throws -> SessionReading = { request in
    let claim = Claim(
      account: request.json["account"]?.string ?? "", password: request.json["password"]?.string ?? "",
      code: request.json["code"]?.string)
    var (session, token) = try await request.begin(
      try await request.live.authenticate(claim, for: .signIn, origin: .web))
    if let role = request.json["role"]?.string {
      let site = request.json["site"]?.string
      guard let chosen = session.roles.first(where: { $0.role.rawValue == role && $0.site?.description == site }) else {
        request.site.sessions.end(session.id)
        throw Refusal.notHeld
      }
      request.site.sessions.update(session.id) { $0.acting = chosen }
      session.acting = chosen
    }
    return SessionReading(
      session: session, isSynthetic: try await request.live.state().study.isSynthetic, token: token)
  }
}
