import ClinicalValues
import StudyDesign

// The activity instruments, item by item: the total follows the course, and the items come to it.

extension Patient {
  /// The items and the total of an activity instrument; empty for other forms. What is given decides.
  mutating func activity(of form: String, on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    let day = max(occasion.day ?? 0, 0)
    func total(_ item: String, _ concept: String, else start: Int) -> Int {
      if let text = known[item], let value = Series.thousandths(text) { return value }
      if let series = course.recovery[concept] { return series.value(onDay: day) }
      return (own[concept] ?? start) * (course.disease[concept]?.value(onDay: day) ?? course.activity(onDay: day))
        / 1000
    }
    switch form {
    case "sledai2k":
      return Weighted.lupus.answers(total("SLEDAI_TOTAL", "sledai2k", else: 12_000), total: "SLEDAI_TOTAL")
    case "essdai": return Weighted.sjogren.answers(total("ESSDAI_TOTAL", "essdai", else: 11_000), total: "ESSDAI_TOTAL")
    case "mrss": return skinScore(total("MRSS_TOTAL", "mrss", else: 21_000) / 1000)
    case "mmt8": return muscleStrength(total("MMT8_TOTAL", "mmt8", else: 125_000) / 1000)
    case "haqDi": return disability(total("HAQ_INDEX", "haqDi", else: 1_375))
    case "edss": return edss(total("EDSS_STEP", "edss", else: 4_500), isGiven: known["EDSS_STEP"] != nil)
    case "lupusGlobal":
      let share = course.activity(onDay: day)
      return ["PGA": Series.printed(2_100 * share / 1000, places: 1), "LUP_MAJOR": share > 600 ? "true" : "false"]
    case "sscGlobal":
      let share = course.activity(onDay: day)
      return [
        "SSC_PHYSGLOB": Series.printed(5_600 * share / 1000, places: 1),
        "SSC_PATGLOB": Series.printed(6_100 * share / 1000, places: 1),
      ]
    case "imacsGlobal":
      let global = total("IMACS_PHYSGLOB", "physicianGlobalVas", else: 5_400)
      return [
        "IMACS_PHYSGLOB": Series.printed(global, places: 1),
        "IMACS_PATGLOB": Series.printed(total("IMACS_PATGLOB", "patientGlobalVas", else: 5_900), places: 1),
        "IMACS_EXTRAMUSC": Series.printed(total("IMACS_EXTRAMUSC", "extramuscularVas", else: 3_200), places: 1),
      ]
    case "esspri": return symptoms(course.activity(onDay: day))
    default: return [:]
    }
  }

  /// The modified Rodnan skin score: fingers and hands are thickest, the trunk softens first.
  private func skinScore(_ total: Int) -> [String: String] {
    let areas = [
      "FINGERS_R", "FINGERS_L", "HAND_R", "HAND_L", "FOREARM_R", "FOREARM_L", "FACE", "LEG_R", "LEG_L", "FOOT_R",
      "FOOT_L", "UPPERARM_R", "UPPERARM_L", "CHEST", "THIGH_R", "THIGH_L", "ABDOMEN",
    ]
    let values = Weighted.spread(min(total, 51), over: areas.count, most: 3)
    var answers = ["MRSS_TOTAL": String(min(total, 51))]
    for (area, value) in zip(areas, values) { answers["MRSS_\(area)"] = String(value) }
    return answers
  }

  /// Manual muscle testing of eight muscles: hips, neck and shoulders are the weakest.
  private func muscleStrength(_ total: Int) -> [String: String] {
    let muscles = [
      "GLUTMED_R", "GLUTMED_L", "NECK", "GLUTMAX_R", "GLUTMAX_L", "DELT_R", "DELT_L", "QUAD_R", "QUAD_L", "BICEPS_R",
      "BICEPS_L", "WRIST_R", "WRIST_L", "ANKLE_R", "ANKLE_L",
    ]
    let lost = Weighted.spread(max(150 - total, 0), over: muscles.count, most: 10)
    var answers = ["MMT8_TOTAL": String(total)]
    for (muscle, points) in zip(muscles, lost) { answers["MMT8_\(muscle)"] = String(10 - points) }
    return answers
  }

  /// The disability index of the Health Assessment Questionnaire: the mean of the worst item of eight categories.
  private func disability(_ index: Int) -> [String: String] {
    let categories = [
      ["GRIP": ["DOOR", "JARS", "FAUCET"]], ["ARISING": ["CHAIR", "BED"]], ["WALKING": ["WALK", "STEPS"]],
      ["REACH": ["REACH", "BEND"]], ["HYGIENE": ["WASH", "BATH", "TOILET"]], ["DRESSING": ["DRESS", "SHAMPOO"]],
      ["EATING": ["MEAT", "CUP", "MILK"]], ["ACTIVITIES": ["ERRAND", "CAR", "CHORES"]],
    ].flatMap { $0.values }
    let sum = (index * 8 + 500) / 1000
    var answers = ["HAQ_INDEX": Series.printed(sum * 1000 / 8, places: 3)]
    for (items, worst) in zip(categories, Weighted.spread(sum, over: categories.count, most: 3)) {
      for (place, item) in items.enumerated() {
        answers["HAQ_\(item)"] = String(place == 0 ? worst : max(worst - 1, 0))
      }
    }
    return answers
  }

