import ArgumentParser
import Conduct
import Web

/// The identity provider at which people may sign in besides (OpenID Connect).
struct ProviderOptions: ParsableArguments {
  @Option(help: "An OpenID Connect provider at which people may sign in too: its issuer, https://id.example.")
  var openidIssuer: String?
  @Option(help: "What the provider knows this site as.") var openidClient: String?
  @Option(help: "A file whose first line is what this site shows the provider.", completion: .file())
  var openidSecretFile: String?
  @Option(help: "The site's own address as readers type it, where a proxy stands before it: https://trial.example.")
  var openidOrigin: String?

  /// Refuses a part of a provider.
  func validate(needsOrigin: Bool) throws {
    guard openidIssuer != nil else {
      guard openidClient == nil, openidSecretFile == nil, openidOrigin == nil else {
        throw ValidationError("--openid-client, --openid-secret-file and --openid-origin go with --openid-issuer.")
      }
      return
    }
    guard openidClient != nil, openidSecretFile != nil else {
      throw ValidationError("--openid-issuer needs --openid-client and --openid-secret-file.")
    }
    if needsOrigin, openidOrigin == nil {
      throw ValidationError("Behind a proxy --openid-issuer needs --openid-origin, the site's own address.")
    }
  }

  /// The provider; nil where none is named.
  ///
  /// - Parameter address: where the site listens.
  func settings(at address: String) throws -> OpenIDSettings? {
    guard let openidIssuer, let openidClient else { return nil }
    if let openidSecretFile, InputFile.isThere(openidSecretFile), !MasterKey.isOwnersAlone(openidSecretFile) {
      throw Unusable(
        "Others than its owner may read the secret ‘\(openidSecretFile)’. Take their rights away (chmod 600), and have the "
          + "provider give a new one if somebody may have read it.")
    }
    return try OpenIDSettings(
      issuer: openidIssuer, client: openidClient,
      secret: try Secrets.password(file: openidSecretFile, asking: "Secret of the client"),
      origin: openidOrigin ?? address)
  }
}
