public import ClinicalValues
public import Ledger
public import StudyDesign
public import Trial

/// Datasets of SDTM read into casebooks of a study: each row becomes one filled form.
///
/// The map lies in the study: rows of a domain go to the one form whose `domain` that is, and a variable to the item that bears
/// its name. The subject (`USUBJID`) says whose casebook, `--SEQ` the row, `VISIT` the visit whose title it is. A date whose time of
/// day is known goes in two: `LBDTC` the date, `LBTIM` the time. A result that was not done (`--STAT`) is answered so. Dates that are
/// partial stay partial; nothing is filled in, coded or converted.
///
/// A file is taken whole or not at all. Nobody is in an exchange but the subjects of DM.
public struct SDTMImport: Sendable {
  /// A file of datasets.
  public struct File: Sendable {
    /// Its name, for messages.
    public let name: String
    /// What it holds.
    public let datasets: [TransportDataset]

    /// A file that was read.
    public init(name: String, datasets: [TransportDataset]) {
      self.name = name
      self.datasets = datasets
    }
  }

  /// Who reads the files in, and when: what stands beside each event.
  public struct Circumstances: Sendable {
    /// When the files were handed over.
    public let happened: Moment
    /// When they are read.
    public let recorded: Instant
    /// Who reads them.
    public let actor: Actor

    /// These circumstances.
    public init(happened: Moment, recorded: Instant, actor: Actor) {
      self.happened = happened
      self.recorded = recorded
      self.actor = actor
    }
  }

  /// The casebooks, folded from one `saved` event a row.
  public private(set) var casebooks: [SubjectKey: CasebookState] = [:]
  /// What became of each dataset, in the order in which they were read: DM first, then by file.
  public private(set) var reports: [SDTMReport] = []
  /// `STUDYID`, as the first row of DM says it; nil without DM.
  public private(set) var studyID: String?

  private let circumstances: Circumstances
  private var position: Position = 0

  /// Reads files into the casebook of a study.
  public init(_ files: [File], into plan: CasebookPlan, by circumstances: Circumstances) {
    self.circumstances = circumstances
    let ordered = files.sorted { ($0.holdsDemographics ? 0 : 1, $0.name) < ($1.holdsDemographics ? 0 : 1, $1.name) }
    let visits = SDTMVisits(ordered.flatMap(\.datasets), schedule: plan.schedule)
    for file in ordered { add(file, plan, visits) }
  }

  private mutating func add(_ file: File, _ plan: CasebookPlan, _ visits: SDTMVisits) {
    var reports: [SDTMReport] = []
    var records: [SDTMRecord] = []
    var keys: Set<SDTMRecord.Place> = []
    for dataset in file.datasets {
      var report: SDTMReport
      switch SDTMRows.form(for: dataset, in: plan) {
      case .failure(let why):
        report = SDTMReport(file: file.name, dataset: dataset, form: nil)
        report.refused = dataset.rows.indices.map { SDTMReport.Refused(row: $0 + 1, why: why.description) }
      case .success(let form):
        report = SDTMReport(file: file.name, dataset: dataset, form: form.id)
        var rows = SDTMRows(dataset, form: form, visits: visits, studyID: studyID)
        let reading = rows.read { place in
          if !self.isKnown(place.subject, of: form) { return "DM has no subject ‘\(place.subject)’." }
          if self.casebooks[place.subject]?.forms[place.key] != nil || !keys.insert(place).inserted {
            return "\(place.subject) has \(place.key) already."
          }
          return nil
        }
        records += reading.records
        report.refused = reading.refused
        report.unplaced = rows.unplaced
        report.taken = reading.records.count
      }
      reports.append(report)
    }
    if reports.contains(where: { !$0.refused.isEmpty }) {
      for index in reports.indices { reports[index].holdBack() }
    } else {
      for record in records { save(record) }
    }
    self.reports += reports
  }

  /// Whether somebody is in the exchange; DM says who is.
  private func isKnown(_ subject: SubjectKey, of form: FormPlan) -> Bool {
    form.domain == SDTMDomain.demographics || casebooks[subject] != nil
  }

  private mutating func save(_ record: SDTMRecord) {
    position += 1
    studyID = studyID ?? record.studyID
    casebooks[record.place.subject, default: CasebookState()].apply(
      Recorded(
        CasebookEvent.saved(form: record.place.key, entries: record.entries, source: nil, reason: nil),
        happened: circumstances.happened, recorded: circumstances.recorded, actor: circumstances.actor,
        position: position))
  }
}

extension SDTMImport.File {
  /// Whether it holds DM, which says who takes part.
  fileprivate var holdsDemographics: Bool { datasets.contains { $0.name == SDTMDomain.demographics } }
}

extension SDTMReport {
  /// Takes nothing after all.
  fileprivate mutating func holdBack() {
    heldBack = taken
    taken = 0
  }
}

/// A row of a dataset as one filled form.
struct SDTMRecord: Sendable {
  /// Whose form, and which.
  struct Place: Hashable, Sendable {
    let subject: SubjectKey
    let key: FormKey
  }

  let studyID: String
  let place: Place
  let entries: [Entry]
}

/// Names of SDTM that the import knows.
enum SDTMDomain {
  /// Demographics: a row a subject, and the one domain without `--SEQ`.
  static let demographics = "DM"
}
