import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL

/// The certificate with which the site itself speaks TLS.
public struct ServedTLS: Sendable {
  /// The file of the certificate chain, PEM, the site's own first.
  public let certificateFile: String
  /// The file of its private key, PEM.
  public let keyFile: String

  /// Certificate and key by the paths of their files.
  public init(certificateFile: String, keyFile: String) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }

  /// What is offered to who speaks TLS 1.2: forward secrecy and authenticated encryption, the strongest first (RFC 9325, 4.2). TLS 1.3 has
  /// nothing else.
  private static let suites: [NIOTLSCipher] = [
    .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
  ]

  /// HTTP/1.1 over TLS 1.2 or later.
  ///
  /// - Throws: `CannotServe` where a file cannot be read or the two do not belong together.
  func server() throws(CannotServe) -> HTTPServerBuilder {
    do {
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
      configuration.minimumTLSVersion = .tlsv12
      configuration.cipherSuiteValues = ServedTLS.suites
      return try .tls(.bounded, tlsConfiguration: configuration)
    } catch {
      throw CannotServe(
        "The certificate ‘\(certificateFile)’ and its key ‘\(keyFile)’ cannot be used (\(error)). Name two PEM files that can be read and "
          + "belong together.")
    }
  }
}

extension HTTPServerBuilder {
  /// HTTP/1.1 that leaves a connection over which nothing comes, unless it is still being answered, as a feed is.
  static var bounded: HTTPServerBuilder { .http1(configuration: .init(idleTimeout: .seconds(75))) }
}
