import StudyDesign

/// An adverse event of the story: what the site sees, says and does about it. Days are counted from Day 0.
struct Toxicity: Sendable {
  /// Whether it is serious, and by which criterion.
  enum Seriousness: String, Sendable, CaseIterable {
    case death = "AESDTH"
    case lifeThreatening = "AESLIFE"
    case hospitalization = "AESHOSP"
    case important = "AESMIE"
  }

  /// What it is thought to come from, as the form asks.
  enum Cause: String, Sendable, CaseIterable {
    case product = "AEREL_PROD"
    case lymphodepletion = "AEREL_LD"
    case leukapheresis = "AEREL_LEUK"
    case bridging = "AEREL_BRIDG"
    case procedure = "AEREL_PROC"
    case disease = "AEREL_DIS"
  }

  /// A name for this table, the same for one participant.
  let name: String
  /// As the site wrote it down.
  let words: String
  /// The CTCAE v5.0 term.
  let term: String
  /// What is meant by a term that says “Other, specify”.
  var specified: String?
  /// The kind of special interest (conduct, section 6).
  var interest: String?
  let onset: Int
  /// Grades from their days on, the first on the onset.
  let grades: [(day: Int, grade: Int)]
  /// The day on which it was over; nil where it lasts.
  var end: Int?
  var seriousness: Seriousness?
  let causes: [Cause]
  /// What is known of it when it is first told.
  let narrative: String
  /// What was found out later, and the day on which the sponsor is told.
  var followUp: (day: Int, words: String)?
  /// How it went on: told once it is over.
  var outcome: String?
  /// What was found out about it, by item of the form of details.
  var details: [String: String] = [:]

  /// The highest grade.
  var worst: Int { grades.map(\.grade).max() ?? 1 }
  /// Whether the sponsor is told within a day, and from which day on.
  var toldFrom: Int? {
    if seriousness != nil { return grades.first { $0.grade == worst }?.day }
    return interest == nil ? nil : grades.first { $0.grade >= 3 }?.day
  }
  /// Whether what is known of the product does not let it be expected.
  var isUnexpected: Bool { interest == "ENTEROCOLITIS" || causes.isEmpty }
  /// Whether it is suspected to come from the product as well: then authority, ethics committee and sites are told.
  var isSuspectedUnexpected: Bool { isUnexpected && causes.contains(.product) && seriousness != nil }
  /// All that is known once it is over.
  var story: String { [narrative, followUp?.words, outcome].compactMap(\.self).joined(separator: " ") }
}

extension Story {
  /// What befalls somebody who was infused: what befalls all, what the course says, and what the table adds.
  var toxicities: [Toxicity] {
    guard infusion != nil, end == .followUp else { return [] }
    return
      (cytopenias + [cytokineRelease, neurotoxicity, hypogammaglobulinemia, flare].compactMap(\.self) + illnesses)
      .filter { $0.onset <= course.lastVisit ?? .max }.sorted { ($0.onset, $0.name) < ($1.onset, $1.name) }
  }

  private var cytopenias: [Toxicity] {
    let neutropenia =
      course.isSlowToRecover
      ? Toxicity(
        name: "neutropenia", words: "Prolonged neutropenia", term: "Neutrophil count decreased", interest: "ICAHT",
        onset: 3, grades: [(3, 3), (6, 4), (30, 3), (42, 2)], end: 52, causes: [.product, .lymphodepletion],
        narrative: "Neutrophils low after lymphodepletion. No fever.",
        outcome: "Below 0.5 x 10^9/L from Day 6 to Day 29; filgrastim from Day 20 to Day 38.",
        details: ["CYTGCSF": "true", "CYTTPO": "false", "CYTBOOST": "false"])
      : Toxicity(
        name: "neutropenia", words: "Neutropenia after lymphodepletion", term: "Neutrophil count decreased", onset: 4,
        grades: [(4, 2), (6, 3), (9, 4), (13, 3), (18, 2)], end: 24, causes: [.lymphodepletion],
        narrative: "Expected after fludarabine and cyclophosphamide.", outcome: "Came back without treatment.")
    return [neutropenia] + (anemia.map { [$0] } ?? [])
  }

