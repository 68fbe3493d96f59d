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
      let improved: [(name: String, is: Bool?)] = [
        ("mrss", answers.change("Mrss").fell(byPercent: percent)),
        ("haqDi", answers.change("HaqDi").fell(byPercent: percent)),
        ("patientGlobal", answers.change("PatientGlobal").fell(byPercent: percent)),
        ("physicianGlobal", answers.change("PhysicianGlobal").fell(byPercent: percent)),
        ("fvc", answers.change("FvcPercent").rose(byPercent: 5)),
      ]
      let ruledOut = Criss.step1NotImproved(answers)
      let isEnough = Kleene.atLeast(3, of: improved.map(\.is))
      return [
        "improvedItems": .object(Result(improved.map { ($0.name, .bool($0.is)) })),
        "improvedCount": .whole(improved.count { $0.is == true }), "step1NotImproved": .bool(ruledOut),
        "responder": .bool(Kleene.and([isEnough, Kleene.not(ruledOut)])),
      ]
    })
}
