extension PlantedMistake {
  /// Mistakes in a form that show when it is read, or compared with the dictionary.
  static let inForms: [PlantedMistake] = [
    PlantedMistake(
      "key of an item that nobody knows", in: "forms/measures.yaml", replace: "    critical: true",
      with: "    crucial: true",
      says: "forms/measures.yaml:27:5: error: An item has no key ‘crucial’. Its keys are: id, label, help, "
        + "section, type, concept, gives, units, codes, possible, usual, dated, shown, required, calculated, "
        + "critical. [unknown-key]"),
    PlantedMistake(
      "truth value that is none", in: "forms/measures.yaml", replace: "    critical: true", with: "    critical: yes",
      says: "forms/measures.yaml:27:15: error: Expected true or false for ‘critical’ of an item, found ‘yes’. Write "
        + "true or false. [expected-flag]"),
    PlantedMistake(
      "form that nothing asks for", in: "forms/measures.yaml", replace: "words: closely monitored for safety\n",
      with: "",
      says: "forms/measures.yaml:1:1: error: Nothing says why this form is asked for. Quote the source "
        + "(‘words:’), or name the provisional item that it rests on (‘provisional:’). [no-origin]"),
    PlantedMistake(
      "words that the source does not say", in: "forms/measures.yaml", replace: "words: closely",
      with: "words: loosely",
      says: "forms/measures.yaml:7:8: error: source.md does not say ‘loosely monitored for safety’. Copy the "
        + "words from there, or name the provisional item that stands in for them. [misquoted]"),
    PlantedMistake(
      "provisional item of a form", in: "forms/pregnancy.yaml", replace: "provisional: registry-fields",
      with: "provisional: registry-field",
      says: "forms/pregnancy.yaml:8:14: error: There is no provisional item ‘registry-field’. Did you mean "
        + "‘registry-fields’? [unknown-reference]"),
    PlantedMistake(
      "file of another name", in: "forms/medicines.yaml", replace: "id: medicines\n", with: "id: medicine\n",
      says: "forms/medicines.yaml:1:5: error: The form ‘medicine’ stands in forms/medicines.yaml. A form's file "
        + "bears its id: rename one of the two. [file-name]"),
    PlantedMistake(
      "item twice", in: "forms/measures.yaml", replace: "- id: VSPOSOTH\n", with: "- id: VSPOS\n",
      says: "forms/measures.yaml:15:9: error: The item ‘VSPOS’ is there already, on line 11. Give one of the "
        + "two another id, or remove it. [duplicate]"),
    PlantedMistake(
      "check twice in the study", in: "forms/pregnancy.yaml", replace: "id: PREG-FUTURE", with: "id: VS-BMI-LOW",
      says: "forms/pregnancy.yaml:21:10: error: The check ‘VS-BMI-LOW’ is there already, on line 45 of "
        + "forms/measures.yaml. Give one of the two another id, or remove it. [duplicate]"),
    PlantedMistake(
      "id that cannot be one", in: "forms/pregnancy.yaml", replace: "id: PREG-FUTURE", with: "id: 1.FUTURE",
      says: "forms/pregnancy.yaml:21:10: error: ‘1.FUTURE’ cannot be the id of a check. Use a letter, then "
        + "letters, digits, ‘_’ and ‘-’; ‘log’ and ‘once’ are taken. [bad-id]"),
    PlantedMistake(
      "type of an item", in: "forms/measures.yaml", replace: "type: dateTime", with: "type: datetime",
      says: "forms/measures.yaml:10:45: error: ‘datetime’ is no ‘type’. Did you mean ‘dateTime’? [unknown-word]"),
    PlantedMistake(
      "concept that is not there", in: "forms/measures.yaml", replace: "concept: bodyWeight",
      with: "concept: bodyWeigth",
      says: "forms/measures.yaml:23:14: error: There is no concept ‘bodyWeigth’. Did you mean ‘bodyWeight’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "concept of another type", in: "forms/measures.yaml", replace: "concept: bodyTemperature",
      with: "concept: pregnancyTest",
      says: "forms/measures.yaml:39:11: error: ‘TEMP’ is quantity and gives ‘value’ of pregnancyTest. It can "
        + "be: code. [wrong-type]"),
    PlantedMistake(
      "unit that is no UCUM", in: "forms/measures.yaml", replace: "[kg, \"[lb_av]\"]", with: "[kg, pounds]",
      says: "forms/measures.yaml:24:17: error: 'pounds' is no UCUM unit. Use a code of "
        + "https://unitsofmeasure.org. Correct it here. [invalid-unit]"),
    PlantedMistake(
      "unit that the dictionary does not list", in: "forms/measures.yaml", replace: "[kg, \"[lb_av]\"]",
      with: "[kg, mg]",
      says: "forms/measures.yaml:24:17: error: The dictionary lists no unit ‘mg’ for ‘bodyWeight’. Use one of: "
        + "kg, g, [lb_av]; or add it there with its conversion. [unlisted-unit]"),
    PlantedMistake(
      "unit of another kind", in: "forms/medicines.yaml", replace: "units: [mg/d, g/d]", with: "units: [mg/d, mL/d]",
      says: "forms/medicines.yaml:13:80: error: ‘mL/d’ does not measure what ‘mg/d’ does. Use units of one "
        + "kind. [wrong-unit]"),
    PlantedMistake(
      "quantity without units", in: "forms/measures.yaml", replace: "    units: [kg/m2]\n", with: "",
      says: "forms/measures.yaml:31:11: error: The quantity ‘BMI’ has no units to choose from. Add ‘units: "
        + "[...]’. [no-units]"),
    PlantedMistake(
      "units of what is no quantity", in: "forms/pregnancy.yaml", replace: "type: date}",
      with: "type: date, units: [d]}",
      says: "forms/pregnancy.yaml:11:63: error: ‘PREGDTC’ is date and has units. Remove them, or write ‘type: "
        + "quantity’. [no-effect]"),
    PlantedMistake(
      "code of another concept", in: "forms/pregnancy.yaml", replace: "positive: Positive", with: "positiv: Positive",
      says: "forms/pregnancy.yaml:16:13: error: ‘positiv’ is no code of pregnancyTest in the dictionary. Did "
        + "you mean ‘positive’? [wrong-code]"),
    PlantedMistake(
      "code without words", in: "forms/pregnancy.yaml",
      replace: "{positive: Positive, negative: Negative, indeterminate: Indeterminate}", with: "[positive, negative]",
      says: "forms/pregnancy.yaml:16:13: error: Nobody reads what ‘positive’ means: it has no words. Write "
        + "‘positive: its words’. [no-words]",
      "forms/pregnancy.yaml:16:23: error: Nobody reads what ‘negative’ means: it has no words. Write "
        + "‘negative: its words’. [no-words]"),
    PlantedMistake(
      "code item without codes", in: "forms/measures.yaml",
      replace: "    codes: {SITTING: Sitting, LYING: Lying, OTHER: Other}\n", with: "",
      says: "forms/measures.yaml:13:11: error: ‘VSPOS’ has no codes to choose from. Add ‘codes:’. [no-codes]"),
    PlantedMistake(
      "codes of a text", in: "forms/measures.yaml", replace: "type: code", with: "type: text",
      says: "forms/measures.yaml:14:12: error: ‘VSPOS’ is text and has codes to choose from. Remove them, or "
        + "write ‘type: code’. [no-effect]"),
    PlantedMistake(
      "reason that is none of the dictionary's", in: "forms/medicines.yaml", replace: "relapse,", with: "hemoglobin,",
      says: "forms/medicines.yaml:18:47: error: ‘hemoglobin’ is no code of MedicationStatement in the "
        + "dictionary. Use one of: inadequate-response, intolerance, contraindication, relapse, "
        + "adequate-response, completed-as-planned, other. [wrong-code]"),
    PlantedMistake(
      "usual values beyond the possible", in: "forms/measures.yaml", replace: "possible: {low: 20,",
      with: "possible: {low: 50,",
      says: "forms/measures.yaml:26:12: error: Usual values of ‘WEIGHT’ reach beyond the possible ones. Write "
        + "possible limits that contain the usual ones. [limits-crossed]"),
    PlantedMistake(
      "limits exchanged", in: "forms/measures.yaml", replace: "usual: {low: 35, high: 39}",
      with: "usual: {low: 39, high: 35}",
      says: "forms/measures.yaml:42:12: error: The low limit (39) is above the high one (35). Exchange or "
        + "correct them. [limits-crossed]"),
    PlantedMistake(
      "range of a text", in: "forms/measures.yaml", replace: "    shown: VSPOS = 'OTHER'",
      with: "    usual: {low: 1, high: 2}",
      says: "forms/measures.yaml:18:12: error: ‘VSPOSOTH’ is text and has no range. Remove it, or write ‘type: "
        + "quantity’. [no-effect]"),
    PlantedMistake(
      "role that its resource does not have", in: "forms/measures.yaml", replace: "concept: bodyHeight,",
      with: "concept: bodyHeight, gives: severity,",
      says: "forms/measures.yaml:28:82: error: ‘severity’ is nothing that a form gives of Observation. Say what "
        + "of it ‘HEIGHT’ gives, or ‘nothing’. [wrong-role]"),
    PlantedMistake(
      "role of nothing", in: "forms/pregnancy.yaml", replace: "type: date}", with: "type: date, gives: start}",
      says: "forms/pregnancy.yaml:11:63: error: ‘PREGDTC’ gives ‘start’ of nothing. Name its concept, or the "
        + "‘resource’ of the form. [no-resource]"
    ),
    PlantedMistake(
      "component of no instrument", in: "forms/measures.yaml", replace: "concept: bodyHeight,",
      with: "concept: bodyHeight, gives: component,",
      says: "forms/measures.yaml:28:82: error: ‘bodyHeight’ is an item of no instrument. Write ‘gives: value’, "
        + "or name its instrument in the column item_of. [wrong-role]"),
    PlantedMistake(
      "resource that is none", in: "forms/medicines.yaml", replace: "resource: MedicationStatement",
      with: "resource: MedicationStatements",
      says: "forms/medicines.yaml:6:11: error: No concept of the dictionary is recorded as "
        + "‘MedicationStatements’. Did you mean ‘MedicationStatement’? [unknown-reference]"),
    PlantedMistake(
      "date that is none", in: "forms/measures.yaml", replace: "dated: VSDTC", with: "dated: VSPOS",
      says: "forms/measures.yaml:6:8: error: ‘VSPOS’ says when it was so and is code, not a date. Name an item "
        + "of type date, partialDate or dateTime. [wrong-type]"),
    PlantedMistake(
      "date that is not there", in: "forms/measures.yaml", replace: "dated: VSDTC", with: "dated: VSDT",
      says: "forms/measures.yaml:6:8: error: There is no item ‘VSDT’. Did you mean ‘VSDTC’? [unknown-reference]"),
    PlantedMistake(
      "calculated item that is required", in: "forms/measures.yaml", replace: "    calculated: >-",
      with: "    required: always\n    calculated: >-",
      says: "forms/measures.yaml:34:15: error: ‘BMI’ is calculated, and nobody can be required to answer it. "
        + "Remove ‘required’; require the items that it is calculated from. [no-effect]"),
    PlantedMistake(
      "item of a check that is not there", in: "forms/measures.yaml", replace: "items: [WEIGHT, HEIGHT]",
      with: "items: [WEIGHT, HIGHT]",
      says: "forms/measures.yaml:48:21: error: There is no item ‘HIGHT’. Did you mean ‘HEIGHT’? "
        + "[unknown-reference]"),
  ]

