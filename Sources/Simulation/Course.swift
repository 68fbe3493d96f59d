/// How values go after the infusion, by concept of the dictionary; days are counted from Day 0.
///
/// The shapes are those that are published for CD19-directed CAR T cells in autoimmune disease after fludarabine and
/// cyclophosphamide; the numbers are invented. Sources: Müller F et al. N Engl J Med 2024;390:687-700 (B cells gone within
/// days, back after about four months; autoantibodies falling; CRS grade 1 mostly); Wang W et al. Ann Rheum Dis
/// 2024;83:1304-1314 (CD19-BCMA compound CAR T cells in lupus: immunoglobulins low for months); Hayden PJ et al.
/// HemaSphere 2022 (courses of counts, ferritin and CRP around CRS).
struct Course: Sendable {
  /// The course of a participant's own illness.
  enum Response: Sendable { case good, slow, flare }

  let cohort: String
  let response: Response
  /// The highest grade of cytokine release syndrome; 0 is none.
  let crs: Int
  /// The day on which it begins.
  let crsDay: Int
  /// Whether neutrophils stay low beyond Day 28.
  let isSlowToRecover: Bool
  /// The days of an illness with fever, besides.
  var infection: ClosedRange<Int>?
  /// Immunoglobulin G without replacement; that of most where none is named.
  var globulin: Series?

  /// Counts, globulins and the cells themselves: alike in all.
  var blood: [String: Series] {
    [
      "neutrophils": isSlowToRecover
        ? Series("-6:4.1 -2:3.4 0:1.9 3:0.9 7:0.3 10:0.1 21:0.3 28:0.4 35:0.7 45:1.6 60:2.4 730:3.6", places: 2)
        : Series("-6:4.1 -2:3.3 0:2.0 3:1.1 7:0.6 10:0.4 14:0.9 21:1.7 28:2.3 60:3.1 730:3.7", places: 2),
      "lymphocytes": Series(
        "-6:1.3 -2:0.4 0:0.05 3:0.02 7:0.12 10:0.3 14:0.4 28:0.6 60:0.9 180:1.2 730:1.5", places: 2),
      "platelets": isSlowToRecover
        ? Series("-6:214 0:168 7:76 14:48 21:62 28:88 45:140 60:176 730:221", places: 0)
        : Series("-6:221 0:181 7:112 14:98 21:141 28:182 60:214 730:232", places: 0),
      "creatinine": Series("-6:66 0:63 7:68 28:66 730:65", places: 0),
      "ast": Series("-6:24 3:26 7:41 10:38 14:29 28:24 730:22", places: 0),
      "alt": Series("-6:22 3:24 7:46 10:44 14:33 28:23 730:21", places: 0),
      "igg": globulin ?? Series("-6:11.2 0:10.4 14:8.1 28:6.2 60:4.6 90:4.0 180:4.4 365:6.9 730:8.8", places: 1),
      "igm": Series("-6:1.2 14:0.8 28:0.4 90:0.2 180:0.3 365:0.6 730:0.8", places: 2),
      "iga": Series("-6:1.9 14:1.4 28:0.9 90:0.4 180:0.5 365:0.9 730:1.3", places: 2),
      "bCellCount": Series("-6:0.142 0:0.02 3:0.004 7:0 14:0 90:0 120:0.004 180:0.031 270:0.088 730:0.152", places: 3),
      "carTCopies": Series(
        "0:0 1:40 3:2100 5:18400 7:61500 10:96800 14:52300 21:14100 28:6200 60:1400 90:520 180:90 365:0", places: 0),
    ]
  }

