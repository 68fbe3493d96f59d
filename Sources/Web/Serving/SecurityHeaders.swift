import HTTPTypes

/// Headers that every answer has.
///
/// Sources: OWASP ASVS 5.0, V3.4 (browser security mechanism headers); W3C Content Security Policy Level 3.
enum SecurityHeaders {
  /// Nothing but what this site serves; no inline script and no inline style; nobody may frame it.
  static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  static func add(to fields: inout HTTPFields, isSecure: Bool) {
    fields[.contentSecurityPolicy] = policy
    fields[.xContentTypeOptions] = "nosniff"
    fields[name("X-Frame-Options")] = "DENY"
    fields[name("Referrer-Policy")] = "same-origin"
    fields[name("Cross-Origin-Opener-Policy")] = "same-origin"
    fields[name("Cross-Origin-Resource-Policy")] = "same-origin"
    fields[name("Permissions-Policy")] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
    if isSecure { fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
  }

  /// Has the browser forget what it keeps of this site (W3C Clear Site Data).
  static let clearSiteData = name("Clear-Site-Data")

  /// The name of a header field that this program writes out.
  static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("‘\(text)’ is a field name") }
    return name
  }
}
