import Figures
import Trial

extension SafetyReport {
  /// The boundary with where the study stands.
  var boundaryFigure: ReportDocument.Block {
    Self.block(
      BoundaryPlot(
        Caption("boundary", title: "Dose-limiting toxicity: the boundary, and where the study stands"),
        treatedTitle: "Evaluable participants", eventsTitle: "Participants with a dose-limiting toxicity",
        boundary: stopping.boundary.map { BoundaryPoint(treated: $0.evaluable, fewestToStop: $0.fewest) },
        path: stopping.events.total == 0
          ? [] : [BoundaryCount(treated: stopping.events.total, events: stopping.events.count)]))
  }

  /// Everybody infused: how long followed, and what happened when.
  var swimmerFigure: ReportDocument.Block? {
    let lanes = participants.filter { $0.dayZero != nil }.map { lane($0) }
    guard !lanes.isEmpty else { return nil }
    return Self.block(
      SwimmerPlot(
        Caption("swimmer", title: "Everybody infused, from Day 0 to the cut-off"),
        time: Axis("Days from Day 0", kind: .days), phases: [SwimmerKind("followed", tone: .level(1, of: 4))],
        events: Happening.allCases.map { SwimmerKind($0.rawValue, tone: $0 == .death ? .alert : .series($0.place)) },
        lanes: lanes))
  }

  /// What a swimmer shows, in the order of its legend.
  private enum Happening: String, CaseIterable {
    case toxicity = "onset of a DLT"
    case serious = "onset of a serious event"
    case left = "left early"
    case death = "death"

    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  private func lane(_ line: ParticipantLine) -> SwimmerLane {
    let end = Double(max(line.daysFollowed ?? 0, 0))
    func at(_ days: [Int?], _ happening: Happening) -> [SwimmerLane.Event] {
      days.compactMap(\.self).map { SwimmerLane.Event(at: Double($0), kind: happening.place) }
    }
    let questions = toxicity.questions.filter { $0.participant == line.participant && $0.isDoseLimiting == true }
    let serious = events.serious.filter { $0.participant == line.participant }
    return SwimmerLane(
      "\(line.participant) \(line.cohort ?? "")", [SwimmerLane.Stretch(0...end, phase: 0)],
      events: at(questions.map(\.onsetDay), .toxicity) + at(serious.map(\.onsetDay).filter { $0 ?? 0 >= 0 }, .serious)
        + at([!line.isDead && line.left != nil ? line.daysFollowed : nil], .left)
        + at([line.isDead ? line.daysFollowed : nil], .death),
      isOngoing: line.status == .infused || line.status == .followUp)
  }

  static func block(_ plot: some Plot) -> ReportDocument.Block {
    let figure = plot.figure
    return .figure(figure.svg, Table(figure.table.columns, figure.table.rows, nothing: "there is nothing to draw."))
  }
}
