extension PlantedMistake {
  /// Mistakes in the files of conduct.
  static let inConduct: [PlantedMistake] = [
    PlantedMistake(
      "unknown criterion of a re-check", in: "conduct.yaml", replace: "criteria: [INC-5.4, INC-5.6,",
      with: "criteria: [INC-5.4, INC-5.66,",
      says: "conduct.yaml:87:25: error: There is no criterion ‘INC-5.66’. Did you mean ‘INC-5.6’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "unknown concept of an exception", in: "conduct.yaml", replace: "except: {lvef: 90,", with: "except: {lvefs: 90,",
      says: "conduct.yaml:82:37: error: There is no concept ‘lvefs’. Did you mean ‘lvef’? [unknown-reference]"),
    PlantedMistake(
      "unknown medicine of bridging", in: "conduct.yaml", replace: "allowed: [GC, hydroxychloroquine,",
      with: "allowed: [GC, hydroxychloroquin,",
      says: "conduct.yaml:26:19: error: There is no concept or set ‘hydroxychloroquin’. Did you mean "
        + "‘hydroxychloroquine’? [unknown-reference]"),
    PlantedMistake(
      "unknown finding of a re-check", in: "conduct.yaml", replace: "findings: [noFever48h, noVasopressor]",
      with: "findings: [noFever24h, noVasopressor]",
      says: "conduct.yaml:90:16: error: There is no finding ‘noFever24h’. Did you mean ‘noFever48h’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "unknown provisional item of a section", in: "conduct.yaml", replace: "    provisional: slot-reuse",
      with: "    provisional: slot-reused",
      says: "conduct.yaml:12:18: error: There is no provisional item ‘slot-reused’. Did you mean ‘slot-reuse’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "limits of which nothing says where they come from", in: "product.yaml",
      replace: "  of: CD3-positive cells\n  provisional: collection\n", with: "  of: CD3-positive cells\n",
      says: "product.yaml:154:3: error: Nothing says where these limits come from. Quote the source (‘source:’), "
        + "or name the provisional items that they rest on (‘provisional:’). [no-origin]"),
    PlantedMistake(
      "words that the source does not say", in: "conduct.yaml", replace: "source: 12 participants in 1 patient group",
      with: "source: 13 participants in 1 patient group",
      says: "conduct.yaml:10:13: error: source.md does not say ‘13 participants in 1 patient group’. Copy the "
        + "words from there, or name the provisional item that stands in for them. [misquoted]"),
    PlantedMistake(
      "finding twice", in: "conduct.yaml", replace: "  - id: noVasopressor\n", with: "  - id: noFever48h\n",
      says: "conduct.yaml:90:28: error: There is no finding ‘noVasopressor’. Declare it under ‘findings:’. "
        + "[unknown-reference]",
      "conduct.yaml:175:9: error: The finding ‘noFever48h’ is there already, on line 169. Give one of the "
        + "two another id, or remove it. [duplicate]"),
    PlantedMistake(
      "definition of a finding that is not there", in: "conduct.yaml",
      replace: "definition: {library: Gates, name: noFever48h}", with: "definition: {library: Gates, name: noFever84h}",
      says: "conduct.yaml:171:40: error: The library ‘Gates’ defines no ‘noFever84h’. Did you mean ‘noFever48h’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "library of a finding that is not there", in: "conduct.yaml",
      replace: "definition: {library: Gates, name: washOutKept}",
      with: "definition: {library: Gate, name: washOutKept}",
      says: "conduct.yaml:116:27: error: There is no library ‘Gate’. Did you mean ‘Gates’? [unknown-reference]"),
    PlantedMistake(
      "finding that is no truth value", in: "conduct.yaml",
      replace: "definition: {library: Gates, name: baselineWeight}",
      with: "definition: {library: Gates, name: baselineWeight in kg}",
      says: "library/Gates.cql:247:8: error: ‘baselineWeight in kg’ gives the finding ‘baselineWeight’ and is "
        + "Decimal, not Boolean. Correct it, or name another definition in conduct.yaml. [wrong-type]"),
    PlantedMistake(
      "number without a unit", in: "conduct.yaml", replace: "    number: bodyHeight in cm\n    unit: cm\n",
      with: "    number: bodyHeight in cm\n",
      says: "conduct.yaml:143:5: error: A finding has no ‘unit’. Add ‘unit: ...’. [missing-key]"),
    PlantedMistake(
      "anchor that is no date", in: "library/Anchors.cql", replace: "parameter \"first dose day\" Date",
      with: "parameter \"first dose day\" Date\n\nparameter \"day zero\" Integer",
      says:
        "library/Anchors.cql:10:11: error: The parameter ‘day zero’ is Integer, not Date. Declare it: "
        + "parameter \"day zero\" Date. [wrong-type]"),
    PlantedMistake(
      "unit of an agent that is no UCUM", in: "conduct.yaml",
      replace: "        dose: {low: 300, high: 500}\n        unit: mg/m2",
      with: "        dose: {low: 300, high: 500}\n        unit: mg/qm",
      says: "conduct.yaml:46:15: error: 'qm' in 'mg/qm' (at character 4) is no UCUM unit. Use a code of "
        + "https://unitsofmeasure.org. Correct it here. [invalid-unit]"),
    PlantedMistake(
      "low limit above the high one", in: "conduct.yaml", replace: "afterLastDose: {low: 2, high: 14}",
      with: "afterLastDose: {low: 14, high: 2}",
      says: "conduct.yaml:51:20: error: The low limit (14) is above the high one (2). Exchange or correct them. "
        + "[limits-crossed]"),
    PlantedMistake(
      "low dose above the high one", in: "product.yaml", replace: "  smallestPerKg: 100000\n",
      with: "  smallestPerKg: 1000000\n",
      says: "product.yaml:170:3: error: The low limit (1000000) is above the high one (300000). Exchange or "
        + "correct them. [limits-crossed]"),
    PlantedMistake(
      "renal steps in the wrong order", in: "conduct.yaml", replace: "{clearanceFrom: 30, percent: 60}",
      with: "{clearanceFrom: 60, percent: 60}",
      says: "conduct.yaml:43:13: error: This step begins at 60 mL/min, the one before it at 50. Write the steps "
        + "from the best clearance down. [steps-crossed]"),
    PlantedMistake(
      "hours that reach further back than the days", in: "conduct.yaml", replace: "valuesValid: {days: 2, hours: 48}",
      with: "valuesValid: {days: 1, hours: 48}",
      says:
        "conduct.yaml:89:18: error: ‘hours: 48’ reaches back further than ‘days: 1’, and older values never count. "
        + "Write so many days that the hours lie within them. [limits-crossed]"),
    PlantedMistake(
      "days of an exception that are no number", in: "conduct.yaml", replace: "pericardialEffusion: 90",
      with: "pericardialEffusion: ninety",
      says: "conduct.yaml:82:68: error: Expected a whole number of days for ‘pericardialEffusion’, found "
        + "‘ninety’. Write digits only. [expected-number]"),
    PlantedMistake(
      "key that nobody knows", in: "conduct.yaml", replace: "    validDays: 28 #", with: "    validDay: 28 #",
      says: "conduct.yaml:14:5: error: ‘eligibility’ has no key ‘validDay’. Did you mean ‘validDays’? "
        + "[unknown-key]"),
    PlantedMistake(
      "limit that is missing", in: "safety.yaml",
      replace: "  answerHours: 72 # the principal investigator answers a question\n", with: "",
      says: "safety.yaml:11:3: error: ‘doseLimitingToxicity’ has no ‘answerHours’. Add ‘answerHours: ...’. "
        + "[missing-key]"),
    PlantedMistake(
      "number out of its range", in: "conduct.yaml", replace: "    count: 12\n", with: "    count: 0\n",
      says: "conduct.yaml:9:12: error: ‘count’ is 0, and must be 1 to 100000. Correct the number. [out-of-range]"),
    PlantedMistake(
      "custody step that is not there", in: "product.yaml", replace: "after: [labelled]", with: "after: [labeled]",
      says: "product.yaml:12:94: error: There is no custody step ‘labeled’. Did you mean ‘labelled’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "custody step that no way leads to", in: "product.yaml", replace: "after: [manufacturingStarted]}",
      with: "after: [harvested]}",
      says:
        "product.yaml:53:12: error: No way leads from the beginning of custody to the step ‘harvested’. "
        + "Name under ‘after:’ a step that can come before it. [unreachable-step]"),
    PlantedMistake(
      "custody step twice", in: "product.yaml", replace: "- {id: infused, ", with: "- {id: infusedInPart, ",
      says: "product.yaml:125:12: error: The custody step ‘infusedInPart’ is there already, on line 124. Give "
        + "one of the two another id, or remove it. [duplicate]"),
    PlantedMistake(
      "custody step somewhere else", in: "product.yaml", replace: "place: transport, after: [packed]",
      with: "place: transports, after: [packed]",
      says: "product.yaml:19:83: error: ‘transports’ is no ‘place’. Did you mean ‘transport’? [unknown-word]"),
    PlantedMistake(
      "temperatures exchanged", in: "product.yaml", replace: "temperature: {low: 2, high: 8}",
      with: "temperature: {low: 8, high: 2}",
      says: "product.yaml:18:20: error: The low limit (8) is above the high one (2). Exchange or correct them. "
        + "[limits-crossed]"),
    PlantedMistake(
      "release test of an unknown kind", in: "product.yaml", replace: "      kind: conforms",
      with: "      kind: conform",
      says:
        "product.yaml:237:13: error: ‘conform’ is no ‘kind’. Did you mean ‘conforms’? [unknown-word]"),
    PlantedMistake(
      "release test without a limit", in: "product.yaml", replace: "      unit: \"[EU]/mL\"\n      high: 5\n",
      with: "      unit: \"[EU]/mL\"\n",
      says: "product.yaml:225:11: error: The release test ‘endotoxin’ is a quantity without a unit or without a "
        + "limit. Add ‘unit:’, and ‘low:’ or ‘high:’. [no-limit]"),
    PlantedMistake(
      "release test whose limits are crossed", in: "product.yaml", replace: "      low: 100000\n",
      with: "      low: 400000\n",
      says: "product.yaml:181:7: error: The low limit (400000) is above the high one (300000). Exchange or "
        + "correct them. [limits-crossed]"),
    PlantedMistake(
      "release test that nobody sources", in: "product.yaml",
      replace: "      source: PMC6319086, table 2, replication-competent lentivirus absent\n", with: "",
      says: "product.yaml:231:7: error: A release test has no ‘source’. Add ‘source: ...’. [missing-key]"),
    PlantedMistake(
      "release test needed for an interim result and not there", in: "product.yaml",
      replace: "interimNeeds: [gramStain]", with: "interimNeeds: [gramStains]",
      says: "product.yaml:221:22: error: There is no release test ‘gramStains’. Did you mean ‘gramStain’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "clock without a term", in: "safety.yaml", replace: "      hours: 24\n", with: "",
      says: "safety.yaml:46:11: error: The clock ‘siteToSponsor’ needs hours or days, and not both. Write "
        + "‘hours:’ or ‘days:’. [no-limit]"),
    PlantedMistake(
      "probability above 1", in: "safety.yaml", replace: "  probability: 0.80", with: "  probability: 80",
      says: "safety.yaml:19:16: error: ‘probability’ is 80, and must be 0 to 1. Correct the number. "
        + "[out-of-range]"),
    PlantedMistake(
      "quorum of more than all", in: "safety.yaml", replace: "quorum: {of: 2, outOf: 3}",
      with: "quorum: {of: 4, outOf: 3}",
      says: "safety.yaml:35:11: error: The low limit (4) is above the high one (3). Exchange or correct them. "
        + "[limits-crossed]"),
    PlantedMistake(
      "interval that is no number", in: "safety.yaml", replace: "daysAfterFirst: [28, 28, 28]",
      with: "daysAfterFirst: [28, four weeks, 28]",
      says: "safety.yaml:6:24: error: Expected a whole number in ‘daysAfterFirst’, found ‘four weeks’. Write "
        + "digits only. [expected-number]"),
  ]
}
