import ClinicalValues

extension Instrument {
  /// B-cell depletion and return: days after infusion, counts of CD19-positive cells per microliter.
  ///
  /// Published thresholds differ (below 1, at most 3, below 5, below 10 per microliter), so that they are inputs; the sponsor
  /// must choose them. Day 0 never defines depletion: lymphodepletion and earlier treatment affect it.
  static let bCell = Instrument(
    id: "bCell", title: "B-cell depletion and reconstitution",
    source: "Mackensen A et al. Nat Med 2022;28:2124-2132; Müller F et al. N Engl J Med 2024;390:687-700",
    items: [
      .amount("depletionThreshold", "Depletion threshold, cells per microliter"),
      .yesNo("depletionInclusive", "The depletion threshold itself counts as depleted"),
      .amount("reconstitutionThreshold", "Reconstitution threshold, cells per microliter"),
      Item(
        "samples", "Counts",
        .records([
          .number("day", "Day after infusion", -100_000...100_000), .amount("cellsPerUl", "Cells per microliter"),
        ])),
    ],
    score: { answers in
      let counts = answers[records: "samples"].compactMap { sample -> (day: Decimal, cells: Decimal)? in
        guard let day = sample[number: "day"], day > 0, let cells = sample[number: "cellsPerUl"] else { return nil }
        return (day, cells)
      }
      .enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
      guard let limit = answers[number: "depletionThreshold"], let isInclusive = answers[yesNo: "depletionInclusive"],
        !counts.isEmpty
      else { return bCellResult(depleted: nil, depletion: nil, reconstitution: nil) }
      guard let depletion = counts.first(where: { $0.cells < limit || (isInclusive && $0.cells == limit) })?.day else {
        return bCellResult(depleted: false, depletion: nil, reconstitution: nil)
      }
      let later = counts.filter { $0.day > depletion }
      // A rise that the next count does not confirm is no return; one without a next count is provisional.
      let reconstitution = answers[number: "reconstitutionThreshold"].flatMap { limit in
        later.indices.first { index in
          later[index].cells >= limit && (index + 1 == later.count || later[index + 1].cells >= limit)
        }
      }
      return bCellResult(
        depleted: true, depletion: depletion,
        reconstitution: reconstitution.map { (day: later[$0].day, isConfirmed: $0 + 1 < later.count) })
    })

  private static func bCellResult(
    depleted: Bool?, depletion: Decimal?, reconstitution: (day: Decimal, isConfirmed: Bool)?
  ) -> Result {
    let aplasia = reconstitution.flatMap { end in depletion.flatMap { end.day - $0 } }
    return [
      "depleted": .bool(depleted), "depletionDay": .rounded(depletion),
      "reconstitutionDay": .rounded(reconstitution?.day),
      "reconstitutionConfirmed": .bool(reconstitution?.isConfirmed), "aplasiaDays": .rounded(aplasia),
    ]
  }
}
