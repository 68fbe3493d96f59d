import ClinicalValues

extension Instrument {
  /// Health assessment questionnaire, disability index, 0 to 3: the mean of the categories that were answered, six at least.
  ///
  /// A device or help that is marked raises a category of 0 or 1 to 2 in the standard index, which is the protocol's (a
  /// convention; the sponsor must confirm it); not in the alternative one. A category without an answered item stays missing
  /// even if help is marked (a convention). The limit of six categories is long-established knowledge, not read again.
  static let haqDi = Instrument(
    id: "haqDi", title: "Health Assessment Questionnaire Disability Index",
    source: "Fries JF et al. Arthritis Rheum 1980;23:137-145; Bruce B, Fries JF. J Rheumatol 2003;30:167-178",
    items: Haq.categories.flatMap { category in category.items.map { .whole($0.key, $0.words, 0...3) } }
      + Haq.marks("aid").map { .yesNo($0.key, "Device for " + $0.category) }
      + Haq.marks("help").map { .yesNo($0.key, "Help of a person for " + $0.category) },
    score: { answers in
      let scores = Haq.categories.map { category in category.items.compactMap { answers[whole: $0.key] }.max() }
      let standard = zip(Haq.categories, scores).map { category, score in
        score.map { category.isMarked(in: answers) ? max($0, 2) : $0 }
      }
      return [
        "categoryScores": .object(Result(zip(Haq.categories, standard).map { ($0.name, .whole($1)) })),
        "answeredCategories": .whole(scores.count { $0 != nil }), "standardDi": Haq.index(standard),
        "alternativeDi": Haq.index(scores),
      ]
    })
}

/// The questionnaire's categories.
private enum Haq {
  struct Category {
    let name: String
    let items: [(key: String, words: String)]

    func key(_ kind: String) -> String { kind + name.prefix(1).uppercased() + name.dropFirst() }

    /// Whether a device or help is marked; what is not marked was not used.
    func isMarked(in answers: Answers) -> Bool {
      ["aid", "help"].contains { answers[yesNo: key($0)] == true }
    }
  }

  static let categories = [
    Category(name: "dressing", items: [("dressSelf", "Dress yourself"), ("shampooHair", "Shampoo your hair")]),
    Category(
      name: "arising",
      items: [("standUpFromChair", "Stand up from a straight chair"), ("getInOutOfBed", "Get in and out of bed")]),
    Category(
      name: "eating",
      items: [
        ("cutMeat", "Cut your meat"), ("liftCup", "Lift a full cup to your mouth"),
        ("openMilkCarton", "Open a new milk carton"),
      ]),
    Category(
      name: "walking",
      items: [("walkOutdoors", "Walk outdoors on flat ground"), ("climbSteps", "Climb up five steps")]),
    Category(
      name: "hygiene",
      items: [
        ("washAndDryBody", "Wash and dry your body"), ("takeTubBath", "Take a tub bath"),
        ("getOnOffToilet", "Get on and off the toilet"),
      ]),
    Category(
      name: "reach",
      items: [("reachOverhead", "Reach and get down an object from above"), ("bendDown", "Bend down to the floor")]),
    Category(
      name: "grip",
      items: [
        ("openCarDoor", "Open car doors"), ("openJars", "Open jars opened before"),
        ("turnFaucets", "Turn faucets on and off"),
      ]),
    Category(
      name: "activities",
      items: [
        ("runErrands", "Run errands and shop"), ("getInOutOfCar", "Get in and out of a car"),
        ("doChores", "Do chores"),
      ]),
  ]

  /// The marks of a kind, in the order of the categories; there are no devices for activities.
  static func marks(_ kind: String) -> [(key: String, category: String)] {
    categories.filter { kind != "aid" || $0.name != "activities" }.map { ($0.key(kind), $0.name) }
  }

  /// The mean of the answered categories; null below six of them.
  static func index(_ scores: [Int?]) -> Datum {
    let answered = scores.compactMap { $0 }
    guard answered.count >= 6 else { return .null }
    return .rounded(Decimal(answered.reduce(0, +)) / Decimal(answered.count))
  }
}
