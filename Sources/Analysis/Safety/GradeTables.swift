public import ClinicalValues
import Instruments
import StudyDesign
public import Trial

/// What the recorded values say of toxicity: laboratory shifts, blood counts, cytopenia, and CRS and ICANS by day.
public struct GradeTables: Sendable, Hashable, Encodable {
  /// CRS or ICANS of one participant by day.
  public struct Syndrome: Sendable, Hashable, Encodable {
    /// A day on which it was assessed.
    public struct Day: Sendable, Hashable, Encodable {
      /// The study day.
      public let day: Int
      /// The worst grade of the day; nil where what is recorded decides none, nor a least one.
      public let grade: Int?
      /// As a person reads it; `>=2` where the grade is a least one.
      public let text: String
    }

    /// Who.
    public let participant: ParticipantID
    /// The disease.
    public let cohort: String?
    /// `CRS` or `ICANS`.
    public let syndrome: String
    /// Assessed days, Day 0 to 28.
    public let days: [Day]

    /// The worst grade; nil where none is known.
    public var worst: Int? { days.compactMap(\.grade).max() }
    /// Days of grade 1 or more, first and last.
    public var span: ClosedRange<Int>? {
      let ill = days.filter { $0.grade ?? 0 > 0 }.map(\.day)
      return ill.min().flatMap { first in ill.max().map { first...$0 } }
    }
  }

  /// How long the neutrophils of somebody infused were low (ICAHT).
  public struct Cytopenia: Sendable, Hashable, Encodable {
    /// Who.
    public let participant: ParticipantID
    /// The disease.
    public let cohort: String?
    /// Early grade, Day 0 to 30; nil without a count.
    public let earlyGrade: Int?
    /// Whether Day 0 and Day 30 were measured; otherwise the early grade is a least one.
    public let isEarlyComplete: Bool
    /// Days with at most 500 neutrophils per microliter.
    public let daysAtOrBelow500: Int?
    /// How many of these are known by a count alone that is more than 7 days older.
    public let daysCarried: Int?
    /// Days with at most 100.
    public let daysAtOrBelow100: Int?
    /// Late grade, Day 31 to 100; nil with fewer than two counts.
    public let lateGrade: Int?
  }

  /// How long the cells of one kind were few in somebody infused, by CTCAE, from LD 1 on and where worse than at baseline.
  public struct LowCount: Sendable, Hashable, Encodable {
    /// Who.
    public let participant: ParticipantID
    /// The disease.
    public let cohort: String?
    /// The CTCAE term.
    public let term: String
    /// Spells at grade 3 or more.
    public let episodes: Int
    /// Days at grade 3 or more.
    public let daysAtGrade3OrMore: Int
    /// How many of these are known by a count alone that is more than 7 days older.
    public let daysCarried: Int
    /// Days at grade 4.
    public let daysAtGrade4: Int
    /// Whether the last spell has no later count of a lower grade: then the days are the least that they can be.
    public let isOngoing: Bool
  }

  /// The counts of one participant over time.
  public struct Counts: Sendable, Hashable, Encodable {
    /// A count.
    public struct Point: Sendable, Hashable, Encodable {
      /// The study day.
      public let day: Int
      /// In the unit.
      public let number: Decimal
    }

    /// Who.
    public let participant: ParticipantID
    /// What is counted, as `ctcaeLab` names it.
    public let analyte: String
    /// The unit, in UCUM.
    public let unit: String?
    /// By time.
    public let points: [Point]
  }

  /// From the grade at baseline (the last value before LD 1) to the worst after it, of those lymphodepleted.
  public let shifts: ShiftTable
  /// Values that could not be graded, of anybody.
  public let notGradable: Int
  /// CRS and ICANS of everybody infused.
  public let syndromes: [Syndrome]
  /// Cytopenia of everybody infused.
  public let cytopenia: [Cytopenia]
  /// How long each kind of cells was few, of everybody infused of whom it was counted.
  public let lowCounts: [LowCount]
  /// Neutrophils and platelets of everybody infused, Day -10 to 100.
  public let counts: [Counts]

  private static let grades = CTCAE.gradesByNumber.map(String.init)
  private static let counted = ["neutrophils", "platelets"]

