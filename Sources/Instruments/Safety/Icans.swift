import ClinicalValues

extension Instrument {
  /// Neurotoxicity after immune effector cells, ASTCT consensus grade 0 to 5 for adults: the worst of five domains.
  ///
  /// Only findings with no other cause are entered. A grade that is not `complete` is a minimum. Intracranial hemorrhage,
  /// headache, tremor, myoclonus and asterixis do not enter.
  static let icans = Instrument(
    id: "icans", title: "Immune effector cell-associated neurotoxicity syndrome, ASTCT consensus grade",
    source: "Lee DW et al. Biol Blood Marrow Transplant 2019;25:625-638",
    items: [
      .whole("iceScore", "ICE score", 0...10),
      IcansAssessment.consciousness.item("consciousness", "Depressed level of consciousness"),
      IcansAssessment.seizure.item("seizure", "Seizure"), .yesNo("motorWeakness", "Deep focal motor weakness"),
      IcansAssessment.edema.item("raisedIcpOrEdema", "Raised intracranial pressure or cerebral edema"),
      .yesNo("fatal", "Death from ICANS"),
    ],
    score: { answers in
      let assessment = IcansAssessment(answers)
      return [
        "grade": .whole(assessment.grade),
        "domainGrades": .object(Result(assessment.domains.map { ($0.name, .whole($0.grade)) })),
        "complete": .bool(assessment.isComplete),
      ]
    },
    rule: { IcansAssessment($0).rule })
}

/// One assessment of neurotoxicity.
private struct IcansAssessment {
  /// Findings with their grades.
  struct Findings {
    let grades: [(word: String, grade: Int)]

    func item(_ key: String, _ words: String) -> Item {
      Item(key, words, .word(grades.map(\.word), otherwise: .invalidValue))
    }
    func grade(_ word: String?) -> Int? { grades.first { $0.word == word }?.grade }
  }

  static let consciousness = Findings(grades: [
    ("alert", 0), ("awakensSpontaneously", 1), ("awakensToVoice", 2), ("awakensToTactile", 3),
    ("unarousableOrVigorous", 4),
  ])
  static let seizure = Findings(grades: [("none", 0), ("resolvesRapidly", 3), ("prolongedOrRepetitive", 4)])
  static let edema = Findings(grades: [("none", 0), ("focalEdema", 3), ("diffuseEdemaOrRaisedIcp", 4)])

  /// The domains in their order; nil where nothing is recorded.
  let domains: [(name: String, grade: Int?)]
  private let isFatal: Bool

  init(_ answers: Answers) {
    let consciousness = Self.consciousness.grade(answers[word: "consciousness"])
    domains = [
      ("ice", answers[whole: "iceScore"].map { Self.iceGrade($0, unarousable: consciousness == 4) }),
      ("consciousness", consciousness), ("seizure", Self.seizure.grade(answers[word: "seizure"])),
      ("motor", answers[yesNo: "motorWeakness"].map { $0 ? 4 : 0 }),
      ("edema", Self.edema.grade(answers[word: "raisedIcpOrEdema"])),
    ]
    isFatal = answers[yesNo: "fatal"] == true
  }

  var grade: Int? { isFatal ? 5 : domains.compactMap(\.grade).max() }
  var isComplete: Bool { domains.allSatisfy { $0.grade != nil } }

  var rule: String {
    if isFatal { return "Grade 5: death from ICANS." }
    let verdict = grade.map { isComplete ? "Grade \($0)" : "At least grade \($0)" } ?? "Not gradable"
    let words = domains.map { domain in
      domain.name + (domain.grade.map { " grade \($0)" } ?? " not recorded")
    }
    return "\(verdict), the worst domain: \(words.joined(separator: "; "))."
  }

  /// Grade of an ICE score; 0 in a patient who is awake, as in global aphasia, is grade 3.
  private static func iceGrade(_ score: Int, unarousable: Bool) -> Int {
    switch score {
    case 10...: 0
    case 7...9: 1
    case 3...6: 2
    case 1...2: 3
    default: unarousable ? 4 : 3
    }
  }
}
