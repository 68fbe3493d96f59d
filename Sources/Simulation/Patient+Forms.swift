import ClinicalValues
import StudyDesign
import Trial

extension Patient {
  /// What a form holds of the participant on an occasion: what is given, what the course of illness and therapy says, and
  /// the usual for the rest. An item that is shown on a condition is answered only where something is given or found.
  mutating func entries(of form: FormPlan, on occasion: Occasion, given: [Entry] = []) -> [Entry] {
    var known: [String: Entry] = [:]
    for entry in given { known[entry.item] = entry }
    let found = findings(of: form.id, on: occasion, known: known.compactMapValues(\.answer.text))
    let usual = UsualAnswers.answers(of: form.id)
    return form.items.compactMap { item in
      if let entry = known[item.id] { return entry }
      guard item.calculated == nil, item.concept != "birthDate" else { return nil }
      if let text = found[item.id] { return text.isEmpty ? nil : entry(item, text) }
      if item.id == form.dated { return entry(item, occasion.time.dateTime.description) }
      if let text = item.shown == nil ? item.concept.flatMap({ measured($0, on: occasion) }) : nil {
        return entry(item, text)
      }
      return usual[item.id].map { entry(item, filled($0, on: occasion)) }
    }
  }

  /// An answer in the form that the item takes: a time cut to the day, a number with the item's first unit.
  private func entry(_ item: ItemPlan, _ text: String) -> Entry {
    switch item.type {
    case .date, .partialDate: Entry(item.id, .value(String(text.prefix(10))))
    case .quantity: Entry(item.id, .value(text, unit: item.units == ["1"] ? nil : item.units.first))
    default: Entry(item.id, .value(text))
    }
  }

  /// A usual answer with what stands for people and samples in it, a number after `~` a little beside it.
  private mutating func filled(_ text: String, on occasion: Occasion) -> String {
    switch text {
    case "@assessor": return occasion.assessor
    case "@laboratory": return occasion.laboratory
    case "@sample": return "L\(occasion.time.date.description.prefix(4).suffix(2))-\(drawn(10_000...98_999))"
    default: break
    }
    guard text.first == "~", let value = Series.thousandths(text.dropFirst()) else { return text }
    let places = text.split(separator: ".").dropFirst().first?.count ?? 0
    return Series.printed(near(value, permille: 40), places: places)
  }

  /// What is measured of a concept: before treatment the participant's own value, afterwards by the course.
  private mutating func measured(_ concept: String, on occasion: Occasion) -> String? {
    let course = self.course
    let day = occasion.day ?? -30
    if occasion.isTreated || own[concept] == nil,
      let series = course.recovery[concept] ?? course.blood[concept] ?? course.inflammation[concept]
    {
      let value = concept == "crp" || concept == "ferritin" ? course.raised(concept, onDay: day) : nil
      return Series.printed(near(value ?? series.value(onDay: day), permille: 40), places: series.places)
    }
    if let negative = course.antibodies[concept] { return day < negative ? "positive" : "negative" }
    if let stated = stated[concept] { return stated }
    guard let before = own[concept], let places = places[concept] else { return nil }
    let share = day >= 0 ? course.disease[concept]?.value(onDay: day) ?? 1000 : 1000
    return Series.printed(near(before * share / 1000, permille: Self.isSteady(concept) ? 0 : 20), places: places)
  }

  /// What does not differ from one measurement to the next.
  private static func isSteady(_ concept: String) -> Bool { ["bodyHeight", "anaTiter", "lvef"].contains(concept) }

  // MARK: - What hangs together within a form