  /// CRP, ferritin, interleukin 6 and temperature, by the grade of cytokine release.
  var inflammation: [String: Series] {
    let peak = [18, 46, 122, 246, 318][min(crs, 4)]
    let ferritin = [290, 640, 2_380, 9_840, 18_200][min(crs, 4)]
    let interleukin = [9, 74, 640, 4_900, 9_600][min(crs, 4)]
    let (begin, high, end) = (crsDay, crsDay + 2, crsDay + 7)
    return [
      "crp": Series("\(begin - 1):6 \(high):\(peak) \(high + 2):\(peak / 2) \(end + 3):9 \(end + 14):4", places: 1),
      "ferritin": Series(
        "\(begin - 1):180 \(high + 1):\(ferritin) \(end):\(ferritin * 2 / 3) \(end + 14):310 90:170", places: 0),
      "il6": Series("\(begin - 1):6 \(begin + 1):\(interleukin) \(end):12 \(end + 14):5", places: 0),
    ]
  }

  /// Degrees Celsius, tenths: raised while cytokine release or an infection lasts.
  func temperature(onDay day: Int) -> Int {
    if let infection, infection.contains(day) { return 38_700 }
    guard crs > 0, (crsDay...crsDay + 1 + crs).contains(day) else { return 36_600 }
    return [36_600, 38_400, 38_900, 39_600, 39_800][min(crs, 4)]
  }

  /// The grade of cytokine release on a day.
  func crsGrade(onDay day: Int) -> Int {
    let grades = [[0], [1, 1, 1], [1, 2, 2, 1], [1, 2, 3, 3, 3, 3, 2, 1], [1, 2, 4, 3, 2, 1]][min(crs, 4)]
    return grades.indices.contains(day - crsDay) ? grades[day - crsDay] : 0
  }

  /// The last day of cytokine release; 0 without any.
  var lastToxicDay: Int { crs == 0 ? 0 : (crsDay...crsDay + 9).last { crsGrade(onDay: $0) > 0 } ?? 0 }

  /// What oxygen is given on a day: by the grade of cytokine release.
  func oxygen(onDay day: Int) -> String {
    ["room-air", "room-air", "low-flow-nasal-cannula", "high-flow-nasal-cannula"][min(crsGrade(onDay: day), 3)]
  }

  /// A value of inflammation while an infection lasts, in thousandths; nil without one.
  func raised(_ concept: String, onDay day: Int) -> Int? {
    guard let infection, infection.contains(day) else { return nil }
    return ["crp": 96_000, "ferritin": 620_000][concept]
  }

  /// How active the illness is as a whole, in thousandths of before lymphodepletion.
  func activity(onDay day: Int) -> Int { day < 0 ? 1000 : falling.value(onDay: day) }

  /// Whether an antibody is positive on a day; negative where the illness has none.
  func isPositive(_ antibody: String, _ day: Int?) -> Bool { antibodies[antibody].map { (day ?? -30) < $0 } ?? false }

  private var falling: Series {
    switch response {
    case .good: Series("0:1 14:0.82 28:0.55 60:0.34 90:0.22 180:0.12 365:0.06 730:0.04", places: 3)
    case .slow: Series("0:1 28:0.86 60:0.7 90:0.58 180:0.42 365:0.33 730:0.3", places: 3)
    case .flare: Series("0:1 28:0.6 60:0.38 90:0.26 180:0.24 270:0.82 300:0.9 365:0.46 545:0.3 730:0.26", places: 3)
    }
  }

  /// The illness itself, each value in thousandths of that before lymphodepletion.
  var disease: [String: Series] {
    let slowly = Series("0:1 28:0.98 90:0.86 180:0.72 365:0.58 545:0.5 730:0.46", places: 3)
    switch cohort {
    case "sle": return ["sledai2k": falling, "urineProtein24h": falling]
    case "ssc": return ["mrss": slowly]
    case "iim":
      return [
        "ck": falling, "patientGlobalVas": falling, "physicianGlobalVas": falling, "extramuscularVas": falling,
        "haqDi": slowly,
      ]
    case "ss": return ["essdai": falling]
    case "aiha":
      return [
        "ldh": response == .slow
          ? Series("0:1 14:0.94 28:0.86 60:0.78 90:0.73 180:0.68 365:0.6 730:0.56", places: 3)
          : Series("0:1 14:0.88 28:0.7 60:0.56 90:0.5 730:0.48", places: 3)
      ]
    default: return ["edss": Series("0:1 90:0.9 180:0.88 365:0.76 730:0.75", places: 3)]
    }
  }

