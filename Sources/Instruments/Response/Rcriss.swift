extension Instrument {
  /// Revised CRISS: at least three of five core items improved by a chosen percentage of their baseline.
  static let rcriss = Instrument(
    id: "rcriss", title: "Revised Composite Response Index in Systemic Sclerosis (CRISS-20, -25, -50, -75)",
    source: "Khanna D et al. Ann Rheum Dis 2021;80:641-650",
    unverified: "That the first step of CRISS still holds, and that an item with a baseline of 0 cannot improve.",
    items: Criss.items + [
      Item("thresholdPercent", "Improvement asked of each item but FVC, %", .choice([20, 25, 50, 75]))
    ],
    score: { answers in
      let percent = answers[span: "thresholdPercent"]
      let measures: [(name: String, change: Change)] = [
        ("mrss", answers.change("Mrss")), ("haqDi", answers.change("HaqDi")),
        ("patientGlobal", answers.change("PatientGlobal")), ("physicianGlobal", answers.change("PhysicianGlobal")),
        ("fvc", answers.change("FvcPercent")),
      ]
      // One value can rule an improvement out, which counts for `responder`; the item is told when both are recorded.
      let improved = measures.map { name, change in
        name == "fvc" ? change.rose(byPercent: 5) : change.fell(byPercent: percent)
      }
      let items: [(name: String, value: Datum)] = zip(measures, improved).map {
        ($0.name, .bool($0.change.recorded($1)))
      }
      let ruledOut = Criss.step1NotImproved(answers)
      let isEnough = Kleene.atLeast(3, of: improved)
      return [
        "improvedItems": .object(Result(items)), "improvedCount": .whole(improved.count { $0 == true }),
        "step1NotImproved": .bool(ruledOut),
        "responder": .bool(Kleene.and([isEnough, Kleene.not(ruledOut)])),
      ]
    })
}
