import ClinicalValues
import Instruments
import StudyDesign

/// What was seen of toxicity day by day: a line a measurement or syndrome, a cell a study day.
public struct ToxicityGrid: Sendable, Hashable {
  /// A line.
  public struct Line: Sendable, Hashable {
    /// What it shows: a concept, `crs`, `icans` or `ice`.
    public let id: String
    /// Its unit, where it has one.
    public let unit: String?
    /// What it shows by study day; a day without anything is not there.
    public let cells: [Int: Cell]
  }

  /// The worst of a day.
  public struct Cell: Sendable, Hashable {
    /// As a person reads it.
    public let text: String
    /// Its grade, where it has one; of a measurement in the worse direction.
    public let grade: Int?
  }

  /// The days that it shows.
  public let days: ClosedRange<Int>
  /// The lines: CRS, ICANS and ICE after the first concept, the temperature.
  public let lines: [Line]
  /// The ICE score at baseline; nil where there is none.
  public let iceBaseline: Int?
}

extension Grading {
  /// The view by day; nil where nothing was infused.
  public func grid(days: ClosedRange<Int> = 0...28) -> ToxicityGrid? {
    guard infused != nil else { return nil }
    let measured = book.grading.daily.map { line($0, days) }
    let scores = iceScores
    let syndromes = [
      line(.crs, crs, days), line(.icans, icans, days),
      ToxicityGrid.Line(
        id: "ice", unit: nil,
        cells: worst(scores.map { ($0.day, $0.total) }, days, isWorse: <).mapValues {
          ToxicityGrid.Cell(text: String($0), grade: nil)
        }),
    ]
    return ToxicityGrid(
      days: days, lines: measured.prefix(1) + syndromes + measured.dropFirst(), iceBaseline: scores.first?.baseline)
  }

  private func line(
    _ kind: SpecialInterestKind, _ assessments: [SyndromeAssessment], _ days: ClosedRange<Int>
  ) -> ToxicityGrid.Line {
    var worst: [Int: (cell: ToxicityGrid.Cell, least: Int)] = [:]
    for assessment in assessments {
      guard let day = assessment.day, days.contains(day) else { continue }
      let cell = cell(kind, of: assessment)
      let least = cell.grade ?? assessment.minimum ?? -1
      if let other = worst[day], other.least >= least { continue }
      worst[day] = (cell, least)
    }
    return ToxicityGrid.Line(id: kind.rawValue, unit: nil, cells: worst.mapValues(\.cell))
  }

  /// The grade of an assessment that counts: as its answers give it, unless its form or an investigator says another. What the
  /// form assigns counts where it is higher, and where its answers give no grade; it is marked as assigned.
  private func cell(_ kind: SpecialInterestKind, of assessment: SyndromeAssessment) -> ToxicityGrid.Cell {
    guard let proposal = proposal(kind, of: assessment) else {
      // Whoever assigned 0 saw the participant, and the answers do not contradict it.
      guard assessment.grade == nil, assessment.atLeast == nil, let assigned = assessment.assigned else {
        return ToxicityGrid.Cell(text: assessment.text, grade: assessment.atLeast)
      }
      return ToxicityGrid.Cell(text: "\(assigned) (assigned)", grade: assigned)
    }
    if proposal.standing == .changed {
      return ToxicityGrid.Cell(text: "\(proposal.counting)", grade: proposal.counting)
    }
    let isOfAnswers = proposal.counting == assessment.atLeast && (assessment.grade != nil || assessment.assigned == nil)
    let isAssigned = !isOfAnswers && proposal.counting == assessment.assigned
    return ToxicityGrid.Cell(
      text: isAssigned ? "\(proposal.counting) (assigned)" : assessment.text, grade: proposal.counting)
  }

  private func line(_ concept: String, _ days: ClosedRange<Int>) -> ToxicityGrid.Line {
    let series = graded.first { $0.first?.value.concept == concept } ?? []
    let isLow = series.first?.grades.contains { $0.direction == .low } ?? false
    var worst: [Int: CasebookValue] = [:]
    for value in values[concept] {
      guard let day = studyDay(of: value.when), days.contains(day), let number = value.number else { continue }
      if let other = worst[day]?.number, isLow ? other <= number : other >= number { continue }
      worst[day] = value
    }
    return ToxicityGrid.Line(
      id: concept, unit: book.units[concept]?.unit,
      cells: worst.mapValues { value in
        let graded = series.first { $0.value == value }
        let grade = graded?.grades.compactMap { counting(graded, $0.direction) }.max()
        return ToxicityGrid.Cell(text: value.shown, grade: grade)
      })
  }

  private func counting(_ value: GradedValue?, _ direction: CTCAE.Direction) -> Int? {
    value.flatMap { counting($0, direction) }
  }

  private func worst(
    _ pairs: [(day: Int?, value: Int?)], _ days: ClosedRange<Int>, isWorse: (Int, Int) -> Bool
  ) -> [Int: Int] {
    var worst: [Int: Int] = [:]
    for (day, value) in pairs {
      guard let day, let value, days.contains(day) else { continue }
      worst[day] = worst[day].map { isWorse(value, $0) ? value : $0 } ?? value
    }
    return worst
  }
}

extension CasebookValue {
  /// Its number in the unit of the concept as a person reads it, with `<` or `>` as entered.
  public var shown: String {
    let text = answer.text ?? ""
    guard answer.unit != nil, answer.unit != unit, let number else { return text }
    return text.prefix { "<>=".contains($0) } + number.trimmed.description
  }
}
