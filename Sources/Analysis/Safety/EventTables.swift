import Instruments
import StudyDesign
import Trial

/// Adverse events: counted by class, term and grade, those of special interest, and every single one.
public struct EventTables: Sendable, Hashable, Encodable {
  /// One kind of event of special interest.
  public struct SpecialInterest: Sendable, Hashable, Encodable {
    /// Its code in the casebook.
    public let code: String
    /// Its title.
    public let title: String
    /// Those infused with at least one.
    public let infused: Share
    /// Events of those infused.
    public let events: Int
    /// Those infused by their worst grade, 1 to 5.
    public let worst: [Int]
    /// Days of onset from Day 0, ascending, where known.
    public let onsetDays: [Int]
    /// Durations in days, ascending, of those that have ended.
    public let durationDays: [Int]
    /// Events that have not ended, or of which nobody says so.
    public let ongoing: Int
  }

  /// Events that began on or after LD 1, of those lymphodepleted.
  public let afterLymphodepletion: IncidenceTable
  /// Events before LD 1, of those consented.
  public let beforeLymphodepletion: IncidenceTable
  /// Every kind of event of special interest of the study, with those that nobody had.
  public let specialInterest: [SpecialInterest]
  /// Every event, by participant and number.
  public let listing: [EventLine]

  private static let grades = CTCAE.grades.map(String.init)

  init(_ snapshot: TrialSnapshot, study: Study) {
    let plan = study.conduct.safety
    let lines = EventLine.all(in: snapshot, plan: plan, schedule: study.schedule)
    func group(_ name: String, _ isIn: (ParticipantState) -> Bool) -> IncidenceTable.Group {
      IncidenceTable.Group(
        name, subjects: Set(snapshot.state.participants.values.filter(isIn).map(\.id.description)))
    }
    listing = lines
    afterLymphodepletion = IncidenceTable(
      lines.filter(\.isAfterLymphodepletion).map(\.occurrence),
      groups: [group("lymphodepleted") { $0.way.firstLymphodepletion != nil }], grades: Self.grades)
    beforeLymphodepletion = IncidenceTable(
      lines.filter { !$0.isAfterLymphodepletion }.map(\.occurrence),
      groups: [group("consented") { !$0.way.consents.isEmpty }], grades: Self.grades)
    let infused = group("infused") { $0.product.infusion != nil }
    specialInterest = study.specialInterests.map { code, title in
      SpecialInterest(code, title, of: lines.filter { $0.specialInterest == code }, among: infused, grades: Self.grades)
    }
  }

  /// Serious events, by participant and number.
  public var serious: [EventLine] { listing.filter { $0.isSerious == true } }
  /// Events of which nobody has said whether they are serious.
  public var ofUnknownSeriousness: [EventLine] { listing.filter { $0.isSerious == nil } }
}

extension EventTables.SpecialInterest {
  fileprivate init(
    _ code: String, _ title: String, of lines: [EventLine], among infused: IncidenceTable.Group, grades: [String]
  ) {
    let counted = IncidenceTable(lines.map(\.occurrence), groups: [infused], grades: grades).rows.first?.cells.first
    let lines = lines.filter { infused.subjects.contains($0.participant.description) }
    self.init(
      code: code, title: title, infused: counted?.subjects ?? Share(0, of: infused.subjects.count), events: lines.count,
      worst: counted?.worst ?? [], onsetDays: lines.compactMap(\.onsetDay).sorted(),
      durationDays: lines.compactMap(\.durationDays).sorted(), ongoing: lines.filter { $0.isResolved != true }.count)
  }
}

extension Study {
  /// The events of special interest that the form of adverse events offers, with their titles, in its order.
  fileprivate var specialInterests: [(code: String, title: String)] {
    guard let binding = conduct.safety.forms?.adverseEvent, let item = binding[.specialInterest],
      let form = forms.first(where: { $0.id == binding.form }), let plan = form.items.first(where: { $0.id == item })
    else { return [] }
    return plan.codes.filter { $0.code != conduct.safety.forms?.noKind }.map { ($0.code, $0.label) }
  }
}