  /// Anemia, graded as the participant's own hemoglobin is: from the first day that is worse than before lymphodepletion to the first that
  /// is no longer.
  private var anemia: Toxicity? {
    guard let hemoglobin = courseOfValues.recovery["hemoglobin"] else { return nil }
    let grade = { (day: Int) in Self.anemiaGrade(hemoglobin.value(onDay: day)) }
    let before = grade(-6)
    guard let onset = (1...90).first(where: { grade($0) > before }) else { return nil }
    let end = (onset...365).first { grade($0) <= before }
    var grades: [(day: Int, grade: Int)] = []
    for day in onset..<(end ?? onset + 1) where grades.last?.grade != grade(day) { grades.append((day, grade(day))) }
    return Toxicity(
      name: "anemia", words: "Anemia", term: "Anemia", onset: onset, grades: grades, end: end,
      causes: [.lymphodepletion, .disease],
      narrative: "Hemoglobin fell after lymphodepletion, as expected.", outcome: "Came back by itself.")
  }

  /// The grade of a hemoglobin in thousandths of g/L, with a lower limit of normal of 115 g/L.
  ///
  /// Source: CTCAE v5.0, Anemia.
  private static func anemiaGrade(_ hemoglobin: Int) -> Int {
    if hemoglobin < 80_000 { return 3 }
    if hemoglobin < 100_000 { return 2 }
    return hemoglobin < 115_000 ? 1 : 0
  }

  private var cytokineRelease: Toxicity? {
    guard course.crs > 0 else { return nil }
    let course = courseOfValues
    var grades: [(day: Int, grade: Int)] = []
    var day = self.course.crsDay
    while course.crsGrade(onDay: day) > 0 {
      let grade = course.crsGrade(onDay: day)
      if grades.last?.grade != grade { grades.append((day, grade)) }
      day += 1
    }
    let isSevere = self.course.crs >= 3
    return Toxicity(
      name: "crs", words: "Cytokine release syndrome grade \(self.course.crs)", term: "Cytokine release syndrome",
      interest: "CRS", onset: self.course.crsDay, grades: grades, end: day,
      seriousness: isSevere ? .lifeThreatening : nil,
      causes: [.product],
      narrative: isSevere
        ? "Fever from Day \(self.course.crsDay), low blood pressure on Day \(self.course.crsDay + 1); on Day "
          + "\(self.course.crsDay + 2) noradrenaline and high-flow oxygen in intensive care. Tocilizumab and "
          + "dexamethasone are given."
        : "Fever from Day \(self.course.crsDay)"
          + (self.course.crs == 2 ? ", low blood pressure; tocilizumab once." : "."),
      outcome: isSevere ? "Tocilizumab twice in all; off vasopressors after four days." : nil,
      details: [
        "TOXTOCI": String(max(self.course.crs - 1, 0)), "TOXSTER": isSevere ? "true" : "false", "TOXANAK": "false",
        "TOXRUXO": "false", "TOXICU": isSevere ? "true" : "false", "TOXVENT": "false", "TOXDIAL": "false",
      ])
  }

  private var neurotoxicity: Toxicity? {
    guard let lowest = course.lowestICE else { return nil }
    return Toxicity(
      name: "icans", words: "Immune effector cell-associated neurotoxicity grade 3",
      term: "Nervous system disorders - Other, specify", specified: "ICANS", interest: "ICANS", onset: lowest.day - 1,
      grades: [(lowest.day - 1, 1), (lowest.day, 3), (lowest.day + 4, 1)], end: lowest.day + 6, seriousness: .important,
      causes: [.product],
      narrative:
        "ICE score \(lowest.score) on Day \(lowest.day), wakes to touch. Dexamethasone and levetiracetam are given; MRI "
        + "and EEG are asked for.",
      outcome: "MRI and EEG without focal finding. ICE score 7 after four days, then 10.",
      details: ["TOXTOCI": "1", "TOXSTER": "true", "TOXICU": "true", "TOXVENT": "false", "TOXDIAL": "false"])
  }

  /// The illness that is back after the infusion, and treated anew.
  private var flare: Toxicity? {
    guard let flare = course.flare else { return nil }
    return Toxicity(
      name: "flare", words: "Disease flare: glands swollen again, joints painful",
      term: "General disorders and administration site conditions - Other, specify", specified: "Disease flare",
      interest: "FLARE", onset: flare.day, grades: [(flare.day, 2)], end: flare.day + 90, causes: [.disease],
      narrative: "The illness is active again.", outcome: "Settled under \(flare.treatment.lowercased()).")
  }

  /// Grades of neurotoxicity follow the ICE score of a day.
  func iceScore(onDay day: Int) -> Int {
    guard let low = course.lowestICE else { return 10 }
    if (low.day...low.day + 3).contains(day) { return low.score }
    return day == low.day - 1 || day == low.day + 4 ? 7 : 10
  }

  /// Whether somebody was in hospital for an illness on a day.
  func isInHospital(onDay day: Int) -> Bool {
    illnesses.contains { $0.seriousness == .hospitalization && ($0.onset...($0.end ?? $0.onset + 9)).contains(day) }
  }
}
