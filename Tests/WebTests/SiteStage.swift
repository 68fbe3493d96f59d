import ClinicalValues
import Conduct
import Foundation
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Rules
import StudyDesign
import Trial

@testable import Web

/// A site over a study that was begun and has nobody in it but its first two people.
struct SiteStage {
  static let password = "four quiet herons waded"
  static let origin = "127.0.0.1:8080"

  let site: Site

  private static let study = Result {
    try StudyChecker(models: Screening.models).read(Repository.root + "/Studies/cd19-bcma-aid/1.0")
  }

  init(
    settings: SiteSettings = SiteSettings(), founded: Bool = true, founding: FoundingLink? = nil,
    openID: OpenIDSettings? = nil, store: any EventStore = InMemoryEventStore()
  ) async throws {
    let study = try SiteStage.study.get()
    let master = MasterKey(bytes: Digest(of: "master").bytes)
    let vault = IdentityVault(data: InMemorySealedStore(), keys: InMemorySealedStore(), master: master)
    var quick = AuthenticationPolicy()
    quick.cost = ScryptCost(rounds: 16, blockSize: 1, parallelism: 1)
    let start = Instant("2026-01-05T08:00:00.000Z") ?? Instant(milliseconds: 0)
    let live = try await LiveStudy(
      store: store, shelf: ProtocolShelf([study]), vault: vault,
      authenticator: Authenticator(store: InMemorySealedStore(), master: master, policy: quick),
      clock: { start })
    if founded {
      try await live.found(
        Founding(
          study: study.id, synthetic: true, administrator: try AccountID("anna.berg"), administratorName: "Anna Berg",
          sponsor: try AccountID("boris.lind"), sponsorName: "Boris Lind"),
        administratorPassword: SiteStage.password, sponsorPassword: "nine pale otters slept", origin: .commandLine)
    }
    site = try Site(
      live: live, kind: .demonstration, settings: settings, openID: openID, founding: founding, clock: { start })
  }

  /// Asks the site.
  func ask<Value>(_ body: @Sendable (Asker) async throws -> Value) async throws -> Value {
    try await Application(router: site.router()).test(.router) { client in
      try await body(Asker(client: client))
    }
  }

  /// Somebody who asks, with their cookie.
  struct Asker: Sendable {
    let client: any TestClientProtocol
    var cookie: String?
    var token: String?

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
      try await client.execute(uri: path, method: .get, headers: all(headers), body: nil)
    }

    func head(_ path: String) async throws -> TestResponse {
      try await client.execute(uri: path, method: .head, headers: all([:]), body: nil)
    }

    func post(
      _ path: String, _ fields: KeyValuePairs<String, String>, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
      var headers = all(headers)
      headers[.contentType] = "application/x-www-form-urlencoded"
      return try await client.execute(
        uri: path, method: .post, headers: headers,
        body: ByteBuffer(string: Fields(fields.map { ($0.key, $0.value) }).encoded))
    }

    /// The same, signed in.
    func signedIn(_ account: String = "anna.berg", _ password: String = SiteStage.password) async throws -> Asker {
      let answer = try await post("/sign-in", ["account": account, "password": password])
      var signed = self
      signed.cookie = answer.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
      return signed
    }

    /// Sends JSON, as programs do.
    func send(
      _ json: String, to path: String, _ method: HTTPRequest.Method = .post, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
      var headers = all(headers)
      if headers[.contentType] == nil { headers[.contentType] = "application/json" }
      return try await client.execute(uri: path, method: method, headers: headers, body: ByteBuffer(string: json))
    }

    /// Asks a route, with something in the place of each parameter of its path and nothing in its body.
    func ask(_ route: Route) async throws -> TestResponse {
      let path = route.path.replacing(/\{\w+\}/, with: "x")
      switch (route.method, route.audience) {
      case (.get, _): return try await get(path)
      case (_, .people): return try await post(path, [:])
      default: return try await send("{}", to: path, route.method)
      }
    }

    /// The same, signed in as programs are.
    func bearer(_ account: String = "anna.berg", _ password: String = SiteStage.password) async throws -> Asker {
      let answer = try await send(
        #"{"account":"\#(account)","password":"\#(password)"}"#, to: "/api/sessions")
      var signed = self
      signed.token = try answer.json["token"]?.string
      return signed
    }

    private func all(_ headers: HTTPFields) -> HTTPFields {
      var headers = headers
      headers[.cookie] = cookie
      if let token { headers[.authorization] = "Bearer \(token)" }
      return headers
    }
  }
}

extension TestResponse {
  /// The body as text.
  var text: String { String(buffer: body) }

  /// The body as JSON.
  var json: CanonicalJSON.Value {
    get throws { try CanonicalJSON(parsing: Array(body.readableBytesView)).value }
  }
}

/// Files of the checkout.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The Swift files of a folder, with their text.
  static func sources(in folder: String) throws -> [(path: String, text: String)] {
    let base = "\(root)/\(folder)"
    let paths = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      (path, try String(contentsOfFile: "\(base)/\(path)", encoding: .utf8))
    }
  }
}