  init(_ snapshot: TrialSnapshot, study: Study) {
    let state = snapshot.state
    let book = FormBook(study)
    let gradings = state.participants.keys.sorted().compactMap { state.grading(of: $0, book: book) }
    let lymphodepleted = gradings.filter { $0.firstDose != nil }
    shifts = ShiftTable(
      lymphodepleted.flatMap { $0.results },
      groups: [
        IncidenceTable.Group("lymphodepleted", subjects: Set(lymphodepleted.map(\.participant.id.description)))
      ], categories: Self.grades)
    notGradable = gradings.reduce(0) { $0 + $1.notGradable.count }
    let infused = state.study.infusions.compactMap { infusion in
      gradings.first { $0.participant.id == infusion.participant }
    }
    syndromes = infused.flatMap { $0.syndromes }
    cytopenia = infused.compactMap { $0.cytopenia }
    lowCounts = infused.flatMap { $0.lowCounts }
    counts = infused.flatMap { grading in Self.counted.compactMap { grading.counts(of: $0, days: -10...100) } }
  }
}

extension Grading {
  /// Its shifts as the shift table counts them, an analyte a CTCAE term: what is too low and too high are two.
  fileprivate var results: [ShiftTable.Result] {
    shifts().flatMap { shift in
      func result(_ grade: Int?, _ time: ShiftTable.Result.Time) -> ShiftTable.Result {
        ShiftTable.Result(
          subject: participant.id.description, analyte: shift.term, category: grade.map(String.init), time: time)
      }
      return [result(shift.baselineGrade, .baseline), result(shift.worstGrade, .after(0))]
    }
  }

  fileprivate var syndromes: [GradeTables.Syndrome] {
    guard let grid = grid(days: 0...28) else { return [] }
    return [("crs", "CRS"), ("icans", "ICANS")].map { id, title in
      let cells = grid.lines.first { $0.id == id }?.cells ?? [:]
      return GradeTables.Syndrome(
        participant: participant.id, cohort: participant.way.cohort, syndrome: title,
        days: cells.sorted { $0.key < $1.key }.map {
          GradeTables.Syndrome.Day(day: $0.key, grade: $0.value.grade, text: $0.value.text)
        })
    }
  }

  fileprivate var cytopenia: GradeTables.Cytopenia? {
    hematotoxicity.map {
      GradeTables.Cytopenia(
        participant: participant.id, cohort: participant.way.cohort, earlyGrade: $0.earlyGrade,
        isEarlyComplete: $0.isEarlyComplete, daysAtOrBelow500: $0.daysAtOrBelow500, daysCarried: $0.daysCarried,
        daysAtOrBelow100: $0.daysAtOrBelow100, lateGrade: $0.lateGrade)
    }
  }

  fileprivate var lowCounts: [GradeTables.LowCount] {
    let all = Dictionary(grouping: episodes, by: \.term)
    return graded.compactMap { series in
      guard let term = series.first?[.low]?.term, CTCAE.term(named: term)?.isCytopenia == true else { return nil }
      let episodes = all[term] ?? []
      return GradeTables.LowCount(
        participant: participant.id, cohort: participant.way.cohort, term: term, episodes: episodes.count,
        daysAtGrade3OrMore: episodes.reduce(0) { $0 + $1.days(atGrade: CTCAE.severe) },
        daysCarried: episodes.reduce(0) {
          $0 + $1.days(atGrade: CTCAE.severe, unmeasuredFor: Hematotoxicity.longestCarried)
        },
        daysAtGrade4: episodes.reduce(0) { $0 + $1.days(atGrade: 4) },
        isOngoing: episodes.last.map { $0.recovered == nil } ?? false)
    }
  }

  fileprivate func counts(of analyte: String, days: ClosedRange<Int>) -> GradeTables.Counts? {
    guard let infused, let series = graded.first(where: { $0.first?.analyte == analyte }) else { return nil }
    let points = series.compactMap { graded -> GradeTables.Counts.Point? in
      guard let day = graded.value.day(after: infused), days.contains(day), let number = graded.value.number else {
        return nil
      }
      return GradeTables.Counts.Point(day: day, number: number)
    }
    return GradeTables.Counts(
      participant: participant.id, analyte: analyte, unit: series.first?.value.unit, points: points)
  }
}
