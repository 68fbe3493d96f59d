import HTTPTypes

/// Whether a request that changes something came from a page of this site.
///
/// Sources: Fetch Metadata Request Headers (W3C), `Sec-Fetch-Site`; RFC 6454, section 7 `Origin`.
enum SameOrigin {
  static func holds(_ fields: HTTPFields, authority: String?) -> Bool {
    if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ fields[$0] }) {
      // `none`: the person typed the address or used a bookmark, which sends no form.
      return site == "same-origin"
    }
    guard let origin = fields[.origin] else { return true }
    guard let authority, let scheme = origin.range(of: "://") else { return false }
    return origin[scheme.upperBound...].lowercased() == authority.lowercased()
  }
}

extension String {
  /// Where a text stands in this one.
  fileprivate func range(of other: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
      start = index(after: start)
    }
    return nil
  }
}
