import ClinicalValues
import Ledger
import Trial

extension SafetyReport {
  /// The rule first: a board reads where the study stands before anything else.
  var stoppingSection: Section {
    let interval = stopping.interval.map { "\($0[0]) to \($0[1]) %" } ?? "none: nobody is evaluable"
    let holds = stopping.holdsInForce.map(String.init).joined(separator: ", ")
    return Section(
      "stopping", "Stopping rules",
      [
        .finding(stopping.verdict(asOf: source.cutoff)),
        .finding(holds.isEmpty ? "No safety hold is in force." : "In force: safety hold \(holds)."),
        .facts([
          Fact("DLT of evaluable", stopping.events.text), Fact("exact 95 % interval", interval),
          Fact("with a DLT", stopping.contributing.map(\.description).joined(separator: ", ").orNobody),
          Fact("distance", stopping.distance),
          Fact(
            "rule",
            "stop where the posterior probability of a DLT rate above \(stopping.rate) is at least \(stopping.cutoff); prior "
              + "Beta(\(stopping.prior.map(\.description).joined(separator: ", "))); looked at from \(stopping.fromEvaluable) "
              + "evaluable on"),
        ]),
        boundaryFigure,
        .table(
          "Boundary: the fewest with a DLT that stop, by the number evaluable",
          Table(
            ["evaluable", "fewest that stop", ""],
            stopping.boundary.map {
              [
                "\($0.evaluable)", $0.fewest.map(String.init) ?? ($0.isLookedAt ? "none" : "not looked at yet"),
                $0.isHere ? "<- here, with \(stopping.events.count)" : "",
              ]
            }, nothing: "the study has no slots.",
            marked: Set(stopping.boundary.indices.filter { stopping.boundary[$0].isHere }))),
        .table(
          "What stops the study once it has happened",
          Table(
            ["rule", "what", "set hold", "met, as of the cut-off"], stopping.stopEvents.map(\.cells),
            nothing: "nothing does.",
            marked: Set(stopping.stopEvents.indices.filter { stopping.stopEvents[$0].hasFired }))),
      ])
  }

  /// Holds, reviews and words of the board.
  var oversightSection: Section {
    Section(
      "oversight", "Holds and the board",
      [
        .table(
          "Holds (all, \(oversight.holds.count))",
          Table(
            ["no", "kind", "covers", "set by", "set", "board lets it fall", "fell"], oversight.holds.map(\.cells),
            nothing: "none was set.", marked: Set(oversight.holds.indices.filter { oversight.holds[$0].lifted == nil }))
        ),
        .table(
          "Reviews by the board (all, \(oversight.reviews.count))",
          Table(
            ["held", "decision", "through the window", "report that it read, SHA-256"],
            oversight.reviews.map {
              [Printed.time($0.held), Printed.words($0.decision.rawValue), "\($0.through)", $0.report.description]
            }, nothing: "none was held.")),
        .table(
          "The board's words on somebody already lymphodepleted (all, \(oversight.words.count))",
          Table(
            ["participant", "goes on", "decided"],
            oversight.words.map { [$0.participant.description, Printed.flag($0.goesOn), Printed.time($0.at)] },
            nothing: "none was asked for.")),
      ])
  }
}

extension String {
  /// `nobody` where the text is empty.
  fileprivate var orNobody: String { isEmpty ? "nobody" : self }
}

extension StoppingStanding.StopEvent {
  fileprivate var hasFired: Bool { !holds.isEmpty || !metBy.isEmpty }

  fileprivate var cells: [String] {
    [
      id, title + (withinDays.map { " (within \($0) days)" } ?? ""),
      holds.isEmpty ? "no" : holds.map(String.init).joined(separator: ", "),
      metBy.isEmpty ? "no, by what is recorded" : metBy.joined(separator: " "),
    ]
  }
}

extension Oversight.HoldLine {
  fileprivate var cells: [String] {
    let place = [site.map { "site \($0)" }, cohort.map { "cohort \($0)" }].compactMap(\.self)
    return [
      "\(number)", kind.rawValue,
      activities.map(\.rawValue).joined(separator: ", ")
        + (place.isEmpty ? ", everywhere" : ", \(place.joined(separator: ", "))"),
      setBy, Printed.time(set), liftDecided.map(Printed.time) ?? "-", lifted.map(Printed.time) ?? "STANDS",
    ]
  }
}
