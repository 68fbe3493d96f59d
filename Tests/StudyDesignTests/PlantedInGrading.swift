extension PlantedMistake {
  /// Mistakes in what fills the instruments.
  static let inGrading: [PlantedMistake] = [
    PlantedMistake(
      "analyte that CTCAE does not grade", in: "safety.yaml", replace: "{id: haptoglobin,", with: "{id: haptoglobine,",
      says: "safety.yaml:100:12: error: There is no analyte ‘haptoglobine’. Did you mean ‘haptoglobin’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "concept of an analyte", in: "safety.yaml", replace: "concept: ggt}", with: "concept: ggtt}",
      says: "safety.yaml:104:26: error: There is no concept ‘ggtt’. Did you mean ‘ggt’? [unknown-reference]"),
    PlantedMistake(
      "molar mass that UCUM does not know", in: "safety.yaml", replace: "concept: glucose, conversion: /18.016}",
      with: "concept: glucose}",
      says: "safety.yaml:120:30: error: ‘glucose’ is graded in mmol/L, ‘glucose’ is in mg/dL, and UCUM does not "
        + "convert it. Add ‘conversion:’ with the steps from mg/dL to mmol/L, such as /4.008. [missing-conversion]"),
    PlantedMistake(
      "conversion that UCUM has", in: "safety.yaml", replace: "{id: ck, concept: ck}",
      with: "{id: ck, concept: ck, conversion: '*2'}",
      says: "safety.yaml:107:41: error: UCUM converts U/L to U/L itself. Remove the conversion. "
        + "[needless-conversion]"),
    PlantedMistake(
      "conversion that is none", in: "safety.yaml", replace: "conversion: /18.016", with: "conversion: 18.016",
      says: "safety.yaml:120:51: error: ‘18.016’ is no conversion. Write steps from mg/dL to mmol/L, such as "
        + "/4.008. [malformed-conversion]"),
    PlantedMistake(
      "analyte that is no quantity", in: "safety.yaml", replace: "{id: ck, concept: ck}",
      with: "{id: ck, concept: hypotension}",
      says: "safety.yaml:107:25: error: ‘hypotension’ has no unit, and ‘ck’ is graded in U/L. Name a quantity. "
        + "[no-unit]"),
    PlantedMistake(
      "key of an instrument", in: "safety.yaml", replace: "{id: vasopressorCount,", with: "{id: pressorsInUse,",
      says: "safety.yaml:135:16: error: There is no key of crs ‘pressorsInUse’. Use one of: temperatureC, "
        + "feverOtherCause, crsFeverEarlierInEpisode, antipyreticOrAnticytokineGiven, hypotension, "
        + "vasopressorCount, vasopressin, hypotensionOtherCause, oxygenDevice, oxygenFlowLPerMin, "
        + "hypoxiaOtherCause, fatal. [unknown-reference]"),
    PlantedMistake(
      "code without a word", in: "safety.yaml", replace: "            face-mask: faceMask\n", with: "",
      says: "safety.yaml:138:15: error: ‘oxygenDevice’ has no word for face-mask. Add them under ‘words:’. "
        + "[missing-word]"),
    PlantedMistake(
      "word that the instrument does not have", in: "safety.yaml", replace: "face-mask: faceMask",
      with: "face-mask: facemask",
      says: "safety.yaml:144:24: error: There is no word of oxygenDevice ‘facemask’. Did you mean ‘faceMask’? "
        + "[unknown-reference]"),
  ]
}
