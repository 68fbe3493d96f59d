import ClinicalValues

// Hematotoxicity after immune effector cells, EHA/EBMT. Neutrophils are per microliter, and exactly 500 counts here, where
// CTCAE's grade 4 is below 500. Thresholds are long-established knowledge of the paper, not read again.

extension Instrument {
  /// Early hematotoxicity, day 0 to 30: days with neutrophils of at most 500 and 100 per microliter, spells added up.
  ///
  /// The last value is carried forward between measurements; days before the first and after the last are not counted,
  /// so that a grade that is not `complete` is a minimum. Grade 4's "never above 500" is read as all of days 0 to 30.
  static let icahtEarly = Instrument(
    id: "icahtEarly", title: "Early immune effector cell-associated hematotoxicity (ICAHT)",
    source: "Rejeski K et al. Blood 2023;142:865-877",
    items: [
      Item(
        "ancPerUl", "Neutrophils per microliter on days 0 to 30, null where not measured",
        .numbers(0...Decimal.greatest, count: 31))
    ],
    score: { answers in
      let measured = answers[numbers: "ancPerUl"]
      guard let first = measured.firstIndex(where: { $0 != nil }), let last = measured.lastIndex(where: { $0 != nil })
      else {
        return ["daysAtOrBelow500": .null, "daysAtOrBelow100": .null, "grade": .null, "complete": .bool(false)]
      }
      var daily: [Decimal] = []
      for value in measured[first...last] {
        if let value = value ?? daily.last { daily.append(value) }
      }
      let below500 = daily.count { $0 <= 500 }
      let below100 = daily.count { $0 <= 100 }
      return [
        "daysAtOrBelow500": .whole(below500), "daysAtOrBelow100": .whole(below100),
        "grade": .whole(earlyGrade(below500: below500, below100: below100)),
        "complete": .bool(first == 0 && last == 30),
      ]
    })

  private static func earlyGrade(below500: Int, below100: Int) -> Int {
    if below500 == 31 || below100 >= 14 { return 4 }
    if below500 >= 14 || below100 >= 7 { return 3 }
    return below500 >= 7 ? 2 : below500 >= 1 ? 1 : 0
  }

  /// Late hematotoxicity, days 31 to 100: the grade that two neutrophil counts reach, hence of the second lowest.
  static let icahtLate = Instrument(
    id: "icahtLate", title: "Late immune effector cell-associated hematotoxicity (ICAHT)",
    source: "Rejeski K et al. Blood 2023;142:865-877",
    items: [
      Item(
        "samples", "Neutrophil counts with their day after infusion",
        .records([
          .number("day", "Day after infusion", -100_000...100_000), .amount("ancPerUl", "Neutrophils per microliter"),
        ]))
    ],
    score: { answers in
      let counts = answers[records: "samples"].compactMap { sample -> Decimal? in
        guard let day = sample[number: "day"], day >= 31, day <= 100 else { return nil }
        return sample[number: "ancPerUl"]
      }.sorted()
      let limits: [Decimal] = [1500, 1000, 500, 100]
      return [
        "grade": counts.count < 2 ? .null : .whole(limits.count { counts[1] <= $0 }),
        "samplesUsed": .whole(counts.count),
      ]
    })
}
