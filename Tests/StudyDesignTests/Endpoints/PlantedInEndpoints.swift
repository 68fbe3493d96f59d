extension PlantedMistake {
  /// Mistakes in `endpoints.yaml`.
  static let inEndpoints: [PlantedMistake] = [
    PlantedMistake(
      "key of a part that nobody knows", in: "endpoints.yaml", replace: "  days: 28\n", with: "  day: 28\n",
      says: "endpoints.yaml:73:3: error: ‘context’ has no key ‘day’. Did you mean ‘days’? "
        + "[unknown-key]"),
    PlantedMistake(
      "part without an origin", in: "endpoints.yaml", replace: "provisional: response-definitions\n", with: "",
      says: "endpoints.yaml:81:5: error: Nothing says where this part comes from. Quote the source (‘source:’) "
        + "or name the provisional item that it rests on (‘provisional:’), here or at the top of the file. [no-origin]"),
    PlantedMistake(
      "provisional item that is not there", in: "endpoints.yaml", replace: "provisional: b-cell-thresholds",
      with: "provisional: b-cells-thresholds",
      says: "endpoints.yaml:343:16: error: There is no provisional item ‘b-cells-thresholds’. Did you "
        + "mean ‘b-cell-thresholds’? [unknown-reference]"),
    PlantedMistake(
      "visit that is not there", in: "endpoints.yaml", replace: "{id: M2, visit: M2,", with: "{id: M2, visit: M02,",
      says: "endpoints.yaml:15:21: error: There is no visit ‘M02’. Did you mean ‘M12’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "form that is not there", in: "endpoints.yaml", replace: "pga: lupusGlobal.PGA", with: "pga: lupusGlobals.PGA",
      says: "endpoints.yaml:103:16: error: There is no form ‘lupusGlobals’. Did you mean "
        + "‘lupusGlobal’? [unknown-reference]"),
    PlantedMistake(
      "item that is not there", in: "endpoints.yaml", replace: "pga: lupusGlobal.PGA", with: "pga: lupusGlobal.PGAA",
      says: "endpoints.yaml:103:16: error: The form ‘lupusGlobal’ has no item ‘PGAA’. Did you mean "
        + "‘PGA’? [unknown-reference]"),
    PlantedMistake(
      "text that names no item", in: "endpoints.yaml", replace: "pga: lupusGlobal.PGA", with: "pga: PGA",
      says: "endpoints.yaml:103:16: error: ‘PGA’ names no item of a form. Write form.ITEM, such as "
        + "spirometry.REORRES_FVCPP. [unknown-reference]"),
    PlantedMistake(
      "answer of another kind", in: "endpoints.yaml", replace: "pga: lupusGlobal.PGA", with: "pga: lupusGlobal.LUP_NEW",
      says: "endpoints.yaml:103:11: error: ‘pga’ takes a number, not yes or no. Name another source "
        + "for it. [wrong-type]"),
    PlantedMistake(
      "medicines that go on in a form that does not list them", in: "endpoints.yaml",
      replace: "    continuedIn: concomitantMedication # said before the infusion; what it says there holds after it\n"
        + "    dose: CMDOSTOT\n  - form: priorTreatment",
      with: "    continuedIn: priorTreatment\n    dose: CMDOSTOT\n  - form: priorTreatment",
      says: "endpoints.yaml:43:18: error: ‘priorTreatment’ is no form of medicines that is kept up to date. "
        + "Name one of concomitantMedication, a form of this list without continuedIn. [unknown-continuation]"),
    PlantedMistake(
      "day that is no date", in: "endpoints.yaml", replace: "{item: responseContext.RSFLARE, day: RSFLAREDTC}",
      with: "{item: responseContext.RSFLARE, day: RSFLARE}",
      says: "endpoints.yaml:59:45: error: ‘responseContext.RSFLARE’ is boolean and stands for the day "
        + "of a flare. It can be: date, partialDate, dateTime. [wrong-type]"),
    PlantedMistake(
      "instrument that is not there", in: "endpoints.yaml", replace: "instrument: neda3", with: "instrument: neda4",
      says: "endpoints.yaml:328:21: error: There is no instrument ‘neda4’. Did you mean ‘neda3’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "key that the instrument does not have", in: "endpoints.yaml", replace: "          relapses: {",
      with: "          relapse: {",
      says: "endpoints.yaml:330:11: error: There is no key of neda3 ‘relapse’. Did you mean "
        + "‘relapses’? [unknown-reference]"),
    PlantedMistake(
      "key that nothing fills", in: "endpoints.yaml",
      replace: "          newBilagB: lupusGlobal.LUP_BILAGB\n", with: "",
      says: "endpoints.yaml:119:21: error: Nothing fills these keys of sri4: newBilagB. Say where "
        + "each answer comes from, or ‘notCollected:’ with what follows from that. [key-not-filled]"),
    PlantedMistake(
      "key that is said not to be collected", in: "endpoints.yaml",
      replace: "          newBilagB: lupusGlobal.LUP_BILAGB\n",
      with: "          newBilagB: {notCollected: Without BILAG the SRI-4 cannot be reported}\n"),
    PlantedMistake(
      "answer from two places", in: "endpoints.yaml", replace: "mmtMax: {constant: 150}",
      with: "mmtMax: {constant: 150, prednisone: mg/d}",
      says: "endpoints.yaml:233:19: error: This answer comes from both ‘prednisone’ and ‘constant’. "
        + "Write one of: item, mean, score, pick, prednisone, constant, result, course, count, sum, "
        + "notCollected. [no-answer]"),
    PlantedMistake(
      "constant that the instrument does not take", in: "endpoints.yaml", replace: "mmtMax: {constant: 150}",
      with: "mmtMax: {constant: 140}",
      says: "endpoints.yaml:233:11: error: ‘140’ is no answer to ‘mmtMax’ (Highest score of that "
        + "muscle testing; 150 if not told). Write one that the instrument takes. [wrong-type]"),
    PlantedMistake(
      "score that the instrument does not give", in: "endpoints.yaml",
      replace: "activity: {title: ESSDAI, score: essdai.total}",
      with: "activity: {title: ESSDAI, score: essdai.totals}",
      says: "endpoints.yaml:250:38: error: There is no value of essdai ‘totals’. Did you mean "
        + "‘total’? [unknown-reference]"),
    PlantedMistake(
      "measurement to pick that is not there", in: "endpoints.yaml", replace: "enzymeName: {pick: enzyme,",
      with: "enzymeName: {pick: enzymes,",
      says: "endpoints.yaml:236:11: error: There is no pick ‘enzymes’. Did you mean ‘enzyme’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "result of a later evaluation", in: "endpoints.yaml", replace: "{result: disability.confirmedProgression}",
      with: "{result: neda3.result}",
      says: "endpoints.yaml:331:11: error: There is no earlier evaluation ‘neda3’. Use one of: "
        + "disability. [unknown-reference]"),
    PlantedMistake(
      "count without a beginning", in: "endpoints.yaml", replace: "    rebaseline: mri.NVREBASE\n", with: "",
      says: "endpoints.yaml:329:11: error: Nothing says from when on ‘relapses’ is counted. Name the "
        + "answer that marks a new baseline (‘rebaseline:’) in this cohort. [no-answer]",
      "endpoints.yaml:331:11: error: Nothing says from when on ‘newOrEnlargingT2Lesions’ is "
        + "counted. Name the answer that marks a new baseline (‘rebaseline:’) in this cohort. "
        + "[no-answer]",
      "endpoints.yaml:332:11: error: Nothing says from when on ‘gdEnhancingLesions’ is counted. "
        + "Name the answer that marks a new baseline (‘rebaseline:’) in this cohort. [no-answer]"),
    PlantedMistake(
      "outcome of no value", in: "endpoints.yaml", replace: "output: improved,", with: "output: improve,",
      says: "endpoints.yaml:171:85: error: There is no value of criss2016 ‘improve’. Did you mean "
        + "‘improved’? [unknown-reference]"),
    PlantedMistake(
      "remission by an outcome that is not there", in: "endpoints.yaml", replace: "remission: {met: [doris],",
      with: "remission: {met: [dorris],",
      says: "endpoints.yaml:130:23: error: There is no outcome ‘dorris’. Did you mean ‘doris’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "reason that the form does not offer", in: "endpoints.yaml", replace: "forDisease: [TARGET DISEASE]",
      with: "forDisease: [THE DISEASE]",
      says: "endpoints.yaml:35:18: error: There is no answer to concomitantMedication.CMREAS ‘THE "
        + "DISEASE’. Add it to forms/concomitantMedication.yaml. [unknown-reference]"),
    PlantedMistake(
      "set of medicines that is not there", in: "endpoints.yaml", replace: "excluded: [GC, IS, DMT]",
      with: "excluded: [GC, IS, DMD]",
      says: "endpoints.yaml:63:22: error: There is no concept or set ‘DMD’. Did you mean ‘DMT’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "cohort that is not there", in: "endpoints.yaml", replace: "  - id: aiha\n", with: "  - id: aihaa\n",
      says: "endpoints.yaml:92:3: error: The cohort ‘aiha’ has no endpoints. Add it under ‘cohorts:’. "
        + "[no-endpoints]",
      "endpoints.yaml:287:9: error: There is no cohort ‘aihaa’. Did you mean ‘aiha’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "analysis set that is not defined", in: "endpoints.yaml",
      replace:
        "  - {id: enrolled, title: Enrolled, definition: A slot was allotted, provisional: analysis-sets}\n",
      with: "",
      says: "endpoints.yaml:352:3: error: The analysis set ‘enrolled’ has no definition. Add it under "
        + "‘sets:’ with the words that stand beside its results. [missing-set]"),
    PlantedMistake(
      "analysis set that nobody can form", in: "endpoints.yaml", replace: "  - id: dltEvaluable\n",
      with: "  - id: dltEvaluables\n",
      says: "endpoints.yaml:363:9: error: There is no analysis set ‘dltEvaluables’. Did you mean "
        + "‘dltEvaluable’? [unknown-word]"),
    PlantedMistake(
      "outcome twice", in: "endpoints.yaml", replace: "{id: skinWorsening,", with: "{id: skinImprovement,",
      says: "endpoints.yaml:151:18: error: The outcome ‘skinImprovement’ is there already, on line "
        + "150. Give one of the two another id, or remove it. [duplicate]",
      "endpoints.yaml:213:26: error: There is no outcome ‘skinWorsening’. Use one of: "
        + "skinImprovement, ildProgression, criss, rcriss25, rcriss50. "
        + "[unknown-reference]"),
  ]
}