  /// Answers of a form that hang on one another or on the day; an empty one leaves the item without an answer.
  private mutating func findings(of form: String, on occasion: Occasion, known: [String: String]) -> [String: String] {
    switch form {
    case "vitalSigns": vitalSigns(on: occasion)
    case "bodyMeasures": occasion.visit == "SCR" ? [:] : ["VSORRES_HEIGHT": ""]
    case "visit": ["SVCNTMOD": contact(on: occasion)]
    case "physicalExamination": physicalExamination(on: occasion)
    case "hematology": bloodCount(on: occasion, known)
    case "lymphocyteSubsets": subsets(on: occasion)
    case "carTCopies": cellsInBlood(on: occasion)
    case "cytokines": ["LBTOCI": story.course.crs >= 2 && (occasion.day ?? 0) > story.course.crsDay ? "true" : "false"]
    case "immunoglobulins": immunoglobulins(on: occasion)
    case "mri": resonanceImaging(on: occasion)
    case "autoantibodies": autoantibodies(on: occasion)
    case "urinalysis": urine(on: occasion, known)
    case "spirometry": lungFunction(on: occasion, known)
    case "hemolysis": hemolysis(on: occasion, known)
    case "hbvMonitoring": ["LBORRES_HBSAG": "positive", "LBORRES_HBVDNA": "detected"]
    case "recheckInfusion":
      // A first eve, of an infusion that is put off.
      story.course.isPutOff && occasion.number == 1
        ? ["IEOUTCOME": "DEFERRED", "IEREAS": "Fever of 38.4 °C this morning; cultures taken.", "IEFEVER48": "true"]
        : [:]
    case "pregnancyTest": occasion.mode == .laboratory ? ["LBSPEC": "URINE KIT", "LBNAM": ""] : [:]
    case "crs": cytokineRelease(on: occasion)
    case "icans": neurotoxicity(on: occasion)
    case "ice": encephalopathyScore(on: occasion, known)
    case "responseContext": response(on: occasion)
    case "eligibilityStatements": story.cohort == "ssc" ? ["IEORRES_RELAPSE": "false"] : [:]
    case "demographics":
      story.site == "01" ? ["ETHNIC": "HAN", "RACE": "ASIAN"] : ["ETHNIC": "OTHER", "RACE": "WHITE"]
    case "medicalHistory": ["MHTERM": known["MHDECOD"] ?? "As in the hospital's letter"]
    case "priorTreatment":
      ["intolerance", "contraindication"].contains(known["CMREASND"] ?? "")
        ? ["CMINTOL": "Not tolerated; the hospital's letter says how."] : [:]
    default: activity(of: form, on: occasion, known)
    }
  }

  private mutating func vitalSigns(on occasion: Occasion) -> [String: String] {
    let course = self.course
    let day = occasion.day ?? -30
    let fever = course.temperature(onDay: day)
    let minute = occasion.time.minuteOfDay
    // Fever comes and goes over a day; the morning is the coolest.
    let temperature = fever > 37_500 ? (minute < 600 ? fever - 700 : fever) : fever + (minute > 900 ? 200 : 0)
    let grade = course.crsGrade(onDay: day)
    let isFebrile = temperature >= 38_000
    let systolic = near(grade >= 3 ? 86_000 : grade == 2 ? 93_000 : isFebrile ? 108_000 : 122_000, permille: 40)
    let diastolic = systolic * drawn(560...630) / 1000
    var signs = [
      "VSORRES_SYSBP": Series.printed(systolic, places: 0), "VSORRES_DIABP": Series.printed(diastolic, places: 0),
      "VSORRES_MAP": Series.printed(diastolic + (systolic - diastolic) / 3, places: 0),
      "VSORRES_HR": Series.printed(near(grade >= 2 ? 116_000 : isFebrile ? 104_000 : 74_000, permille: 60), places: 0),
      "VSORRES_TEMP": Series.printed(temperature + drawn(-2...2) * 100, places: 1),
      "VSORRES_RESP": Series.printed(near(grade >= 3 ? 26_000 : isFebrile ? 20_000 : 15_000, permille: 70), places: 0),
      "VSORRES_OXYSAT": String(grade >= 2 ? drawn(93...95) : drawn(96...99)), "VSOXYSUP": course.oxygen(onDay: day),
    ]
    if grade >= 2 { signs["VSORRES_OXYFLOW"] = grade >= 3 ? "30" : "2" }
    return signs
  }

  private func contact(on occasion: Occasion) -> String {
    if occasion.mode == .laboratory { return "LABORATORY" }
    guard let day = occasion.day else { return "IN PERSON" }
    if (story.admission...10).contains(day) || story.isInHospital(onDay: day) { return "IN HOSPITAL" }
    return [11, 13].contains(day) ? "TELEPHONE" : "IN PERSON"
  }

  private mutating func physicalExamination(on occasion: Occasion) -> [String: String] {
    let day = occasion.day ?? -30
    let isComplete = ["SCR", "BL", "D28", "M3", "M6", "M12", "M24"].contains(occasion.visit)
    var answers = ["PEFULL": isComplete ? "COMPLETE" : "SYMPTOM-DIRECTED"]
    answers["PEECOG"] = day < 0 || (0...14).contains(day) ? "1" : "0"
    if day >= 0 { answers["PELATENEURO"] = "false" }
    guard isComplete else { return answers }
    let parts = [
      "GENERAL", "SKIN", "HEAD", "LYMPH", "GLAND", "HEART", "LUNG", "ABDOMEN", "JOINT", "MUSCLE", "NEURO", "MENTAL",
    ]
    for part in parts { answers["PEORRES_\(part)"] = "NORMAL" }
    if let sign = story.sign, course.activity(onDay: day) > 300 {
      answers["PEORRES_\(sign.part)"] = "ABNORMAL"
      answers["PEDESC_\(sign.part)"] = sign.finding
    }
    return answers
  }

