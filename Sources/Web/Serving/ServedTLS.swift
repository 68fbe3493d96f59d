import HummingbirdCore
import HummingbirdTLS
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

  /// HTTP/1.1 over TLS 1.2 or later.
  ///
  /// - Throws: `NIOSSLError` where a file cannot be read or the two do not belong together.
  func server() throws -> HTTPServerBuilder {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    return try .tls(tlsConfiguration: configuration)
  }
}
