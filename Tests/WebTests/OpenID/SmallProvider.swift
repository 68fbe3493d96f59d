import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import JWTKit
import NIOHTTP1
import Synchronization

@testable import Web

/// An identity provider of the tests' own, on this machine: it signs in one person, without asking, and notes what it was
/// asked.
struct SmallProvider: Sendable {
  /// What it says otherwise than it should.
  enum Lie: Sendable, CaseIterable {
    case otherKey, otherIssuer, otherClient, otherNonce, runOut, otherConfiguration
  }

  static let client = "tandem"
  static let secret = "not for the browser"

  /// What a token says.
  private struct Token: JWTPayload {
    let iss: String
    let sub: String
    let aud: String
    let exp: Int
    let iat: Int
    let nonce: String
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  /// What a reader was sent with, by the code that they get.
  private final class Asked: Sendable {
    let queries = Mutex<[String: Fields]>([:])
  }

  /// Runs it while something is done, which is given its issuer.
  static func run(
    subject: String = "subject-17", now: Int, lying lie: Lie? = nil,
    _ body: @escaping @Sendable (String) async throws -> Void
  ) async throws {
    let key = ES256PrivateKey()
    let signing = lie == .otherKey ? ES256PrivateKey() : key
    let keys = await JWTKeyCollection().add(ecdsa: signing, kid: "1")
    let point = (x: url(key.parameters?.x), y: url(key.parameters?.y))
    let asked = Asked()
    let base = Base()
    let router = Router()
    @Sendable func json(_ text: String) -> Response {
      Response(
        status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
    router.get("/.well-known/openid-configuration") { _, _ in
      let own = base.url.withLock { $0 }
      let said = lie == .otherConfiguration ? "https://elsewhere.example" : own
      let members = [
        ("issuer", said), ("authorization_endpoint", own + "/authorize"), ("token_endpoint", own + "/token"),
        ("jwks_uri", own + "/keys"),
      ]
      return json("{" + members.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}")
    }
    router.get("/keys") { _, _ in
      json(
        #"{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","kid":"1","use":"sig","x":"\#(point.x)","y":"\#(point.y)"}]}"#
      )
    }
    router.get("/authorize") { request, _ in
      let query = Fields(encoded: request.uri.query ?? "") ?? Fields()
      let code = UUID().uuidString
      asked.queries.withLock { $0[code] = query }
      let back = Fields([("code", code), ("state", query["state"] ?? "")])
      return Response(status: .seeOther, headers: [.location: "\(query["redirect_uri"] ?? "")?\(back.encoded)"])
    }
    router.post("/token") { request, _ in
      let form = Fields(encoded: String(buffer: try await request.body.collect(upTo: 65_536))) ?? Fields()
      let basic = "Basic " + Data("\(client):\(Fields.encoded(secret))".utf8).base64EncodedString()
      guard request.headers[.authorization] == basic,
        let query = asked.queries.withLock({ $0.removeValue(forKey: form["code"] ?? "") }),
        query["code_challenge_method"] == "S256",
        query["code_challenge"] == OpenIDProvider.challenge(form["code_verifier"] ?? ""),
        query["redirect_uri"] == form["redirect_uri"]
      else { return Response(status: .badRequest) }
      let token = Token(
        iss: lie == .otherIssuer ? "https://elsewhere.example" : base.url.withLock { $0 }, sub: subject,
        aud: lie == .otherClient ? "somebody-else" : client, exp: lie == .runOut ? now - 3600 : now + 300, iat: now,
        nonce: lie == .otherNonce ? "another" : query["nonce"] ?? "")
      return json(
        #"{"access_token":"unused","token_type":"Bearer","id_token":"\#(try await keys.sign(token, kid: "1"))"}"#)
    }
    let (ports, tell) = AsyncStream<Int>.makeStream()
    let provider = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { tell.yield($0.localAddress?.port ?? 0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await provider.run() }
      for await port in ports {
        base.url.withLock { $0 = "http://127.0.0.1:\(port)" }
        break
      }
      let address = base.url.withLock { $0 }
      defer { group.cancelAll() }
      try await body(address)
    }
  }

  /// Its address, which is known once it listens.
  private final class Base: Sendable {
    let url = Mutex("")
  }

  /// base64 as it stands in a JSON Web Key.
  private static func url(_ base64: String?) -> String {
    (base64 ?? "").replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Where the provider sends a reader whom the site sent there.
  static func visit(_ address: String) async throws -> String {
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
    let answer = try await client.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
    try await client.shutdown()
    return answer.headers.first(name: "location") ?? ""
  }
}
