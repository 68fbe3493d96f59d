import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Asks an identity provider: no redirects, ten seconds, half a megabyte.
struct OpenIDFetch: Sendable {
  private static let client = HTTPClient(
    eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
  private static let greatest = 512 * 1024
  private static let patience = TimeAmount.seconds(10)

  /// The JSON at an address.
  ///
  /// - Throws: `UnfitProvider`.
  func get<Value: Decodable>(_ url: String) async throws -> Value {
    try await value(of: HTTPClientRequest(url: url))
  }

  /// What a form is answered with, sent by a client that shows its secret (RFC 6749, 2.3.1).
  ///
  /// - Throws: `UnfitProvider`.
  func post<Value: Decodable>(_ form: Fields, to url: String, as client: String, secret: String) async throws -> Value {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.headers.add(name: "Accept", value: "application/json")
    let pair = "\(Fields.encoded(client)):\(Fields.encoded(secret))"
    request.headers.add(name: "Authorization", value: "Basic " + Data(pair.utf8).base64EncodedString())
    request.body = .bytes(ByteBuffer(string: form.encoded))
    return try await value(of: request)
  }

  private func value<Value: Decodable>(of request: HTTPClientRequest) async throws -> Value {
    let answer: HTTPClientResponse
    let body: ByteBuffer
    do {
      answer = try await OpenIDFetch.client.execute(request, timeout: OpenIDFetch.patience)
      body = try await answer.body.collect(upTo: OpenIDFetch.greatest)
    } catch {
      throw UnfitProvider("The provider does not answer.")
    }
    guard answer.status == .ok, let value = try? JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    else { throw UnfitProvider("The provider answers with what cannot be used (status \(answer.status.code)).") }
    return value
  }
}