  /// Mistakes in the schedule.
  static let inSchedule: [PlantedMistake] = [
    PlantedMistake(
      "anchor that is none", in: "schedule.yaml", replace: "anchor: consent", with: "anchor: consents",
      says: "schedule.yaml:9:13: error: ‘consents’ is no ‘anchor’. Did you mean ‘consent’? [unknown-word]"),
    PlantedMistake(
      "visit without a day", in: "schedule.yaml", replace: "    day: 28\n", with: "",
      says: "schedule.yaml:21:5: error: A visit has no ‘day’. Add ‘day: ...’. [missing-key]"),
    PlantedMistake(
      "day of an unscheduled visit", in: "schedule.yaml", replace: "anchor: unscheduled,",
      with: "anchor: unscheduled, day: 1,",
      says: "schedule.yaml:40:117: error: An unscheduled visit has no ‘day’. Remove it, or name the anchor that "
        + "it counts from. [no-effect]"),
    PlantedMistake(
      "window without the planned day", in: "schedule.yaml", replace: "window: {low: 0, high: 3}",
      with: "window: {low: 1, high: 3}",
      says: "schedule.yaml:27:13: error: The window 1 to 3 leaves out the planned day. Count days before it as "
        + "negative and days after it as positive. [out-of-range]"),
    PlantedMistake(
      "visit twice", in: "schedule.yaml", replace: "- id: D28\n", with: "- id: D0\n",
      says: "schedule.yaml:21:9: error: The visit ‘D0’ is there already, on line 12. Give one of the two "
        + "another id, or remove it. [duplicate]"),
    PlantedMistake(
      "visit with a name that is taken", in: "schedule.yaml", replace: "- id: SCR\n", with: "- id: log\n",
      says: "schedule.yaml:5:9: error: ‘log’ cannot be the id of a visit. Use a letter, then letters, digits, "
        + "‘_’ and ‘-’; ‘log’ and ‘once’ are taken. [bad-id]"),
    PlantedMistake(
      "activity that is not there", in: "schedule.yaml", replace: "activities: [measures, pregnancy]",
      with: "activities: [measure, pregnancy]",
      says: "schedule.yaml:11:18: error: There is no activity ‘measure’. Did you mean ‘measures’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "form that is not there", in: "schedule.yaml", replace: "forms: [measures]", with: "forms: [measure]",
      says: "schedule.yaml:43:59: error: There is no form ‘measure’. Did you mean ‘measures’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "minutes out of order", in: "schedule.yaml", replace: "[-30, 0, 15, 60]", with: "[-30, 15, 0, 60]",
      says: "schedule.yaml:20:43: error: Minute 0 comes after minute 15 in this list. Write the minutes from "
        + "the first to the last, each once. [steps-crossed]"),
    PlantedMistake(
      "times of a form that is filled once", in: "schedule.yaml",
      replace: "{id: measures, minutes: [-30, 0, 15, 60], fromInfusion: true}",
      with:
        "{id: measures, minutes: [0], fromInfusion: true}\n      - {id: pregnancy, minutes: [0, 60], fromInfusion: true}",
      says: "schedule.yaml:21:14: error: ‘pregnancy’ is planned for several times, and none of its forms is "
        + "repeated. Write ‘occurs: repeated’ in one of its forms, or remove ‘minutes’. [no-effect]"),
    PlantedMistake(
      "infusion of another day", in: "schedule.yaml", replace: "    day: 0\n", with: "    day: 1\n",
      says: "schedule.yaml:20:14: error: ‘D0’ is not the day of the infusion, from which ‘fromInfusion’ counts. "
        + "Remove ‘fromInfusion’, or plan it on day 0 of the anchor dayZero. [no-effect]"),
    PlantedMistake(
      "activity planned twice", in: "schedule.yaml", replace: "activities: [measures]\n    applies",
      with: "activities: [measures, measures]\n    applies",
      says: "schedule.yaml:29:28: error: The visit ‘D28’ plans ‘measures’ twice. Write all its minutes in one "
        + "entry. [duplicate]"),
    PlantedMistake(
      "activity that no visit plans", in: "schedule.yaml", replace: "activities:\n  - {id: measures,",
      with: "activities:\n  - {id: spare, title: Spare, forms: [measures]}\n  - {id: measures,",
      says: "schedule.yaml:43:10: error: No visit plans the activity ‘spare’. Add it to a visit, or remove it. "
        + "[unused]"),
    PlantedMistake(
      "last visit that is not there", in: "schedule.yaml", replace: "- id: M24\n", with: "- id: M25\n",
      says: "schedule.yaml:1:1: error: There is no visit ‘M24’, which completes the study by conduct.yaml. Did "
        + "you mean ‘M25’? [unknown-reference]"),
    PlantedMistake(
      "origin that is missing", in: "schedule.yaml", replace: "provisional: registry-fields\n", with: "",
      says: "schedule.yaml:3:1: error: Nothing says where these come from: SCR, D0, D28, UNS, measures, "
        + "pregnancy. Quote the source (‘source:’) or name the provisional item that they rest on "
        + "(‘provisional:’), at each or at the top of the file. [no-origin]"),
    PlantedMistake(
      "applies to nobody in particular", in: "schedule.yaml", replace: "    applies: Inclusion.INC-1",
      with: "    applies: INC-1",
      says: "schedule.yaml:30:14: error: ‘INC-1’ names no definition of a library. Write Library.definition, "
        + "such as Schedule.is SSc. [unknown-reference]"),
  ]