  private mutating func bloodCount(on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    func given(_ item: String, _ concept: String) -> Int {
      if let text = known[item], let value = Series.thousandths(text) { return value }
      guard occasion.isTreated || own[concept] == nil, let series = course.blood[concept] else {
        return near(own[concept] ?? 0, permille: 20)
      }
      return near(series.value(onDay: occasion.day ?? -30), permille: 40)
    }
    // To two places, so that the parts as printed add up to the whole.
    let neutrophils = Self.hundredths(given("LBORRES_NEUT", "neutrophils"))
    let lymphocytes = Self.hundredths(given("LBORRES_LYM", "lymphocytes"))
    let monocytes = Self.hundredths(40 + neutrophils / 10)
    let (eosinophils, basophils) = (Self.hundredths(neutrophils / 30), 10)
    let hemoglobin = known["LBORRES_HGB"].flatMap { Series.thousandths($0) } ?? hemoglobin(on: occasion)
    let redCells = countRedCells(hemoglobin, on: occasion)
    return [
      "LBORRES_NEUT": Series.printed(neutrophils, places: 2), "LBORRES_LYM": Series.printed(lymphocytes, places: 2),
      "LBORRES_MONO": Series.printed(monocytes, places: 2),
      "LBORRES_EOS": Series.printed(eosinophils, places: 2), "LBORRES_BASO": Series.printed(basophils, places: 2),
      "LBORRES_WBC": Series.printed(neutrophils + lymphocytes + monocytes + eosinophils + basophils, places: 2),
      "LBORRES_HGB": Series.printed(hemoglobin, places: 0),
      "LBORRES_HCT": Series.printed(hemoglobin * 10 / 33, places: 1),
      "LBORRES_RBC": Series.printed(redCells, places: 2),
    ]
  }

  /// Red cells of a hemoglobin, in 10^9/L.
  private mutating func countRedCells(_ hemoglobin: Int, on occasion: Occasion) -> Int {
    let ofCell = course.hemoglobinOfCell.value(onDay: occasion.isTreated ? occasion.day ?? -30 : -30)
    let count = Self.hundredths(hemoglobin * 1000 / ofCell)
    redCells = (occasion.time.day, count)
    return count
  }

  /// Reticulocytes as a share of the red cells of the same day, and counted; the antiglobulin test.
  private mutating func hemolysis(on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    let day = occasion.isTreated ? occasion.day ?? -30 : -30
    let share =
      known["LBORRES_RETIP"].flatMap { Series.thousandths($0) }
      ?? near(course.recovery["reticulocytePercent"]?.value(onDay: day) ?? 1_000, permille: 40)
    let counted = redCells.flatMap { $0.day == occasion.time.day ? $0.count : nil }
    let cells = counted ?? countRedCells(hemoglobin(on: occasion), on: occasion)
    let printed = (share + 50) / 100 * 100
    var answers = [
      "LBORRES_RETIP": Series.printed(printed, places: 1),
      "LBORRES_RETI": Series.printed(printed * cells / 100, places: 0),
    ]
    if occasion.isTreated {
      answers["LBORRES_DATSPEC"] = course.isPositive("directAntiglobulinTest", occasion.day) ? "dat-igg" : ""
    }
    return answers
  }

  private mutating func immunoglobulins(on occasion: Occasion) -> [String: String] {
    guard occasion.isTreated, let day = occasion.day else { return ["LBIGREPL": "false"] }
    let globulin = story.globulin
    return [
      "LBIGREPL": globulin.isReplaced(onDay: day) ? "true" : "false",
      "LBORRES_IGG": Series.printed(near(globulin.measured(onDay: day), permille: 30), places: 1),
    ]
  }

  /// Lesions before the treatment; the scan at Month 3 is the new baseline, and shows what came before it.
  private func resonanceImaging(on occasion: Occasion) -> [String: String] {
    guard (occasion.day ?? -30) >= 0 else { return ["NVORRES_T2": "2", "NVORRES_GD": "1"] }
    return occasion.visit == "M3" ? ["NVORRES_T2": "1", "NVREBASE": "true"] : ["NVREBASE": "false"]
  }

  private static func hundredths(_ thousandths: Int) -> Int { (thousandths + 5) / 10 * 10 }

