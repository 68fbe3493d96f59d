import ClinicalValues
import StudyDesign

extension GateBook {
  /// A slot is allotted behind these lines.
  static let enrollment: [Rule] = [
    Rule(id: "enrollment.consent", title: "Consent is in force") { $0.consent(before: .enrollment) },
    Rule(id: "enrollment.eligibility", title: "Eligibility is signed, not too old, under the criteria in force") {
      $0.eligibilityStands().and($0.eligibilityIsCurrent())
    },
    Rule(id: "enrollment.slot", title: "A slot is free") { question in
      let free = question.study.freeSlots(of: question.plan.way)
      return GateAnswer(
        free > 0, ["\(free) of \(question.plan.way.slots) free"],
        remedy: "Nobody can be enrolled unless a participant leaves before infusion.")
    },
    Rule(id: "enrollment.open", title: "Study, site and cohort are open") { question in
      guard let site = question.way.site, let cohort = question.way.cohort else {
        return GateAnswer(nil, ["the cohort is not decided"], remedy: "An investigator decides on eligibility.")
      }
      let isOpen = question.study.isOpen(site: site, cohort: cohort)
      return GateAnswer(
        isOpen, ["site \(site), cohort \(cohort)"],
        remedy: "The principal investigator opens study, site and cohort.")
    },
    Rule(id: "enrollment.hold", title: "No hold of enrollment") { $0.noHold(on: [.enrollment]) },
    Rule(id: "enrollment.adopted", title: "Every provisional item is adopted") { question in
      let open = question.study.unadopted(of: question.situation.protocolVersion)
      return GateAnswer(
        against: open.isEmpty ? [] : ["not adopted: " + open.joined(separator: ", ")],
        evidence: ["version \(question.situation.protocolVersion.version)"],
        remedy: "The principal investigator adopts or changes each provisional item, signed.")
    },
  ]
}

extension GateQuestion {
  fileprivate func eligibilityIsCurrent() -> GateAnswer {
    guard case .eligible(_, let validThrough, let version) = way.eligibility else { return GateAnswer(false) }
    var problems: [String] = []
    if moment.day > validThrough {
      problems.append("the decision is older than \(plan.way.eligibilityValidDays) days")
    }
    if version.digest != situation.protocolVersion.digest {
      problems.append("decided under version \(version.version), in force is \(situation.protocolVersion.version)")
    }
    return GateAnswer(
      against: problems, remedy: "An investigator decides anew on current data.", until: end(ofDay: validThrough))
  }
}
