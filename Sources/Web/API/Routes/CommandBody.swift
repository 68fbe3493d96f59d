import Conduct
import Ledger
import Trial

/// What is sent for a command: `fields` as its form asks them, `circumstances` as every command has them, and who acts along.
struct CommandBody: Sendable {
  private let form: CommandForm

  init(_ form: CommandForm) { self.form = form }

  /// What it can be.
  var schema: Schema {
    .object(
      name: "Do-\(ActPath.slug(form.name))", about: form.type.abstract,
      [
        .init(name: "fields", schema: .object(name: nil, form.fields.map(CommandBody.member))),
        .init(
          name: "circumstances", schema: .object(name: "Circumstances", Circumstances.fields.map(CommandBody.member)),
          isRequired: false),
        .init(
          name: "with",
          schema: .object(
            name: "Companion", about: "Somebody who acts along, and gives their own password when it is signed.",
            [
              .init(name: "account", schema: .text()),
              .init(
                name: "role", schema: .choice(Role.allCases.map(\.rawValue)), about: "Where they have several.",
                isRequired: false),
            ]), isRequired: false),
      ])
  }

  /// What was given to the fields.
  ///
  /// - Throws: `UnfitFields` where a file is neither text nor base64.
  func given(_ json: CanonicalJSON.Value) throws(UnfitFields) -> Given {
    var given = Given(texts: CommandBody.texts(json["fields"], of: form.fields.filter { !$0.isFile }))
    var faults: [ValueFault] = []
    for field in form.fields where field.isFile {
      guard let value = json["fields"]?[field.key] else { continue }
      let files = field.kind.isList ? value.array ?? [] : [value]
      let read = files.compactMap { CommandBody.file($0, field.key) }
      if read.count < files.count {
        faults.append(
          ValueFault(place: "/fields/\(field.key)", words: "Give the file as text, or as base64, and not as both."))
      }
      if !read.isEmpty { given.files[field.key] = read }
    }
    guard faults.isEmpty else { throw UnfitFields(faults: faults) }
    return given
  }

  /// When it happened, why, and why so late.
  func circumstances(_ json: CanonicalJSON.Value) -> Circumstances {
    Circumstances(CommandBody.texts(json["circumstances"], of: Circumstances.fields))
  }

  /// Who acts along.
  func together(_ json: CanonicalJSON.Value) -> ActTogether.Named? {
    json["with"]?["account"]?.string.map { ActTogether.Named(account: $0, role: json["with"]?["role"]?.string) }
  }

  /// Faults of fields, each where the field stands in the body.
  func unfit(_ faults: FieldFaults) -> UnfitFields {
    let own = Set(form.fields.map(\.key))
    return UnfitFields(
      faults: faults.all.map { fault in
        ValueFault(
          place: "/\(own.contains(fault.member) ? "fields" : "circumstances")/\(Schema.escaped(fault.member))",
          words: fault.words)
      })
  }

  private static func member(_ field: CommandForm.Field) -> Schema.Member {
    let schema = field.isFile ? file : schema(of: field.kind.content)
    return Schema.Member(
      name: field.key, schema: field.kind.isList ? .list(schema) : schema, about: field.help,
      isRequired: !field.isOptional)
  }

  private static func schema(of content: FieldKind.Content) -> Schema {
    switch content {
    case .wholeNumber: .integer()
    case .yesOrNo: .truth
    case .choice(let values): .choice(values)
    // Decimals are texts, so that no reader of JSON rounds them; dates may be known to the year alone.
    case .text, .decimal, .date, .moment: .text()
    }
  }

  private static let file = Schema.object(
    name: "File", about: "A file, as text or as base64.",
    [
      .init(name: "name", schema: .text(), about: "As messages name it.", isRequired: false),
      .init(name: "text", schema: .text(), about: "What is in it, if it is text.", isRequired: false),
      .init(name: "base64", schema: .text(), about: "What is in it (RFC 4648, section 4).", isRequired: false),
    ])

  private static func file(_ value: CanonicalJSON.Value, _ key: String) -> Given.File? {
    let name = value["name"]?.string ?? key
    switch (value["text"]?.string, value["base64"]?.string) {
    case (let text?, nil): return Given.File(name: name, bytes: Array(text.utf8))
    case (nil, let encoded?): return Base64.decode(encoded).map { Given.File(name: name, bytes: $0) }
    default: return nil
    }
  }

  /// Values as the texts of fields; one that says nothing counts as left out.
  private static func texts(_ value: CanonicalJSON.Value?, of fields: [CommandForm.Field]) -> [String: [String]] {
    var texts: [String: [String]] = [:]
    for field in fields {
      guard let value = value?[field.key] else { continue }
      let given = (value.array ?? [value]).compactMap(text).filter { $0.contains { !$0.isWhitespace } }
      if !given.isEmpty { texts[field.key] = given }
    }
    return texts
  }

  private static func text(_ value: CanonicalJSON.Value) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let truth): String(truth)
    case .null, .array, .object: nil
    }
  }
}
