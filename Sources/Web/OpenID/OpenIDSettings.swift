/// The identity provider at which people may sign in, and as what this site is known there.
public struct OpenIDSettings: Sendable {
  /// The provider's issuer, as its tokens name it: an https URL; http on this machine alone.
  public let issuer: String
  /// The client that the provider knows this site as.
  public let client: String
  /// What this site shows the provider with it.
  let secret: String
  /// Where readers reach this site: its origin, to which the provider sends them back.
  public let origin: String

  /// A provider, from what whoever runs the site was given there.
  ///
  /// - Throws: `UnfitProvider` where issuer or origin is no URL that may be used.
  public init(issuer: String, client: String, secret: String, origin: String) throws(UnfitProvider) {
    for (url, what) in [(issuer, "The issuer"), (origin, "The site's own address")] where !OpenIDSettings.isUsable(url)
    {
      throw UnfitProvider("\(what) ‘\(url)’ is no https address, nor one of this machine.")
    }
    guard !client.isEmpty, !secret.isEmpty else { throw UnfitProvider("Client and secret must not be empty.") }
    self.issuer = issuer
    self.client = client
    self.secret = secret
    self.origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
  }

  /// Where the provider sends a reader back.
  var redirect: String { origin + OpenIDPages.returnPath }

  /// Whether what is sent to an address stays between the two: TLS, or this machine.
  static func isUsable(_ url: String) -> Bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
    return url.hasPrefix("https://")
      || local.contains { url == $0 || url.hasPrefix($0 + ":") || url.hasPrefix($0 + "/") }
  }
}

/// A provider that cannot be used, or said what cannot be believed.
public struct UnfitProvider: Error, Sendable, CustomStringConvertible {
  /// What is wrong with it, in a sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
