import ClinicalValues
import StudyDesign

extension GateBook {
  /// Cells are collected behind these lines.
  static let leukapheresis: [Rule] = [
    Rule(id: "leukapheresis.enrolled", title: "Enrolled, the eligibility decision stands, cells are to be collected") {
      $0.awaitsCollection().and($0.eligibilityStands())
    },
    Rule(id: "leukapheresis.consent", title: "Consent is in force") { $0.consent(before: .leukapheresis) },
    Rule(id: "leukapheresis.recheck", title: "The re-check before leukapheresis has passed and is not too old") {
      $0.recheck(.leukapheresis)
    },
    Rule(id: "leukapheresis.infectionMarkers", title: "Infection markers are not too old") {
      $0.finding(FindingID.infectionMarkers, remedy: "The site tests the infection markers and records the results.")
    },
    Rule(id: "leukapheresis.labels", title: "The chain of identity is issued and labels are printed") { question in
      var problems: [String] = []
      if question.product.identity == nil { problems.append("no chain-of-identity identifier") }
      if !question.product.labelsPrinted { problems.append("labels of the next collection are not printed") }
      return GateAnswer(
        against: problems, evidence: question.product.identity.map { [$0.description] } ?? [],
        remedy: "The site prints the labels of the collection.")
    },
    Rule(id: "leukapheresis.hold", title: "No hold of leukapheresis") { $0.noHold(on: [.leukapheresis]) },
  ]
}

extension GateQuestion {
  fileprivate func awaitsCollection() -> GateAnswer {
    let status = participant.status(at: moment)
    return GateAnswer(
      status == .enrolled, ["status: \(status.rawValue)"],
      remedy: way.enrolled == nil
        ? "The participant is enrolled first."
        : "Cells are collected from who is enrolled and has none; after a failed product once more if so decided.")
  }
}

/// The findings that lines of gates ask for; the study defines each in CQL under this id.
enum FindingID {
  static let infectionMarkers = "infectionMarkersCurrent"
  static let washOut = "washOutKept"
  static let baseline = ["baselineInstrument", "baselineICE", "baselineWeight"]
  static let hepatitisBNegative = "hepatitisBMarkersNegative"
  static let weight = "weightSinceFirstDose"
  static let baselineWeight = "baselineWeight"
  static let height = "bodyHeight"
  static let clearance = "renalFunction"
  static let notPregnant = "notPregnant"
  static let preInfusion = ["iceAndVitalsWithin8h", "noGlucocorticoid72h"]
}
