// StudyDesign is the protocol as data: it reads a version's folder (study.yaml, concepts.csv, criteria.yaml, conduct.yaml,
// product.yaml, safety.yaml, schedule.yaml, forms/*.yaml, endpoints.yaml, source.md, library/*.cql, translations/*.yaml) into
// values, and checks it as a compiler checks a program.
//
//   Reading/     YAML and CSV with the place of every word; the folder; problems
//   Dictionary/  the data dictionary: concept -> FHIR resource, codes, unit, conversions, kind
//   Conduct/     how the trial is conducted: conduct.yaml, product.yaml, safety.yaml
//   Forms/       the forms of the casebook: forms/*.yaml
//   Schedule/    visits, their anchors and windows, activities: schedule.yaml
//   Endpoints/   how the effect is measured, and who counts: endpoints.yaml
//   Translations/ the study's own words, and what they are in further languages: translations/*.yaml
//   Versions/    the content hash of a version, and what differs between two
//   Check/       what a reader of one file cannot see: references, types, units, what is collected
//
// Not here: patients, records, verdicts (Rules); which study is meant (tandem).
//
// Always true: all problems of a folder are reported at once, each with file, line, column and cure; a `Study` that
// exists has passed every check; nothing is filled in for what the protocol's text lost.

public import CQL

/// A protocol version, read and checked.
public struct Study: Sendable {
  /// The version's folder.
  public let folder: String
  /// Its name, that of its folder under `Studies/`.
  public let id: String
  /// The protocol's version.
  public let version: String
  /// Title.
  public let title: String
  /// Where the title comes from, where the source has none.
  public let titleNote: String?
  /// The registry page, field by field in its order.
  public let registry: [RegistryField]
  /// Whom the study treats.
  public let cohorts: [Cohort]
  /// How it treats them.
  public let arms: [Arm]
  /// Where data come from, cheapest to obtain first.
  public let kinds: [DataKind]
  /// What the criteria may be asked with.
  public let parameters: [StudyParameter]
  /// What the protocol's text lost, and what stands in for it.
  public let provisional: [ProvisionalItem]
  /// Types of the resources that the patient file, or a form, collects.
  public let collects: Set<String>
  /// The data dictionary.
  public let dictionary: DataDictionary
  /// The criteria in the protocol's order.
  public let criteria: [Criterion]
  /// Who conducts it.
  public let conducted: ConductedBy
  /// How the trial is conducted: limits, lists and orders. Of a study that is conducted elsewhere it means nothing.
  public let conduct: ConductPlan
  /// How grades are proposed from what is recorded; empty where `safety.yaml` has no `grading:`.
  public let grading: GradingPlan
  /// The forms of the casebook, in the order in which activities name them; none where the study has no `forms/`.
  public let forms: [FormPlan]
  /// Visits and activities; empty where the study has no `schedule.yaml`.
  public let schedule: SchedulePlan
  /// How the effect is measured; nil where the study has no `endpoints.yaml`.
  public let endpoints: EndpointPlan?
  /// Its own words in further languages, by language.
  public internal(set) var translations: [Translation] = []
  /// Synthetic records with what screening them must say; none where the study has no `examples/expected.json`.
  public internal(set) var examples: [StudyExample] = []
  /// The protocol's text.
  public let source: SourceText
  /// The checked CQL libraries; the main one defines every criterion.
  public let program: Program
  /// The libraries and one more a form (`FormPlan.library`), which holds its expressions; `program` where there are no forms.
  public let formProgram: Program
  /// The files of the version's folder, each with its hash.
  public let files: VersionFiles

  /// What names this version's content for good: the SHA-256 of its folder, as 64 hexadecimal digits.
  public var digest: String { files.digest }

  /// Its forms and its schedule.
  public var casebook: CasebookPlan { CasebookPlan(forms: forms, schedule: schedule) }

  /// The criteria asked of a cohort, in the protocol's order.
  public func criteria(for cohort: Cohort) -> [Criterion] { criteria.filter { $0.applies(to: cohort) } }

  /// What is provisional in a criterion.
  public func provisionalItems(of criterion: Criterion) -> [ProvisionalItem] {
    provisional.filter { item in criterion.provisional.contains { $0.value == item.id } }
  }
}

/// Who conducts a study.
public enum ConductedBy: String, Sendable, Hashable, Codable, CaseIterable {
  /// Tandem: its criteria decide and its plan of conduct binds.
  case tandem
  /// Somebody else: it has a casebook, which data are read into, and neither criteria nor a plan of conduct. Nobody is screened
  /// for it, and no trial is begun on it.
  case elsewhere
}

/// A group of candidates with criteria of their own: one of the study's diseases.
public struct Cohort: Hashable, Sendable {
  /// Its code in data and on the command line.
  public let id: String
  /// Its short name (`SSc`).
  public let name: String
  /// Its disease.
  public let title: String
  /// The heading of its criteria in the source.
  public let heading: String?
}

/// A way in which cohorts are treated.
public struct Arm: Hashable, Sendable {
  /// Its name in data.
  public let id: String
  /// What is given.
  public let title: String
  /// The words of the source that say so.
  public let source: String?
  /// The cohorts that it treats, by id.
  public let cohorts: [String]
}

/// A field of the registry page.
public struct RegistryField: Sendable {
  /// Its name in data.
  public let id: String
  /// Its words on the page.
  public let label: String
  /// What the text says; nil: not stated in the source.
  public let value: String?
  /// What else is known about it, from elsewhere in the text.
  public let note: String?
}

/// Where data come from (laboratory, imaging ...).
public struct DataKind: Sendable {
  /// Its name in the data dictionary.
  public let id: String
  /// Its words.
  public let title: String
}

/// A value that criteria may be asked with.
public struct StudyParameter: Sendable {
  /// Its name in the library.
  public let id: String
  /// Its words.
  public let title: String
  /// The study's value.
  public let value: Int
  /// Its UCUM unit, where it has one.
  public let unit: String?
  /// Where it stands.
  public let location: SourceLocation
  /// The provisional item that it rests on.
  public let provisional: Located<String>?
}

/// Something that the protocol's text lost, and the reading applied meanwhile.
public struct ProvisionalItem: Sendable {
  /// Its name.
  public let id: String
  /// Its words.
  public let title: String
  /// What is missing in the text.
  public let lost: String
  /// What is applied meanwhile; nil: nothing is.
  public let reading: String?
  /// Where that was taken from.
  public let origin: [String]
  /// Who has to settle it.
  public let confirm: String
  /// The criteria that rest on it.
  public let criteria: [Located<String>]
  /// Where else it applies.
  public let appliesTo: String?
  /// Where it stands.
  public let location: SourceLocation
}