  private mutating func hemoglobin(on occasion: Occasion) -> Int {
    guard occasion.isTreated || own["hemoglobin"] == nil, let series = course.recovery["hemoglobin"] else {
      return near(own["hemoglobin"] ?? 120_000, permille: 20)
    }
    return near(series.value(onDay: occasion.day ?? -30), permille: 20)
  }

  private mutating func subsets(on occasion: Occasion) -> [String: String] {
    let day = occasion.day ?? -30
    let lymphocytes = near(course.blood["lymphocytes"]?.value(onDay: day) ?? 1000, permille: 40)
    let cells = near(course.blood["bCellCount"]?.value(onDay: day) ?? 0, permille: 40)
    let total = max(lymphocytes * 74 / 100, 4)
    // After the infusion CD8 cells, the CAR T cells among them, come back first.
    let helpers = (7...180).contains(day) ? 30 : 58
    var answers = [
      "LBORRES_CD3": Series.printed(total, places: 3), "LBORRES_CD4": Series.printed(total * helpers / 100, places: 3),
      "LBORRES_CD8": Series.printed(total * (94 - helpers) / 100, places: 3),
      "LBORRES_NK": Series.printed(lymphocytes * 11 / 100, places: 3), "LBORRES_CD19": Series.printed(cells, places: 3),
    ]
    // Who comes back are naive cells.
    if cells >= 5 {
      answers["LBORRES_BNAIVE"] = String(day < 0 ? drawn(55...68) : drawn(86...94))
      answers["LBORRES_BMEM"] = String(day < 0 ? drawn(18...29) : drawn(2...6))
    }
    return answers
  }

  private mutating func cellsInBlood(on occasion: Occasion) -> [String: String] {
    let copies = near(course.blood["carTCopies"]?.value(onDay: occasion.day ?? -30) ?? 0, permille: 60)
    let scaled = copies * story.course.expansion / 100
    return scaled < 10_000
      ? ["LBCARBLQ": "true", "LBORRES_CARCOPY": ""]
      : ["LBCARBLQ": "false", "LBORRES_CARCOPY": Series.printed(scaled, places: 0)]
  }

  private mutating func autoantibodies(on occasion: Occasion) -> [String: String] {
    let day = occasion.day ?? -30
    let panel = [
      "sle": ["DSDNA", "SMITH"], "ss": ["SSA", "SSB"], "ssc": ["CENP", "SCL70", "RNAP3"],
      "iim": ["JO1", "SRP", "HMGCR", "MDA5"],
    ]
    var answers: [String: String] = [:]
    for name in panel[story.cohort] ?? [] { answers["LBORRES_\(name)"] = "negative" }
    switch story.cohort {
    case "sle":
      let level = near(course.disease["sledai2k"].map { 268 * $0.value(onDay: max(day, 0)) / 4 * 3 } ?? 0, permille: 50)
      answers["LBORRES_DSDNA"] = level > 15_000 ? "positive" : "negative"
      answers["LBORRES_DSDNAQ"] = Series.printed(level, places: 0)
      answers["LBORRES_ANA"] = day < 60 ? "640" : day < 180 ? "320" : "160"
    case "ssc":
      answers["LBORRES_SCL70"] = day < 200 ? "positive" : "negative"
      answers["LBORRES_ANA"] = day < 90 ? "1280" : "320"
    case "ss":
      answers["LBORRES_SSA"] = "positive"
      answers["LBORRES_SSB"] = day < 120 ? "positive" : "negative"
      answers["LBORRES_ANA"] = day < 90 ? "640" : "320"
    case "iim": answers["LBORRES_ANA"] = "160"
    default: break
    }
    return answers
  }

  private mutating func urine(on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    guard story.cohort == "sle", let before = own["urineProtein24h"] else { return [:] }
    let share = course.disease["urineProtein24h"]?.value(onDay: max(occasion.day ?? 0, 0)) ?? 1000
    let protein =
      known["LBORRES_UPROT24"].flatMap { Series.thousandths($0) } ?? near(before * share / 1000, permille: 50)
    return [
      "LBORRES_UPROT24": Series.printed(protein, places: 2), "LBUVOL": String(drawn(150...230) * 10),
      "LBORRES_UPROT": protein > 1000
        ? "dip-2" : protein > 500 ? "dip-1" : protein > 200 ? "dip-trace" : "dip-negative",
    ]
  }