  /// Steps of the Expanded Disability Status Scale, with the functional systems and the distance that they go with.
  private func edss(_ value: Int, isGiven: Bool) -> [String: String] {
    // The scale has steps of a half.
    let step = isGiven ? value : (value + 250) / 500 * 500
    let needsAid = step >= 6_000
    var answers = [
      "EDSS_STEP": Series.printed(step, places: 1), "EDSS_VISUAL": step >= 3_000 ? "1" : "0",
      "EDSS_BRAINST": step >= 4_000 ? "1" : "0", "EDSS_PYRAM": String(min(max(step / 1000 - 1, 1), 4)),
      "EDSS_CEREBEL": step >= 3_500 ? "2" : "1", "EDSS_SENSORY": step >= 3_000 ? "2" : "1",
      "EDSS_BOWBLAD": step >= 3_500 ? "1" : "0", "EDSS_CEREBRAL": "1",
      "EDSS_ASSIST": needsAid ? "assistance-unilateral" : "assistance-none",
    ]
    if !needsAid {
      let meters = step < 4_000 ? 2000 : step < 4_500 ? 500 : step < 5_000 ? 300 : step < 5_500 ? 200 : 100
      answers["EDSS_DIST"] = String(meters)
    }
    return answers
  }

  /// The patient-reported index of Sjögren's: dryness is what stays.
  private func symptoms(_ share: Int) -> [String: String] {
    let mean = (2_000 + 4_400 * share / 1000) / 100 * 100
    return [
      "ESSPRI_TOTAL": Series.printed(mean, places: 1), "ESSPRI_DRY": Series.printed(mean + 1_000, places: 1),
      "ESSPRI_FATIGUE": Series.printed(mean, places: 1), "ESSPRI_PAIN": Series.printed(mean - 1_000, places: 1),
    ]
  }
}

/// An instrument whose total is the sum of weighted levels: the items that are left longest come first.
struct Weighted: Sendable {
  let prefix: String
  /// Item, weight, highest level; levels of 1 are yes or no where `isYesNo`.
  let items: [(item: String, weight: Int, most: Int)]
  let isYesNo: Bool

  /// SLEDAI-2K; what low counts and fever would add is left out, since lymphodepletion causes them as well.
  static let lupus = Weighted(
    prefix: "SLEDAI_",
    items: [
      ("DNA", 2, 1), ("LOWCOMP", 2, 1), ("PROTEIN", 4, 1), ("ARTHR", 4, 1), ("RASH", 2, 1), ("ALOPECIA", 2, 1),
      ("ULCERS", 2, 1), ("HEMAT", 4, 1), ("PLEUR", 2, 1), ("CASTS", 4, 1), ("PYURIA", 4, 0), ("PERIC", 2, 0),
      ("MYOS", 4, 0), ("VASC", 8, 0), ("CVA", 8, 0), ("HEADACHE", 8, 0), ("CRANIAL", 8, 0), ("VISUAL", 8, 0),
      ("OBS", 8, 0), ("PSYCHOSIS", 8, 0), ("SEIZURE", 8, 0), ("FEVER", 1, 0), ("THROMB", 1, 0), ("LEUKO", 1, 0),
    ], isYesNo: true)

  /// ESSDAI, without the hematological domain for the same reason.
  static let sjogren = Weighted(
    prefix: "ESSDAI_",
    items: [
      ("BIOL", 1, 1), ("ARTIC", 2, 2), ("GLAND", 2, 2), ("CONST", 3, 1), ("CUTAN", 3, 2), ("LYMPH", 4, 1),
      ("PULM", 5, 1), ("PNS", 5, 1), ("RENAL", 5, 0), ("MUSC", 6, 0), ("CNS", 5, 0), ("HEMAT", 2, 0),
    ], isYesNo: false)

  /// The items for a total in thousandths, as near to it as the weights allow, and the total that they come to.
  func answers(_ thousandths: Int, total: String) -> [String: String] {
    var left = (thousandths + 500) / 1000
    var answers: [String: String] = [:]
    var sum = 0
    for (item, weight, most) in items {
      // A weight of 1 takes what is odd; all others are even between them.
      let isOdd = weight == 1 && left % 2 == 0
      let level = isOdd ? 0 : min(most, left / weight)
      left -= level * weight
      sum += level * weight
      answers[prefix + item] = isYesNo ? (level > 0 ? "true" : "false") : String(level)
    }
    answers[total] = String(sum)
    return answers
  }

  /// A sum over so many places, the first taking what does not divide, none above the most.
  static func spread(_ sum: Int, over count: Int, most: Int) -> [Int] {
    let sum = min(max(sum, 0), count * most)
    return (0..<count).map { min(sum / count + ($0 < sum % count ? 1 : 0), most) }
  }
}