  /// Mistakes that show in the libraries.
  static let inExpressions: [PlantedMistake] = [
    PlantedMistake(
      "name that is no item, in a folded block", in: "forms/measures.yaml", replace: "        / (HEIGHT * HEIGHT)",
      with: "        / (HEIGHT * HIGHT)",
      says: "forms/measures.yaml:36:21: error: 'HIGHT' is not defined. Did you mean 'HEIGHT'? [cql]"),
    PlantedMistake(
      "library that does not know it, in a literal block", in: "forms/measures.yaml",
      replace: "and cohort = 'ssc' and TEMP", with: "and Inclusion.\"INC-111\" and TEMP",
      says: "forms/measures.yaml:52:22: error: The library 'Inclusion' has no 'INC-111'. Did you mean 'INC-1'? "
        + "[cql]"),
    PlantedMistake(
      "cohort that the study does not have", in: "forms/measures.yaml", replace: "cohort = 'ssc'",
      with: "cohort = 'scc'",
      says: "forms/measures.yaml:52:22: error: There is no cohort ‘scc’. Did you mean ‘ssc’? [unknown-reference]"),
    PlantedMistake(
      "visit that the schedule does not have", in: "forms/measures.yaml", replace: "visit = 'D28'",
      with: "visit = 'D27'",
      says: "forms/measures.yaml:51:15: error: There is no visit ‘D27’. Did you mean ‘D28’? [unknown-reference]"),
    PlantedMistake(
      "expression that does not end, in double quotes", in: "forms/medicines.yaml",
      replace: "\"CMENDTC before CMSTDTC\"", with: "\"CMENDTC before \\\"CMSTDTC\\\" 5\"",
      says: "forms/medicines.yaml:22:40: error: Expected the end of the expression, found '5'. [cql]"),
    PlantedMistake(
      "quote that never ends, in single quotes", in: "forms/pregnancy.yaml",
      replace: "required: Patient.gender = 'female'",
      with: "required: 'Patient.gender = ''female'",
      says: "forms/pregnancy.yaml:18:33: error: This text in quotes never ends. Close it with '. [cql]",
      "forms/pregnancy.yaml:18:41: error: Expected an expression, found the end of the text. [cql]"),
    PlantedMistake(
      "condition that is no truth value", in: "forms/pregnancy.yaml", replace: "shown: Patient.gender = 'female'",
      with: "shown: Patient.birthDate",
      says: "forms/pregnancy.yaml:17:12: error: This expression is FHIR.date, not Boolean. Write one that is "
        + "Boolean. [cql]"),
    PlantedMistake(
      "calculation of another type", in: "forms/measures.yaml", replace: "        / (HEIGHT * HEIGHT)",
      with: "        is null",
      says: "forms/measures.yaml:35:7: error: This expression is Boolean, not Quantity. Write one that is "
        + "Quantity. [cql]",
      "forms/measures.yaml:46:16: error: No signature of '<' takes (Boolean, Quantity). It takes "
        + "(Integer, Integer), (Long, Long), (Decimal, Decimal), (String, String), (Date, Date), (DateTime, "
        + "DateTime) and more. [cql]"),
    PlantedMistake(
      "calculation that goes in a circle", in: "forms/measures.yaml", replace: "        / (HEIGHT * HEIGHT)",
      with: "        / BMI",
      says: "forms/measures.yaml:36:11: error: 'BMI' refers to itself. Recursion is not part of CQL; break the "
        + "circle of definitions. [cql]"),
    PlantedMistake(
      "item with the name of a library", in: "forms/measures.yaml",
      replace: "- {id: VSDTC, label: Date and time, type: dateTime,",
      with: "- {id: Inclusion, label: Date, type: dateTime}\n  - {id: VSDTC, label: Date and time, type: dateTime,",
      says: "forms/measures.yaml:10:10: error: 'Inclusion' is declared twice: it is an included library "
        + "already. Rename one. [cql]"),
    PlantedMistake(
      "definition of whom a visit applies to", in: "schedule.yaml", replace: "    applies: Inclusion.INC-1",
      with: "    applies: Inclusion.INC-11",
      says: "schedule.yaml:30:14: error: The library ‘Inclusion’ defines no ‘INC-11’. Did you mean ‘INC-1’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "concept that no form collects", in: "forms/allProcedure.yaml", replace: "plasmaExchange, ", with: "",
      says: "concepts.csv:304:1: error: No form collects ‘plasmaExchange’, asked for by EXC-4, washOutKept. Add "
        + "an item with this concept to a form in forms/, or its code to the codes of one. [not-in-a-form]"),
  ]
}
