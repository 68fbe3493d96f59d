extension CTCAE {
  /// Every analyte with grades by number, each column a grade, in CTCAE's own order of words: `<` and `>` exclude the first
  /// number of CTCAE's "a to b", the second one belongs to the grade.
  ///
  /// Source: CTCAE v5.0, cross-checked row by row against the grading metadata of the R package admiral; `lvef`, `qtc` and
  /// `temperature` are long-established knowledge, not read again. "Baseline abnormal" is above the upper limit of normal
  /// (fibrinogen: below the lower one); exactly at the limit, or unknown, it is normal. Conventions of this project: sodium
  /// between 129 and 130 belongs to 125 to 129, between 124 and 125 to 120 to 124; an ejection fraction between 39 and 40
  /// is grade 3, and 50 itself is grade 2; the baseline ladder of creatinine holds within the normal range too (the literal
  /// text; many sponsors ask for a value above the limit, the sponsor must confirm it).
  public static let laboratory: [Analyte] = bloodCells + enzymes + coagulation + electrolytes + others

  private static let bloodCells: [Analyte] = [
    Analyte(
      "hemoglobin", "g/L", Ladder("anemia", "Anemia", "< LLN", "< 100", "< 80; transfusionIndicated", "lifeThreatening")
    ),
    Analyte(
      "wbc", "10*9/L",
      Ladder("whiteBloodCellDecreased", "White blood cell decreased", "< LLN", "< 3.0", "< 2.0", "< 1.0"),
      Ladder("leukocytosis", "Leukocytosis", "", "", "> 100", "")),
    Analyte(
      "neutrophils", "10*9/L",
      Ladder("neutrophilCountDecreased", "Neutrophil count decreased", "< LLN", "< 1.5", "< 1.0", "< 0.5")),
    Analyte(
      "lymphocytes", "10*9/L",
      Ladder("lymphocyteCountDecreased", "Lymphocyte count decreased", "< LLN", "< 0.8", "< 0.5", "< 0.2"),
      Ladder("lymphocyteCountIncreased", "Lymphocyte count increased", "", "> 4", "> 20", "")),
    Analyte(
      "cd4", "10*9/L",
      Ladder("cd4LymphocytesDecreased", "CD4 lymphocytes decreased", "< LLN", "< 0.5", "< 0.2", "< 0.05")),
    Analyte(
      "platelets", "10*9/L",
      Ladder("plateletCountDecreased", "Platelet count decreased", "< LLN", "< 75", "< 50", "< 25")),
    Analyte("haptoglobin", "g/L", Ladder("haptoglobinDecreased", "Haptoglobin decreased", "< LLN", "", "", "")),
  ]

  private static let enzymes: [Analyte] = [
    transaminase("alt", "alanineAminotransferaseIncreased", "Alanine aminotransferase increased"),
    transaminase("ast", "aspartateAminotransferaseIncreased", "Aspartate aminotransferase increased"),
    cholestasis("alp", "alkalinePhosphataseIncreased", "Alkaline phosphatase increased"),
    cholestasis("ggt", "ggtIncreased", "GGT increased"),
    Analyte(
      "bilirubin", "umol/L",
      Ladder(
        "bloodBilirubinIncreased", "Blood bilirubin increased", "> ULN", "> 1.5 ULN", "> 3 ULN", "> 10 ULN",
        instead: ("baseline > ULN", "> baseline", "> 1.5 baseline", "> 3 baseline", "> 10 baseline"))),
    Analyte("ck", "U/L", Ladder("cpkIncreased", "CPK increased", "> ULN", "> 2.5 ULN", "> 5 ULN", "> 10 ULN")),
    Analyte(
      "ldh", "U/L",
      Ladder("bloodLactateDehydrogenaseIncreased", "Blood lactate dehydrogenase increased", "> ULN", "", "", "")),
    pancreatic("lipase", "lipaseIncreased", "Lipase increased"),
    pancreatic("amylase", "serumAmylaseIncreased", "Serum amylase increased"),
  ]

  private static let coagulation: [Analyte] = [
    Analyte(
      "inr", "{INR}",
      Ladder(
        "inrIncreased", "INR increased", "> 1.2", "> 1.5", "> 2.5", "",
        instead: ("onAnticoagulation", "> baseline", "> 1.5 baseline", "> 2.5 baseline", ""))),
    Analyte(
      "aptt", "s",
      Ladder(
        "apttProlonged", "Activated partial thromboplastin time prolonged", "> ULN", "> 1.5 ULN",
        "> 2.5 ULN; > ULN and bleeding", "")),
    // A fall from an abnormal baseline by 25 % leaves 0.75 of it.
    Analyte(
      "fibrinogen", "g/L",
      Ladder(
        "fibrinogenDecreased", "Fibrinogen decreased", "< LLN", "< 0.75 LLN", "< 0.5 LLN", "< 0.25 LLN; < 0.5",
        instead: (
          "baseline < LLN", "< baseline", "<= 0.75 baseline", "<= 0.5 baseline", "<= 0.25 baseline; < 0.5"
        ))),
  ]

  private static let electrolytes: [Analyte] = [
    Analyte(
      "sodium", "mmol/L",
      Ladder("hyponatremia", "Hyponatremia", "< LLN", "< 130", "< 130 and symptomatic; < 125", "< 120"),
      Ladder("hypernatremia", "Hypernatremia", "> ULN", "> 150", "> 155", "> 160")),
    Analyte(
      "potassium", "mmol/L",
      Ladder(
        "hypokalemia", "Hypokalemia", "< LLN", "< LLN and symptomatic; < LLN and interventionIndicated", "< 3.0",
        "< 2.5"),
      Ladder("hyperkalemia", "Hyperkalemia", "> ULN", "> 5.5", "> 6.0", "> 7.0")),
    Analyte(
      "calcium", "mmol/L", adjustment: .correctedForAlbumin,
      Ladder("hypocalcemia", "Hypocalcemia", "< LLN", "< 2.0", "< 1.75", "< 1.5"),
      Ladder("hypercalcemia", "Hypercalcemia", "> ULN", "> 2.9", "> 3.1", "> 3.4")),
    Analyte(
      "calciumIonized", "mmol/L", Ladder("hypocalcemia", "Hypocalcemia", "< LLN", "< 1.0", "< 0.9", "< 0.8"),
      Ladder("hypercalcemia", "Hypercalcemia", "> ULN", "> 1.5", "> 1.6", "> 1.8")),
    Analyte(
      "magnesium", "mmol/L", Ladder("hypomagnesemia", "Hypomagnesemia", "< LLN", "< 0.5", "< 0.4", "< 0.3"),
      Ladder("hypermagnesemia", "Hypermagnesemia", "> ULN", "", "> 1.23", "> 3.30")),
  ]

  private static let others: [Analyte] = [
    Analyte(
      "creatinine", "umol/L",
      Ladder(
        "creatinineIncreased", "Creatinine increased", "> ULN", "> 1.5 baseline; > 1.5 ULN", "> 3 baseline; > 3 ULN",
        "> 6 ULN")),
    Analyte("albumin", "g/L", Ladder("hypoalbuminemia", "Hypoalbuminemia", "< LLN", "< 30", "< 20", "lifeThreatening")),
    Analyte("glucose", "mmol/L", Ladder("hypoglycemia", "Hypoglycemia", "< LLN", "< 3.0", "< 2.2", "< 1.7")),
    Analyte(
      "uricAcid", "umol/L",
      Ladder("hyperuricemia", "Hyperuricemia", "> ULN", "", "> ULN and physiologicConsequences", "lifeThreatening")),
    Analyte(
      "triglycerides", "mmol/L",
      Ladder("hypertriglyceridemia", "Hypertriglyceridemia", ">= 1.71", "> 3.42", "> 5.7", "> 11.4")),
    Analyte(
      "lvef", "%",
      Ladder(
        "ejectionFractionDecreased", "Ejection fraction decreased", "", "<= 50; fall >= 10", "< 40; fall >= 20", "< 20")
    ),
    Analyte(
      "qtc", "ms", adjustment: .roundedToWhole,
      Ladder(
        "qtcProlonged", "Electrocardiogram QT corrected interval prolonged", ">= 450", ">= 481", ">= 501; rise > 60",
        "lifeThreatening")),
    Analyte(
      "temperature", "Cel",
      Ladder("fever", "Fever", ">= 38.0", "> 39.0", "> 40.0", "> 40.0 and durationHours > 24")),
  ]

  private static func transaminase(_ key: String, _ term: String, _ name: String) -> Analyte {
    Analyte(
      key, "U/L",
      Ladder(
        term, name, "> ULN", "> 3 ULN", "> 5 ULN", "> 20 ULN",
        instead: ("baseline > ULN", ">= 1.5 baseline", "> 3 baseline", "> 5 baseline", "> 20 baseline")))
  }

  private static func cholestasis(_ key: String, _ term: String, _ name: String) -> Analyte {
    Analyte(
      key, "U/L",
      Ladder(
        term, name, "> ULN", "> 2.5 ULN", "> 5 ULN", "> 20 ULN",
        instead: ("baseline > ULN", ">= 2.0 baseline", "> 2.5 baseline", "> 5 baseline", "> 20 baseline")))
  }

  private static func pancreatic(_ key: String, _ term: String, _ name: String) -> Analyte {
    Analyte(
      key, "U/L",
      Ladder(term, name, "> ULN", "> 1.5 ULN", "> 2 ULN and symptomatic; > 5 ULN", "> 5 ULN and symptomatic"))
  }
}
