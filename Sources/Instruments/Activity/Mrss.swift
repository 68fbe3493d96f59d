extension Instrument {
  /// Modified Rodnan skin score: skin thickening at 17 sites, 0 to 3 each, 0 to 51.
  static let mrss: Instrument = {
    let axial = [("face", "Face"), ("anteriorChest", "Anterior chest"), ("abdomen", "Abdomen")]
    let paired = [
      ("fingers", "Fingers"), ("hand", "Hand"), ("forearm", "Forearm"), ("upperArm", "Upper arm"), ("thigh", "Thigh"),
      ("leg", "Leg"), ("foot", "Foot"),
    ]
    let sites = axial + paired.flatMap { [($0.0 + "Right", $0.1 + ", right"), ($0.0 + "Left", $0.1 + ", left")] }
    let sum = WeightedSum(weights: sites.map { ($0.0, 1) })
    return Instrument(
      id: "mrss", title: "Modified Rodnan skin score",
      source:
        "Clements P et al. J Rheumatol 1995;22:1281-1285; Khanna D et al. J Scleroderma Relat Disord 2017;2:11-18",
      items: sites.map { .whole($0.0, $0.1, 0...3) },
      score: { answers in
        [
          "total": .whole(sum.total(of: answers)), "recordedSubtotal": .whole(sum.recorded(of: answers)),
          "missing": answers.missingList,
        ]
      })
  }()
}
