import Conduct
import Ledger
import Trial

/// What somebody who signs is shown: everything that the signature covers, and its digest.
enum SignatureText {
  static func text(_ item: ToSign, _ number: Int, of count: Int) -> String {
    var page = Page()
    page.line()
    page.line("To be signed\(count > 1 ? " (\(number) of \(count))" : ""):")
    page.entry("  meaning", item.meaning, labelWidth: 10)
    page.entry("  by", "\(item.name), \(item.signer.role.title) (\(item.signer.account))", labelWidth: 10)
    if case .object(let members) = item.content.value {
      for name in ["stream", "type", "happened", "reason"] {
        if let text = members[name]?.string { page.entry("  \(name)", text, labelWidth: 10) }
      }
      if let fact = members["fact"] {
        page.line("  fact")
        for line in JSON(fact).text.split(separator: "\n") { page.line("    " + String(line).printable) }
      }
    }
    page.entry("  SHA-256", Digest(of: item.content.bytes).description, labelWidth: 10)
    return page.text
  }

  static func json(_ item: ToSign) -> JSON {
    .object([
      ("meaning", .string(item.meaning)), ("name", .string(item.name)),
      ("account", .string(item.signer.account.description)), ("role", .string(item.signer.role.rawValue)),
      ("content", JSON(item.content.value)), ("digest", .string(Digest(of: item.content.bytes).description)),
    ])
  }
}

extension JSON {
  /// A value of the ledger, its members by name.
  init(_ value: CanonicalJSON.Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .boolean(value)
    case .integer(let number): self = .integer(number)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map { JSON($0) })
    case .object(let members):
      self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) })
    }
  }

  /// A text, or null.
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
