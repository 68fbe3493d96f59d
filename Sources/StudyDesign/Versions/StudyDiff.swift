import CQL
import FoundationEssentials

/// What differs between two versions of a protocol: criteria, visits, forms, endpoints, limits, findings, provisional items,
/// definitions, the dictionary, translations.
///
/// Every file whose bytes differ is behind at least one change; one that differs in nothing that is compared here (a comment, an
/// example, the source's text) is named as a file.
public struct StudyDiff: Sendable {
  /// What sort of thing has changed.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    case criteria, visits, forms, endpoints, limits, findings, provisional, definitions, dictionary, translations, files
  }

  /// How it has changed.
  public enum Kind: String, Sendable, Hashable { case added, removed, changed }

  /// One thing that differs.
  public struct Change: Sendable, Hashable {
    /// Its sort.
    public let part: Part
    /// What it is: an id, with the member that differs (`INC-5.1 title`, `way.slots`, `Gates.washOutKept`).
    public let subject: String
    /// How it has changed.
    public let kind: Kind
    /// What the first version says; nil where it says nothing.
    public let before: String?
    /// What the second version says; nil where it says nothing.
    public let after: String?
    /// The criteria and findings that rest on it, by id.
    public let affects: [String]
  }

  /// The changes, by part and then in the order of the files.
  public let changes: [Change]

  /// What differs from one version to another; the files of both folders are read.
  public init(from before: Study, to after: Study) {
    var changes: [Change] = []
    func compare(_ part: Part, _ items: (Study) -> [Entry], affects: (String) -> [String] = { _ in [] }) {
      changes += StudyDiff.changes(part, items(before), items(after), affects: affects)
    }
    compare(.criteria) { $0.criteria.flatMap(\.entries) }
    compare(.visits) { $0.scheduleEntries }
    compare(.forms) { StudyDiff.flattened($0.forms.sorted { $0.id < $1.id }, below: "") }
    compare(.endpoints) { $0.endpoints.map { StudyDiff.flattened($0, below: "") } ?? [] }
    compare(.limits) { $0.limitEntries }
    compare(.findings) { StudyDiff.flattened($0.conduct.findings, below: "") }
    compare(.provisional) { $0.provisional.flatMap(\.entries) }
    let users = [DefinitionUsers(before), DefinitionUsers(after)]
    compare(.definitions) {
      DefinitionTexts($0.folder).entries
    } affects: { name in
      (before.criteria + after.criteria).map(\.id).unique.filter { id in users.contains { $0.uses(name, by: id) } }
        + (before.conduct.findings + after.conduct.findings).map(\.id).unique.filter { id in
          users.contains { $0.uses(name, by: id) }
        }
    }
    compare(.dictionary) { $0.dictionaryEntries }
    compare(.translations) { $0.translationEntries }
    changes += StudyDiff.remainingFiles(before, after, explained: changes)
    self.changes = changes
  }

  /// A thing that is compared, by its name, and what is said of it.
  struct Entry {
    let name: String
    let text: String
  }

  private static func changes(
    _ part: Part, _ before: [Entry], _ after: [Entry], affects: (String) -> [String]
  ) -> [Change] {
    let old = Dictionary(before.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    return (before + after).map(\.name).unique.compactMap { name in
      let (was, now) = (old[name], new[name])
      guard was != now else { return nil }
      let kind: Kind = was == nil ? .added : now == nil ? .removed : .changed
      return Change(part: part, subject: name, kind: kind, before: was, after: now, affects: affects(name))
    }
  }

  /// The files whose bytes differ although nothing that is compared above does.
  private static func remainingFiles(_ before: Study, _ after: Study, explained: [Change]) -> [Change] {
    let parts = Set(explained.map(\.part))
    let old = Dictionary(before.files.files.map { ($0.path, $0.hash) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after.files.files.map { ($0.path, $0.hash) }, uniquingKeysWith: { first, _ in first })
    return (before.files.files + after.files.files).map(\.path).unique.sorted().compactMap { path in
      let (was, now) = (old[path], new[path])
      guard was != now, was == nil || now == nil || !isExplained(path, by: parts, explained) else { return nil }
      let kind: Kind = was == nil ? .added : now == nil ? .removed : .changed
      return Change(part: .files, subject: path, kind: kind, before: was, after: now, affects: [])
    }
  }

  private static func isExplained(_ path: String, by parts: Set<Part>, _ changes: [Change]) -> Bool {
    switch path {
    case CriteriaFile.name: return parts.contains(.criteria)
    case ScheduleFile.name: return parts.contains(.visits)
    case EndpointFile.name: return parts.contains(.endpoints)
    case "concepts.csv": return parts.contains(.dictionary)
    case "study.yaml": return parts.contains(.provisional) || changes.contains { $0.subject.hasPrefix("study.") }
    case PlanReader.conductFile:
      return parts.contains(.findings)
        || changes.contains { $0.subject.hasPrefix("way.") || $0.subject.hasPrefix("recheck.") }
    case PlanReader.productFile: return changes.contains { $0.subject.hasPrefix("product.") }
    case PlanReader.safetyFile: return changes.contains { $0.subject.hasPrefix("safety.") }
    default:
      if let form = path.suffix(after: FormReader.folder + "/") {
        return changes.contains { $0.part == .forms && $0.subject.hasPrefix(form.dropLast("yaml".count)) }
      }
      if let language = path.suffix(after: TranslationFile.folder + "/") {
        let prefix = language.dropLast(".yaml".count) + " "
        return changes.contains { $0.part == .translations && $0.subject.hasPrefix(prefix) }
      }
      guard let library = path.suffix(after: "library/") else { return false }
      return changes.contains { $0.part == .definitions && $0.subject.hasPrefix(library.dropLast(".cql".count) + ".") }
    }
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it stands first.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