  /// Values of the illness that rise towards normal, as they are.
  var recovery: [String: Series] {
    switch cohort {
    case "sle":
      [
        "complementC3": Series("-6:0.52 28:0.68 60:0.82 90:0.95 180:1.04 730:1.1", places: 2),
        "complementC4": Series("-6:0.07 28:0.11 60:0.15 90:0.19 180:0.22 730:0.23", places: 2),
        "hemoglobin": Series("-6:118 7:98 14:94 28:104 60:116 180:126 730:129", places: 0),
      ]
    case "ssc":
      [
        "fvcPercentPredicted": Series("-6:61 28:61 90:63 180:66 365:69 730:71", places: 0),
        "dlcoPercentPredicted": Series("-6:54 90:55 180:57 365:60 730:61", places: 0),
        "hemoglobin": Series("-6:129 7:110 14:104 28:112 60:122 730:130", places: 0),
      ]
    case "iim":
      [
        "mmt8": Series("-6:125 28:128 60:133 90:138 180:143 365:146 730:147", places: 0),
        "hemoglobin": Series("-6:138 7:118 14:112 28:121 60:131 730:140", places: 0),
      ]
    case "ss":
      [
        "unstimulatedSalivaryFlow": Series("-6:0.062 90:0.07 180:0.09 365:0.11 730:0.11", places: 3),
        "hemoglobin": Series("-6:125 7:106 14:101 28:110 60:119 730:127", places: 0),
      ]
    case "aiha":
      [
        // A complete response in most: after half a year all of it is normal.
        "hemoglobin": response == .slow
          ? Series("-6:87 7:79 14:81 28:89 60:99 90:107 180:116 365:122 730:126", places: 0)
          : Series("-6:87 7:79 14:81 28:94 60:114 90:126 180:139 365:145 730:147", places: 0),
        "haptoglobin": response == .slow
          ? Series("-6:118 28:130 60:170 90:210 180:260 365:340 730:420", places: 0)
          : Series("-6:118 28:160 60:420 90:780 180:1010 730:1100", places: 0),
        "bilirubinTotal": response == .slow
          ? Series("-6:25.7 28:23.4 60:21.1 90:20 180:18 730:16", places: 1)
          : Series("-6:25.7 28:19.4 60:14.1 90:12 730:11", places: 1),
        "reticulocytePercent": response == .slow
          ? Series("-6:11.2 7:6.1 14:5.2 28:7.4 60:5.6 90:4.2 180:3.1 365:2.2 730:1.9", places: 1)
          : Series("-6:11.2 7:6.1 14:5.2 28:6.4 60:3.1 90:1.8 180:1.1 730:1", places: 1),
      ]
    default: ["hemoglobin": Series("-6:129 7:111 14:106 28:114 60:122 730:130", places: 0)]
    }
  }

  /// Hemoglobin of a red cell in pg. While red cells are broken down, many are young and large.
  var hemoglobinOfCell: Series {
    cohort == "aiha"
      ? Series("-6:38.8 28:37 60:34 90:31.5 180:30 730:29.5", places: 1) : Series("-6:29 730:29", places: 1)
  }

  /// Antibodies that are positive at first, and the day from which they no longer are.
  var antibodies: [String: Int] {
    let gone = response == .good ? 1 : 4
    return switch cohort {
    case "sle": ["antiDsDna": 60 * gone]
    case "ss": ["antiSsaRo": 900]
    case "aiha": ["directAntiglobulinTest": 120 * gone]
    default: [:]
    }
  }
}
