import ClinicalValues
import Glibc

extension Instrument {
  /// 2017 EULAR/ACR classification of idiopathic inflammatory myopathies: score, probability and subgroup.
  static let iim2017 = Instrument(
    id: "iim2017", title: "2017 EULAR/ACR classification criteria for idiopathic inflammatory myopathies",
    source: "Lundberg IE et al. Ann Rheum Dis 2017;76:1955-1964; Bottai M et al. RMD Open 2017;3:e000507",
    unverified:
      "Wording of the subgroup tree, in particular which weakness items part dermatomyositis from amyopathic.",
    items: [
      .number("ageAtOnsetYears", "Age at onset, years", 0...120),
      .yesNo("muscleBiopsyAvailable", "A muscle biopsy is available", isRequired: true),
    ] + Iim2017.rows.map { .yesNo($0.key, $0.words) } + [
      .yesNo("fingerFlexorWeakness", "Finger flexor weakness"),
      .yesNo("noResponseToTreatment", "No response to treatment"),
    ],
    score: { Iim2017(answers: $0).result })
}

/// The sum in tenths of a point, so that it is exact, and what follows from it.
private struct Iim2017 {
  let answers: Answers
  let hasBiopsy: Bool

  /// Points in tenths without and with a biopsy; nil without: the item then does not count.
  static let rows: [(key: String, words: String, without: Int?, with: Int)] = [
    ("proximalUpperWeakness", "Objective symmetric weakness, proximal upper extremities", 7, 7),
    ("proximalLowerWeakness", "Objective symmetric weakness, proximal lower extremities", 8, 5),
    ("neckFlexorsWeakerThanExtensors", "Neck flexors weaker than extensors", 19, 16),
    ("legProximalWeakerThanDistal", "Leg muscles weaker proximally than distally", 9, 12),
    ("heliotropeRash", "Heliotrope rash", 31, 32), ("gottronPapules", "Gottron's papules", 21, 27),
    ("gottronSign", "Gottron's sign", 33, 37),
    ("dysphagiaOrEsophagealDysmotility", "Dysphagia or esophageal dysmotility", 7, 6),
    ("antiJo1", "Anti-Jo-1 antibody", 39, 38), ("elevatedMuscleEnzymes", "CK, LDH, AST or ALT above the limit", 13, 14),
    ("biopsyEndomysialInfiltrate", "Endomysial infiltration surrounding myofibers", nil, 17),
    ("biopsyPerimysialOrPerivascularInfiltrate", "Perimysial or perivascular infiltration", nil, 12),
    ("biopsyPerifascicularAtrophy", "Perifascicular atrophy", nil, 19),
    ("biopsyRimmedVacuoles", "Rimmed vacuoles", nil, 31),
  ]
  static let skinSigns = ["heliotropeRash", "gottronPapules", "gottronSign"]
  static let weakness = [
    "proximalUpperWeakness", "proximalLowerWeakness", "neckFlexorsWeakerThanExtensors", "legProximalWeakerThanDistal",
  ]

  init(answers: Answers) {
    self.answers = answers
    self.hasBiopsy = answers[yesNo: "muscleBiopsyAvailable"] == true
  }

  var result: Result {
    let score = tenths { answers[yesNo: $0] == true }
    let cutoff = hasBiopsy ? (definite: 87, probable: 67, possible: 65) : (definite: 75, probable: 55, possible: 53)
    let highest = tenths(ageKnown: false) { answers[yesNo: $0] != false }
    let met = score >= cutoff.probable ? "met" : highest < cutoff.probable ? "notMet" : "indeterminate"
    let category =
      score >= cutoff.definite
      ? "definite" : score >= cutoff.probable ? "probable" : score >= cutoff.possible ? "possible" : "notIim"
    // Both limits are far from 0.55 for every sum in tenths, so binary floating point decides no boundary here.
    let probability = 1 / (1 + exp((hasBiopsy ? 6.49 : 5.33) - Double(score) / 10))
    let noSkinSign = !Self.skinSigns.contains { answers[yesNo: $0] == true }
    return [
      "version": .text(hasBiopsy ? "withBiopsy" : "withoutBiopsy"), "score": .number(Decimal(tenths: score)),
      "probability": .rounded(probability),
      "category": .text(category), "result": .text(met), "probabilityAtLeast55": .bool(probability >= 0.55),
      "subgroup": met == "met" ? .text(subgroup ?? "indeterminate") : .null,
      "biopsyRecommended": .bool(!hasBiopsy && noSkinSign),
    ]
  }

  /// Points in tenths of the items that count, and of age (the highest band if it is not known and may be any).
  private func tenths(ageKnown: Bool = true, counts: (String) -> Bool) -> Int {
    let items = Self.rows.filter { counts($0.key) }.reduce(0) { $0 + (hasBiopsy ? $1.with : $1.without ?? 0) }
    guard let age = answers[number: "ageAtOnsetYears"] else { return items + (ageKnown ? 0 : hasBiopsy ? 22 : 21) }
    if age >= Decimal(40) { return items + (hasBiopsy ? 22 : 21) }
    return items + (age >= Decimal(18) ? (hasBiopsy ? 15 : 13) : 0)
  }

  /// The classification tree; nil if an answer on the path is missing.
  private var subgroup: String? {
    guard let age = answers[number: "ageAtOnsetYears"],
      let skin = Kleene.or(Self.skinSigns.map { answers[yesNo: $0] })
    else { return nil }
    let adult = age >= Decimal(18)
    if skin {
      if !adult { return "juvenileDermatomyositis" }
      return Kleene.or(Self.weakness.map { answers[yesNo: $0] })
        .map { $0 ? "dermatomyositis" : "amyopathicDermatomyositis" }
    }
    if !adult { return "juvenileMyositisOther" }
    let vacuoles = hasBiopsy ? answers[yesNo: "biopsyRimmedVacuoles"] : false
    let flexors = Kleene.and([answers[yesNo: "fingerFlexorWeakness"], answers[yesNo: "noResponseToTreatment"]])
    return Kleene.or([flexors, vacuoles]).map { $0 ? "inclusionBodyMyositis" : "polymyositisOrImnm" }
  }
}