  private mutating func lungFunction(on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    func percent(_ item: String, _ concept: String) -> Int {
      if let text = known[item], let value = Series.thousandths(text) { return value }
      let value = course.recovery[concept]?.value(onDay: occasion.day ?? -30) ?? own[concept] ?? 60_000
      return near(value, permille: 15)
    }
    let capacity = percent("REORRES_FVCPP", "fvcPercentPredicted")
    let diffusion = percent("REORRES_DLCOPP", "dlcoPercentPredicted")
    return [
      "REORRES_FVCPP": Series.printed(capacity, places: 0),
      "REORRES_FVC": Series.printed(capacity * 37 / 1000, places: 2),
      "REORRES_FEV1": Series.printed(capacity * 31 / 1000, places: 2),
      "REORRES_FEV1PP": Series.printed(capacity * 101 / 100, places: 0),
      "REORRES_DLCOPP": Series.printed(diffusion, places: 0),
      "REORRES_DLCO": Series.printed(diffusion * 84 / 1000, places: 1), "REREFEQ": "GLI-2012", "REREFEQD": "GLI-2017",
      "REHBCORR": "true", "REQUAL": "A",
    ]
  }

  // MARK: - Toxicity by day

  private func cytokineRelease(on occasion: Occasion) -> [String: String] {
    let day = occasion.day ?? -30
    let grade = course.crsGrade(onDay: day)
    guard grade > 0 else { return [:] }
    var answers = [
      "CRSFEVEARL": "true", "CRSFEVOTH": "false", "CRSANTIPYR": "true", "CRSHYPOT": grade >= 2 ? "true" : "false",
      "CRSVASOP": grade >= 3 ? "1" : "0", "CRSOXYGEN": course.oxygen(onDay: day), "CRSGRADE": String(grade),
      "CRSTREAT": grade == 1
        ? "Paracetamol, fluids."
        : grade == 2
          ? "Tocilizumab, fluids, oxygen."
          : "Tocilizumab, dexamethasone, noradrenaline, high-flow oxygen; intensive care.",
    ]
    if grade >= 2 {
      answers["CRSHYPOTOTH"] = "false"
      answers["CRSHYPOXOTH"] = "false"
    }
    return answers
  }

  private func neurotoxicity(on occasion: Occasion) -> [String: String] {
    let score = story.iceScore(onDay: occasion.day ?? -30)
    guard score < 10 else { return [:] }
    let isSevere = score < 3
    return [
      "ICANSCONS": isSevere ? "awakens-to-tactile" : "alert", "ICANSGRADE": isSevere ? "3" : "1",
      "ICANSTREAT": isSevere
        ? "Dexamethasone 10 mg every 6 hours, levetiracetam; EEG and MRI without focal finding."
        : "Close observation, levetiracetam.",
    ]
  }

  private func encephalopathyScore(on occasion: Occasion, _ known: [String: String]) -> [String: String] {
    let score = known["ICE_TOTAL"].flatMap { Int($0) } ?? story.iceScore(onDay: occasion.day ?? -30)
    // What is lost first: counting, writing, naming; orientation last.
    let points = [
      "ICE_YEAR", "ICE_MONTH", "ICE_CITY", "ICE_HOSP", "ICE_COMMAND", "ICE_NAMING", "ICE_WRITING", "ICE_COUNTING",
    ]
    var left = score
    var answers = ["ICE_UNAROUS": "false", "ICE_TOTAL": String(score)]
    for item in points {
      let most = item == "ICE_NAMING" ? 3 : 1
      let given = min(left, most)
      left -= given
      answers[item] = item == "ICE_NAMING" ? String(given) : given == 1 ? "true" : "false"
    }
    return answers
  }

  private func response(on occasion: Occasion) -> [String: String] {
    let day = occasion.day ?? -30
    var answers: [String: String] = [:]
    if let flare = story.course.flare, day >= flare.day {
      let began = occasion.time.adding(minutes: (flare.day - day) * 1440).date.description
      answers["RSFLARE"] = day < flare.day + 120 ? "true" : "false"
      if day < flare.day + 120 { answers["RSFLAREDTC"] = began }
      if day >= flare.day + 7 {
        answers["RSNEWTX"] = "true"
        answers["RSNEWTXDTC"] = occasion.time.adding(minutes: (flare.day + 7 - day) * 1440).date.description
        answers["RSNEWTXWHAT"] = flare.treatment
      }
      return answers
    }
    if let free = story.drugFree(onDay: day) {
      answers["RSDRUGFREE"] = "true"
      answers["RSDRUGFREEDTC"] = occasion.time.adding(minutes: (free - day) * 1440).date.description
    }
    if story.toxicities.contains(where: { $0.interest == "LICATS" && (($0.onset)...($0.end ?? 60)).contains(day) }) {
      answers["RSLICATS"] = "true"
    }
    return answers
  }
}

extension Moment {
  /// Minutes since midnight by the clocks of the place.
  var minuteOfDay: Int { (instant.milliseconds / 60_000 + offsetMinutes) % 1440 }
}
