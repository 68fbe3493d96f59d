import ClinicalValues

extension Instrument {
  /// Cytokine release syndrome, ASTCT consensus grade 0 to 5. Organ toxicities are graded by CTCAE and never enter.
  ///
  /// The flags of another cause, of fever earlier in the episode and its treatment, of vasopressin and of death count as
  /// no where they are not recorded, which keeps the more severe grade or the one without them; all else stays unknown.
  static let crs = Instrument(
    id: "crs", title: "Cytokine release syndrome, ASTCT consensus grade",
    source: "Lee DW et al. Biol Blood Marrow Transplant 2019;25:625-638",
    items: [
      // The range is ours: it refuses a temperature in degrees Fahrenheit.
      .number("temperatureC", "Highest temperature of the assessment, Cel", 20...50),
      .yesNo("feverOtherCause", "The fever has another cause"),
      .yesNo("crsFeverEarlierInEpisode", "Fever of CRS earlier in this episode"),
      .yesNo("antipyreticOrAnticytokineGiven", "Antipyretic or anticytokine treatment was given"),
      .yesNo("hypotension", "Hypotension"),
      .whole("vasopressorCount", "Vasopressors, vasopressin not counted", 0...Int.max),
      .yesNo("vasopressin", "Vasopressin"), .yesNo("hypotensionOtherCause", "The hypotension has another cause"),
      Item("oxygenDevice", "Oxygen device", .word(CrsAssessment.devices.map(\.word), otherwise: .invalidValue)),
      .amount("oxygenFlowLPerMin", "Oxygen flow, L/min"),
      .yesNo("hypoxiaOtherCause", "The hypoxia has another cause, or intubation was for a procedure or the airway"),
      .yesNo("fatal", "Death from CRS with no other principal cause"),
    ],
    score: { CrsAssessment(answers: $0).result }, rule: { CrsAssessment(answers: $0).rule })
}

/// One assessment of cytokine release syndrome.
private struct CrsAssessment {
  let answers: Answers

  /// What is known of a domain: its grade, or nil with the lowest that it can be.
  struct Domain {
    let grade: Int?
    let lowest: Int

    static func known(_ grade: Int) -> Domain { Domain(grade: grade, lowest: grade) }
    static func atLeast(_ grade: Int) -> Domain { Domain(grade: nil, lowest: grade) }
  }

  /// Grade of hypoxia by the device that delivers oxygen.
  static let devices: [(word: String, grade: Int)] = [
    ("none", 0), ("lowFlowNasalCannula", 2), ("blowBy", 2), ("highFlowNasalCannula", 3), ("faceMask", 3),
    ("nonRebreather", 3), ("venturi", 3), ("cpap", 4), ("bipap", 4), ("mechanicalVentilation", 4),
  ]

  var result: Result {
    [
      "grade": .whole(overall.grade), "minimumGrade": .whole(overall.lowest),
      "hypotensionGrade": .whole(hypotension.grade), "hypoxiaGrade": .whole(hypoxia.grade),
    ]
  }

  var rule: String {
    if answers[yesNo: "fatal"] == true { return "Grade 5: death from CRS." }
    let temperature = answers[number: "temperatureC"].map { "\($0) Cel" } ?? "temperature not recorded"
    let fever = fever.map { $0 ? "fever, \(temperature)" : "no fever that counts, \(temperature)" } ?? temperature
    let carried = isCarriedOver ? "fever earlier in the episode and treated" : "no treated fever earlier in the episode"
    let domains = [("hypotension", hypotension), ("hypoxia", hypoxia)].map { name, domain in
      domain.grade.map { "\(name) grade \($0)" } ?? "\(name) not known, at least \(domain.lowest)"
    }
    let verdict = overall.grade.map { "Grade \($0)" } ?? "At least grade \(overall.lowest)"
    return "\(verdict): " + ([fever, carried] + domains).joined(separator: "; ") + "."
  }

  /// Fever of 38.0 Cel or more that has no other cause; nil without a temperature.
  private var fever: Bool? {
    answers[number: "temperatureC"].map { $0 >= 38 && answers[yesNo: "feverOtherCause"] != true }
  }

  /// After treatment of a fever of CRS none is needed: hypotension and hypoxia alone drive the grade.
  private var isCarriedOver: Bool {
    answers[yesNo: "crsFeverEarlierInEpisode"] == true && answers[yesNo: "antipyreticOrAnticytokineGiven"] == true
  }

  private var overall: Domain {
    if answers[yesNo: "fatal"] == true { return .known(5) }
    if !isCarriedOver {
      guard let fever else { return .atLeast(0) }
      if !fever { return .known(0) }
    }
    let lowest = max(fever == true ? 1 : 0, hypotension.lowest, hypoxia.lowest)
    let domainsKnown = hypotension.grade != nil && hypoxia.grade != nil
    return lowest >= 4 || domainsKnown ? .known(lowest) : .atLeast(lowest)
  }

  private var hypotension: Domain {
    if answers[yesNo: "hypotensionOtherCause"] == true { return .known(0) }
    // Vasopressin alone is one vasopressor; beside others it does not count.
    let vasopressin = answers[yesNo: "vasopressin"] == true
    guard let count = answers[whole: "vasopressorCount"] else {
      if vasopressin { return .atLeast(3) }
      return answers[yesNo: "hypotension"].map { $0 ? .atLeast(2) : .known(0) } ?? .atLeast(0)
    }
    if count >= 2 { return .known(4) }
    if count == 1 || vasopressin { return .known(3) }
    return answers[yesNo: "hypotension"].map { .known($0 ? 2 : 0) } ?? .atLeast(0)
  }

  private var hypoxia: Domain {
    if answers[yesNo: "hypoxiaOtherCause"] == true { return .known(0) }
    guard let word = answers[word: "oxygenDevice"], let device = Self.devices.first(where: { $0.word == word }) else {
      return .atLeast(0)
    }
    // A low-flow cannula above 6 L/min is high flow.
    let isHighFlow = word == "lowFlowNasalCannula" && (answers[number: "oxygenFlowLPerMin"] ?? 0) > 6
    return .known(isHighFlow ? 3 : device.grade)
  }
}
