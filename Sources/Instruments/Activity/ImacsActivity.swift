import ClinicalValues

extension Instrument {
  /// The protocol's rule of active myositis: MMT-8 of at most 141 and two abnormal core set measures of five.
  ///
  /// An enzyme counts above 1.5 times its upper limit of normal; value and limit are in one unit.
  static let imacsActivity = Instrument(
    id: "imacsActivity", title: "Active myositis by the IMACS core set, the protocol's rule",
    source:
      "Miller FW et al. Rheumatology 2001;40:1262-1273; Rider LG et al. Arthritis Care Res 2011;63(S11):S118-S157",
    items: [
      .number("mmt8Total", "MMT-8 total, 0 to 150", 0...150),
      .number("patientGlobal", "Patient global activity, VAS cm", 0...10),
      .number("physicianGlobal", "Physician global activity, VAS cm", 0...10),
      .number("extramuscularGlobal", "Extramuscular global activity, VAS cm", 0...10),
      .number("haqDi", "HAQ-DI", 0...3),
      Item(
        "enzymes", "Muscle enzymes",
        .records([
          Item("name", "Enzyme", .text), .amount("value", "Value"),
          .amount("uln", "Upper limit of normal", above: true),
        ])),
    ],
    score: { answers in
      let mmt = answers[number: "mmt8Total"].map { $0 <= 141 }
      let globals = ["patientGlobal", "physicianGlobal", "extramuscularGlobal"].map { key in
        answers[number: key].map { $0 >= 2 }
      }
      let measures =
        globals + [
          answers[number: "haqDi"].map { ExactNumber($0) * 4 >= ExactNumber(1) }, enzymeIsRaised(answers),
        ]
      let abnormal = measures.count { $0 == true }
      let possible = measures.count { $0 != false }
      let coreSet: Bool? = abnormal >= 2 ? true : possible < 2 ? false : nil
      let result = Kleene.and([mmt, coreSet])
      return [
        "mmtCriterion": .bool(mmt), "abnormalCount": .whole(abnormal), "coreSetCriterion": .bool(coreSet),
        "result": .text(result.map { $0 ? "met" : "notMet" } ?? "indeterminate"),
      ]
    })

  /// Whether one enzyme is raised; nil if none is and one lacks its value or limit, or there is none.
  private static func enzymeIsRaised(_ answers: Answers) -> Bool? {
    let enzymes = answers[records: "enzymes"].map { enzyme -> Bool? in
      guard let value = enzyme[number: "value"], let limit = enzyme[number: "uln"] else { return nil }
      return ExactNumber(value) * 2 > ExactNumber(limit) * 3
    }
    return enzymes.isEmpty ? nil : Kleene.or(enzymes)
  }
}
