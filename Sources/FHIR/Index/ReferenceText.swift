/// The text of a literal reference, taken apart. Source: FHIR R4, "Resource References".
struct ReferenceText {
  /// The text without a version (`/_history/2`).
  let text: Substring
  /// The server, with the slash after it; empty for a relative reference.
  let server: Substring
  /// The type in `Type/id`; nil for `urn:uuid:...`, `#id` and what is not of that shape.
  let type: String?
  /// `Type/id`.
  let relative: String?

  init(_ reference: String) {
    var text = Substring(reference)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let tail: ArraySlice<Substring>
    if parts.count >= 4, parts[parts.count - 2] == "_history" {
      tail = parts.dropLast(2).suffix(2)
      text = parts.dropLast(2).joined(separator: "/")[...]
    } else {
      tail = parts.suffix(2)
    }
    self.text = text
    guard tail.count == 2, let name = tail.first, let first = name.first, first.isASCII, first.isUppercase,
      name.allSatisfy({ $0.isASCII && $0.isLetter }), !text.hasPrefix("urn:")
    else {
      server = ""
      type = nil
      relative = nil
      return
    }
    let relative = tail.joined(separator: "/")
    self.type = String(name)
    self.relative = relative
    server = text.dropLast(relative.count)
  }
}
