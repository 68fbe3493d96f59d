import ClinicalValues
import Markup

/// The form by which the audit trail is searched.
struct AuditForm {
  /// The zones in which it can be told, the usual one first.
  let zones: [String]
  /// Whose acts can be looked for: account and name.
  let people: [(value: String, text: String)]

  private static let peopleList = "audit-people"

  /// The zone that a query asks for, where it is one of those; else the usual one.
  func zone(askedBy query: Fields) -> String {
    query.text("zone").flatMap { zones.contains($0) ? $0 : nil } ?? zones.first ?? "UTC"
  }

  func markup(_ filter: AuditFilter, _ parts: FormParts) -> Markup {
    let words = parts.words
    return parts.search("/audit") {
      parts.input(
        .init(
          name: "account", label: words["Done by (account or name)"], value: filter.account ?? "", isOptional: true,
          attributes: [Attribute("list", AuditForm.peopleList)]))
      Markup.tag("datalist", ["id": AuditForm.peopleList]) {
        for person in people { Markup.tag("option", ["value": person.value]) { person.text } }
      }
      parts.input(
        .init(
          name: "participant", label: words["About participant (number)"], value: filter.participant ?? "",
          isOptional: true))
      parts.select(
        .init(name: "kind", label: words["Kind"], value: filter.kind ?? "", isOptional: true),
        AuditKind.allCases.map { ($0.rawValue, words.title($0)) })
      parts.input(field("from", words["From day"], filter.from?.description, "date", filter, words))
      parts.input(field("to", words["Through day"], filter.to?.description, "date", filter, words))
      parts.input(
        field(
          "asof", words("As of (date and time, {zone})", ["zone": filter.zone]),
          (filter.asOf?.dateTime.description.prefix(16)).map(String.init), "datetime-local", filter, words))
      if zones.count > 1 {
        parts.select(
          .init(name: "zone", label: words["Times in"], value: filter.zone), zones.map { ($0, $0) })
      }
      parts.button(words["Show"], class: "second")
    }
  }

  private func field(
    _ name: String, _ label: String, _ value: String?, _ type: String, _ filter: AuditFilter, _ words: Words
  ) -> FormParts.Field {
    FormParts.Field(
      name: name, label: label, value: value ?? "", type: type,
      fault: filter.unread.contains(name) ? words["This was no such day or time: nothing is shown."] : nil,
      isOptional: true)
  }
}
