import ClinicalValues
import Conduct
import Crypto
import FoundationEssentials
import JWTKit

/// An identity provider: where it sends people to sign in, and whom it vouches for.
///
/// Source: OpenID Connect Core 1.0 (authorization code flow, sections 3.1.2 and 3.1.3), OpenID Connect Discovery 1.0, RFC 7636
/// (PKCE), RFC 9700 (best current practice).
actor OpenIDProvider {
  /// What this site is known as there.
  nonisolated let settings: OpenIDSettings
  private let fetch: OpenIDFetch
  private let clock: @Sendable () -> Instant
  private var known: (configuration: Configuration, at: Instant)?

  init(_ settings: OpenIDSettings, clock: @escaping @Sendable () -> Instant) {
    self.settings = settings
    self.clock = clock
    fetch = OpenIDFetch()
  }

  /// The address to which a reader is sent to sign in.
  ///
  /// - Throws: `UnfitProvider`.
  func address(for attempt: OpenIDAttempts.Attempt) async throws -> String {
    let configuration = try await configuration()
    let query = Fields([
      ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", settings.redirect),
      ("scope", "openid"), ("state", attempt.state), ("nonce", attempt.nonce),
      ("code_challenge", OpenIDProvider.challenge(attempt.verifier)), ("code_challenge_method", "S256"),
    ])
    let endpoint = configuration.authorization
    return endpoint + (endpoint.contains("?") ? "&" : "?") + query.encoded
  }

  /// Whom the provider vouches for, by the code that a reader brought back.
  ///
  /// - Throws: `UnfitProvider` where anything of the answer is not as it must be.
  func subject(of code: String, for attempt: OpenIDAttempts.Attempt) async throws -> VouchedSubject {
    let configuration = try await configuration()
    let form = Fields([
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirect),
      ("code_verifier", attempt.verifier),
    ])
    let answer: TokenAnswer = try await fetch.post(
      form, to: configuration.token, as: settings.client, secret: settings.secret)
    let keys: JWKS = try await fetch.get(configuration.keys)
    let token: IDToken
    do {
      token = try await JWTKeyCollection().add(jwks: keys).verify(answer.identity, as: IDToken.self)
    } catch {
      throw UnfitProvider("The provider's token is not signed with its keys, or has run out.")
    }
    try check(token, nonce: attempt.nonce)
    return VouchedSubject(issuer: settings.issuer, subject: token.sub)
  }

  /// What must hold of an ID token besides its signature and its end (OpenID Connect Core, 3.1.3.7).
  private func check(_ token: IDToken, nonce: String) throws(UnfitProvider) {
    let now = clock().milliseconds / 1000
    guard token.iss == settings.issuer else { throw UnfitProvider("The provider's token is of another issuer.") }
    guard token.aud.value.contains(settings.client),
      token.azp.map({ $0 == settings.client }) ?? (token.aud.value.count == 1)
    else { throw UnfitProvider("The provider's token is for somebody else.") }
    guard token.nonce == nonce else { throw UnfitProvider("The provider's token is of another attempt.") }
    guard now < token.exp + OpenIDProvider.skew, token.iat < now + OpenIDProvider.skew else {
      throw UnfitProvider("The provider's token has run out.")
    }
    guard !token.sub.isEmpty, token.sub.utf8.count <= 255 else {
      throw UnfitProvider("The provider's token names nobody.")
    }
  }

  /// What the provider says of itself; asked for once an hour.
  private func configuration() async throws -> Configuration {
    let now = clock()
    if let known, now < known.at.adding(hours: 1) { return known.configuration }
    let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
    let found: Configuration = try await fetch.get(base + "/.well-known/openid-configuration")
    guard found.issuer == settings.issuer else {
      throw UnfitProvider("What stands at \(settings.issuer) is of the issuer \(found.issuer).")
    }
    for url in [found.authorization, found.token, found.keys] where !OpenIDSettings.isUsable(url) {
      throw UnfitProvider("The provider's address ‘\(url)’ is not of TLS.")
    }
    known = (found, now)
    return found
  }

  /// Seconds by which clocks may differ.
  private static let skew = 60

  /// What is shown of a verifier before it is (RFC 7636, 4.2).
  static func challenge(_ verifier: String) -> String {
    Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8))))
  }

  /// What a provider says of itself, by the names of OpenID Connect Discovery.
  private struct Configuration: Decodable, Sendable {
    let issuer: String
    let authorization: String
    let token: String
    let keys: String

    enum CodingKeys: String, CodingKey {
      case issuer
      case authorization = "authorization_endpoint"
      case token = "token_endpoint"
      case keys = "jwks_uri"
    }
  }

  /// What a provider gives for a code.
  private struct TokenAnswer: Decodable, Sendable {
    let identity: String

    enum CodingKeys: String, CodingKey { case identity = "id_token" }
  }

  /// The claims that are asked of an ID token.
  private struct IDToken: JWTPayload {
    let iss: String
    let sub: String
    let aud: AudienceClaim
    let azp: String?
    let exp: Int
    let iat: Int
    let nonce: String?

    // Its end is asked by the site's clock, with the rest.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }
}
