import ClinicalValues

extension Instrument {
  /// Alert for hyperinflammation like hemophagocytic lymphohistiocytosis: ferritin and one common manifestation.
  ///
  /// The screening rule is a convention of this project; IEC-HS itself is a clinical diagnosis. Ferritin, ALT and AST
  /// and their limits are in one unit each; fibrinogen is in g/L.
  static let iecHs = Instrument(
    id: "iecHs", title: "Hyperinflammation screen (IEC-HS)",
    source: "Hines MR et al. Transplant Cell Ther 2023;29:438.e1-438.e16",
    unverified: "All limits: recalled, the paper's tables could not be read again. An alert only, not a diagnosis.",
    items: [
      .amount("ferritin", "Ferritin"), .amount("ferritinUln", "Upper limit of normal of ferritin", above: true),
      .amount("ferritinBaseline", "Ferritin before infusion"),
      .yesNo("ferritinRapidlyRising", "Ferritin rises rapidly by clinical judgment"), .amount("alt", "ALT"),
      .amount("altUln", "Upper limit of normal of ALT", above: true), .amount("altBaseline", "ALT before infusion"),
      .amount("ast", "AST"), .amount("astUln", "Upper limit of normal of AST", above: true),
      .amount("astBaseline", "AST before infusion"), .amount("fibrinogenGPerL", "Fibrinogen, g/L"),
      .amount("fibrinogenLln", "Lower limit of normal of fibrinogen, g/L"),
      .yesNo("hemophagocytosis", "Hemophagocytosis in marrow or other tissue"),
      .yesNo("newOrWorseGrade4Cytopenia", "New, worse or refractory cytopenia, one lineage of grade 4"),
    ],
    score: { answers in
      let ferritin = Kleene.or([
        isAbove("ferritin", 2, times: "ferritinUln", in: answers),
        isAbove("ferritin", 2, times: "ferritinBaseline", in: answers), answers[yesNo: "ferritinRapidlyRising"],
      ])
      let fibrinogen = answers[number: "fibrinogenGPerL"]
      let manifestations: [(name: String, present: Bool?)] = [
        ("transaminases", Kleene.or(["alt", "ast"].map { transaminaseIsRaised($0, in: answers) })),
        (
          "hypofibrinogenemia",
          Kleene.or([
            fibrinogen.map { $0 < Decimal(tenths: 15) },
            fibrinogen.flatMap { value in answers[number: "fibrinogenLln"].map { value < $0 } },
          ])
        ),
        ("hemophagocytosis", answers[yesNo: "hemophagocytosis"]),
        ("grade4Cytopenia", answers[yesNo: "newOrWorseGrade4Cytopenia"]),
      ]
      let present = manifestations.filter { $0.present == true }.map(\.name)
      let notAssessed = manifestations.filter { $0.present == nil }.map(\.name)
      let isOpen = ferritin == nil || (present.isEmpty && !notAssessed.isEmpty)
      return [
        "ferritinCriterion": .bool(ferritin), "manifestations": .list(present.map { .text($0) }),
        "notAssessed": .list(notAssessed.map { .text($0) }),
        "screenPositive": isOpen ? .null : .bool(ferritin == true && !present.isEmpty),
      ]
    })

  /// Whether a value is above a multiple of a limit; nil if one of them is not recorded.
  private static func isAbove(_ key: String, _ factor: Decimal, times limit: String, in answers: Answers) -> Bool? {
    guard let value = answers[number: key], let limit = answers[number: limit] else { return nil }
    return ExactNumber(value) > ExactNumber(limit) * factor
  }

  /// More than 5 times the upper limit of normal, or the baseline where that was above it (unknown counts as normal).
  private static func transaminaseIsRaised(_ key: String, in answers: Answers) -> Bool? {
    guard let limit = answers[number: key + "Uln"] else { return nil }
    let isAbnormal = answers[number: key + "Baseline"].map { $0 > limit } ?? false
    return isAbove(key, 5, times: key + (isAbnormal ? "Baseline" : "Uln"), in: answers)
  }
}
