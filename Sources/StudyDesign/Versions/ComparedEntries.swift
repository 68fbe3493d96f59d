import FoundationEssentials

/// What of a study is compared, thing by thing, as text.

extension Criterion {
  /// What the criterion says, member by member.
  var entries: [StudyDiff.Entry] {
    let members: [(String, String?)] = [
      ("kind", kind.rawValue), ("title", title), ("lay", lay), ("ask", ask), ("source", source), ("heading", heading),
      ("cohorts", cohorts.isEmpty ? "all" : cohorts.map(\.value).joined(separator: ", ")),
      ("definition", "\(library.value).\(definition.value)"),
      ("provisional", provisional.isEmpty ? nil : provisional.map(\.value).joined(separator: ", ")),
      ("notes", notes.isEmpty ? nil : notes.map { "\($0.kind): \($0.text)" }.joined(separator: " ")),
    ]
    return StudyDiff.entries(of: id, members)
  }
}

extension ProvisionalItem {
  /// What the item says, member by member.
  var entries: [StudyDiff.Entry] {
    StudyDiff.entries(
      of: id,
      [
        ("title", title), ("lost", lost), ("reading", reading), ("origin", origin.joined(separator: "; ")),
        ("confirm", confirm), ("criteria", criteria.map(\.value).joined(separator: ", ")), ("applies to", appliesTo),
      ])
  }
}

extension Study {
  /// The limits of conduct, and what study.yaml fixes.
  var limitEntries: [StudyDiff.Entry] {
    StudyDiff.flattened(conduct.way, below: "way.") + StudyDiff.flattened(conduct.recheck, below: "recheck.")
      + StudyDiff.flattened(conduct.product, below: "product.")
      + StudyDiff.flattened(conduct.safety, below: "safety.")
      + parameters.map { StudyDiff.Entry(name: "study.parameters.\($0.id)", text: "\($0.value)") }
      + cohorts.map { StudyDiff.Entry(name: "study.cohorts.\($0.id)", text: "\($0.name): \($0.title)") }
      + armEntries
      + kinds.map { StudyDiff.Entry(name: "study.kinds.\($0.id)", text: $0.title) }
      + registry.map { StudyDiff.Entry(name: "study.registry.\($0.id)", text: $0.value ?? "not stated") }
      + collects.sorted().map { StudyDiff.Entry(name: "study.collects.\($0)", text: "collected") }
      + [
        StudyDiff.Entry(name: "study.title", text: title), StudyDiff.Entry(name: "study.version", text: version),
      ]
  }

  private var armEntries: [StudyDiff.Entry] {
    arms.map { arm in
      StudyDiff.Entry(name: "study.arms.\(arm.id)", text: "\(arm.title): \(arm.cohorts.joined(separator: ", "))")
    }
  }

  /// Its words in further languages, each by its language and the words of the study.
  var translationEntries: [StudyDiff.Entry] {
    let words = words.flatMap(\.words)
    return translations.flatMap { translation in
      words.compactMap { words in
        translation[words].map { StudyDiff.Entry(name: "\(translation.language) \(words)", text: $0) }
      }
    }
  }

  /// Visits and activities, each by its id.
  var scheduleEntries: [StudyDiff.Entry] {
    StudyDiff.flattened(schedule.visits, below: "") + StudyDiff.flattened(schedule.activities, below: "activity ")
  }

  /// The cells of the dictionary, by concept and column.
  var dictionaryEntries: [StudyDiff.Entry] {
    guard let text = try? StudyFolder(path: folder).text("concepts.csv"),
      let table = try? CSVTable(text, file: "concepts.csv"),
      let column = table.header.firstIndex(where: { $0.value == "concept" })
    else { return [] }
    return table.rows.flatMap { row -> [StudyDiff.Entry] in
      guard row.indices.contains(column) else { return [] }
      return StudyDiff.entries(of: row[column].value, zip(table.header, row).map { ($0.value, $1.value) })
    }
  }
}

extension StudyDiff {
  /// The members of a thing that say something.
  static func entries(of id: String, _ members: [(String, String?)]) -> [Entry] {
    members.compactMap { name, text in
      guard let text, !text.isEmpty else { return nil }
      return Entry(name: "\(id) \(name)", text: text)
    }
  }

  /// Every value of a plan by its path; the items of a list by their id or their place.
  static func flattened(_ plan: some Encodable, below path: String) -> [Entry] {
    // JSON is read as the YAML that it is: one reader gives the order and the words.
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(plan), let text = String(validating: data, as: UTF8.self),
      let root = try? YAMLNode.read(text, file: "plan")
    else { return [] }
    var entries: [Entry] = []
    flatten(root, at: path, into: &entries)
    return entries
  }

  private static func flatten(_ node: YAMLNode, at path: String, into entries: inout [Entry]) {
    let name = path.hasSuffix(".") ? String(path.dropLast()) : path
    switch node.content {
    case .text(let text): entries.append(Entry(name: name, text: text))
    case .mapping(let pairs): for (key, value) in pairs { flatten(value, at: "\(path)\(key.value).", into: &entries) }
    case .list(let items):
      let words = items.compactMap { if case .text(let word) = $0.content { word } else { nil } }
      if words.count == items.count {
        entries.append(Entry(name: name, text: words.joined(separator: ", ")))
      } else {
        for (place, item) in items.enumerated() {
          flatten(item, at: "\(path)\(identity(of: item) ?? "\(place + 1)").", into: &entries)
        }
      }
    }
  }

  private static func identity(of node: YAMLNode) -> String? {
    guard case .mapping(let pairs) = node.content else { return nil }
    for name in ["id", "concept", "code", "activity", "cohort", "key"] {
      if let id = pairs.first(where: { $0.key.value == name }), case .text(let text) = id.value.content { return text }
    }
    return nil
  }
}
