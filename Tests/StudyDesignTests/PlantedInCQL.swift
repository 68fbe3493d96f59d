extension PlantedMistake {
  /// Mistakes in the libraries, or between them and the other files.
  static let inCQL = [
    PlantedMistake(
      "limit that is not the one in the words", in: "library/Inclusion.cql",
      replace: "Measured.AtLeast(\"lvef\", 50 '%')", with: "Measured.AtLeast(\"lvef\", 45 '%')",
      says:
        "library/Inclusion.cql:225:8: error: The words of ‘INC-5.5 LVEF’ (@says) name 50, which its expression does not. Say what the "
        + "expression decides, or correct the expression; if both are right, add a line ‘@reckons:’ that says how the one number "
        + "follows from the other. [says-another-number]"),
    PlantedMistake(
      "part that its criterion forgets", in: "library/Exclusion.cql", replace: "or \"EXC-9 hepatitis C\" or",
      with: "or",
      says:
        "library/Exclusion.cql:358:8: error: ‘EXC-9 hepatitis C’ is a part (@part) that no definition refers to, so "
        + "it decides nothing. Refer to it in its criterion, or delete it. [unused-part]"),
    PlantedMistake(
      "tag that names no definition", in: "library/Treatments.cql", replace: "@endsBy: EXC-4 cladribine end by",
      with: "@endsBy: EXC-4 cladribine ends by",
      says:
        "library/Treatments.cql:171:8: error: ‘EXC-4 cladribine’ names ‘EXC-4 cladribine ends by’ (@endsBy), which "
        + "‘Treatments’ does not define. Name a definition of the same library, as it is written there. [unknown-definition]"
    ),
    PlantedMistake(
      "CQL that is no CQL", in: "library/Inclusion.cql", replace: "define \"INC-5.2\":", with: "defin \"INC-5.2\":",
      says:
        "library/Inclusion.cql:108:7: error: Expected 'define' or the end of the definition, found "
        + "\"INC-5.2\". [cql]"),
    PlantedMistake(
      "call of a function that does not exist", in: "library/Inclusion.cql",
      replace: "Measured.AtLeast(\"lvef\", 50 '%')", with: "Measured.AtLest(\"lvef\", 50 '%')",
      says:
        "library/Inclusion.cql:226:11: error: The library 'Measured' has no function 'AtLest'. Did you mean "
        + "'AtLeast'? [cql]"),
    PlantedMistake(
      "operand of the wrong type", in: "library/Inclusion.cql", replace: "Measured.AtLeast(\"lvef\", 50 '%')",
      with: "Measured.AtLeast(\"lvef\", 'fifty')",
      says:
        "library/Inclusion.cql:226:11: error: No signature of 'AtLeast' takes (ValueSet, String). It takes "
        + "(ValueSet, Quantity). [cql]"),
    PlantedMistake(
      "library that is not there", in: "library/CohortSS.cql", replace: "include Truth version '1.0'",
      with: "include Thruth version '1.0'",
      says:
        "library/CohortSS.cql:6:9: error: The library 'Thruth' version '1.0' was not found. Put Thruth.cql "
        + "beside this library, or remove the include. [cql]"),
    PlantedMistake(
      "definition that decides and is not there", in: "library/CohortSS.cql", replace: "define \"INC-3.4.4\":",
      with: "define \"INC-3.4.5\":",
      says:
        "criteria.yaml:306:43: error: The library ‘CohortSS’ defines no ‘INC-3.4.4’. Did you mean "
        + "‘INC-3.4.1’? [unknown-reference]"),
    PlantedMistake(
      "definition that decides and is no Boolean", in: "library/CohortSS.cql", replace: "define \"INC-3.4.4\":\n",
      with: "define \"INC-3.4.4\": 5\n\ndefine \"former INC-3.4.4\":\n",
      says:
        "library/CohortSS.cql:57:8: error: ‘INC-3.4.4’ decides INC-3.4.4 and is no Boolean. A criterion is "
        + "true, false or null. [not-boolean]"),
    PlantedMistake(
      "library of a criterion that is not there", in: "criteria.yaml",
      replace: "definition: {library: CohortSS, name: INC-3.4.4}",
      with: "definition: {library: CohortSSS, name: INC-3.4.4}",
      says:
        "criteria.yaml:306:27: error: There is no library ‘CohortSSS’. Did you mean ‘CohortSSc’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "value set that names no concept", in: "library/Inclusion.cql",
      replace: "'urn:tandem:concept:neutrophils'", with: "'urn:tandem:concept:neutrophiles'",
      says:
        "library/Inclusion.cql:17:26: error: The value set ‘urn:tandem:concept:neutrophiles’ is no concept "
        + "and no set of the data dictionary. Did you mean ‘neutrophils’? [unknown-reference]"),
    PlantedMistake(
      "value set of no set", in: "library/Inclusion.cql", replace: "'urn:tandem:set:IMM'",
      with: "'urn:tandem:set:IMMU'",
      says:
        "library/Inclusion.cql:16:59: error: The value set ‘urn:tandem:set:IMMU’ is no concept and no set "
        + "of the data dictionary. Did you mean ‘IMM’? [unknown-reference]"),
    PlantedMistake(
      "cohort that no study has, in a condition", in: "library/RenalDisease.cql",
      replace: "\"cohort\" = 'sle'", with: "\"cohort\" = 'slee'",
      says:
        "library/RenalDisease.cql:47:14: error: There is no cohort ‘slee’. Did you mean ‘sle’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "cohort that no study has, in a case", in: "library/Gates.cql", replace: "when 'sle' then",
      with: "when 'slee' then",
      says:
        "library/Gates.cql:208:10: error: There is no cohort ‘slee’. Did you mean ‘sle’? [unknown-reference]"),
    PlantedMistake(
      "answer that its concept does not have", in: "library/CohortSSc.cql", replace: "{ 'diffuse' }",
      with: "{ 'difuse' }",
      says:
        "library/CohortSSc.cql:55:45: error: ‘sscCutaneousSubset’ has no code ‘difuse’. Did you mean ‘diffuse’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "answer that no concept has", in: "library/Inclusion.cql", replace: "C.code in { 'sle',",
      with: "C.code in { 'slee',",
      says:
        "library/Inclusion.cql:320:27: error: ‘slee’ is no code of the data dictionary. Did you mean ‘sle’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "limit in another unit", in: "library/Inclusion.cql", replace: "60 'g/L'", with: "6 'g/dL'",
      says:
        "library/Inclusion.cql:104:34: error: The limit is in ‘g/dL’; ‘hemoglobin’ is compared in ‘g/L’. "
        + "Write the limit in ‘g/L’. [wrong-unit]"),
    PlantedMistake(
      "limit in a unit that is none", in: "library/Inclusion.cql", replace: "60 'g/L'", with: "60 'g/Ltr'",
      says:
        "library/Inclusion.cql:104:34: error: 'g/Ltr' is no unit. 'Ltr' in 'g/Ltr' (at character 3) is no UCUM unit. "
        + "Use a code of https://unitsofmeasure.org. [cql]"),
    PlantedMistake(
      "criterion of data that nobody collects", in: "study.yaml", replace: "AllergyIntolerance, Consent]",
      with: "AllergyIntolerance]",
      says:
        "library/Exclusion.cql:634:25: error: EXC-18 asks for Consent, which nobody collects. Add Consent "
        + "to ‘collects:’ in study.yaml, or ask for other data. [not-collected]",
      "library/Inclusion.cql:311:24: error: INC-8 asks for Consent, which nobody collects. Add Consent to "
        + "‘collects:’ in study.yaml, or ask for other data. [not-collected]"),
    PlantedMistake(
      "retrieve of a resource that does not hold the concept", in: "library/CohortSSc.cql",
      replace: "Recorded.Diagnosed([Condition: \"sscDiagnosis\"])",
      with: "Recorded.Diagnosed([Condition: \"sscAcrEular2013Met\"])",
      says:
        "library/CohortSSc.cql:38:22: error: INC-3.2.1 looks for ‘urn:tandem:concept:sscAcrEular2013Met’ "
        + "among the resources Condition; it is recorded as Observation. Retrieve that resource, or correct "
        + "the column resource of concepts.csv. [wrong-resource]"),
    PlantedMistake(
      "criterion that asks for no data", in: "library/Exclusion.cql", replace: "define \"EXC-20\":\n",
      with: "define \"EXC-20\": false\n\ndefine \"former EXC-20\":\n",
      says:
        "criteria.yaml:957:44: error: EXC-20 asks for no data: it is the same for everybody. Retrieve the "
        + "data that decide it. [no-data]"),
    PlantedMistake(
      "parameter that no library declares", in: "study.yaml", replace: "  - id: screeningWindowDays",
      with: "  - id: screeningWindow",
      says:
        "library/Measured.cql:31:11: error: The parameter ‘screeningWindowDays’ has no value. Give it one "
        + "in study.yaml under ‘parameters:’, or a default here. [unknown-reference]",
      "study.yaml:101:9: error: No library declares the parameter ‘screeningWindow’. Declare it there: "
        + "parameter \"screeningWindow\" Integer. [unknown-reference]"),
    PlantedMistake(
      "unit that is no UCUM", in: "concepts.csv", replace: ",Quantity,g/L,g/dL,g/dL=*10,",
      with: ",Quantity,g/Ltr,g/dL,g/dL=*10,",
      says:
        "concepts.csv:9:102: error: 'Ltr' in 'g/Ltr' (at character 3) is no UCUM unit. Use a code of "
        + "https://unitsofmeasure.org. Correct it in concepts.csv. [invalid-unit]",
      "library/Inclusion.cql:104:34: error: The limit is in ‘g/L’; ‘hemoglobin’ is compared in ‘g/Ltr’. "
        + "Write the limit in ‘g/Ltr’. [wrong-unit]"),
    PlantedMistake(
      "allowed unit that is no UCUM", in: "concepts.csv", replace: ",Quantity,g/L,g/dL,g/dL=*10,",
      with: ",Quantity,g/L,gm/dL,gm/dL=*10,",
      says:
        "concepts.csv:9:112: error: 'gm' in 'gm/dL' (at character 1) is no UCUM unit; did you mean g/dL? "
        + "Correct it in concepts.csv. [invalid-unit]"),
    PlantedMistake(
      "factor that contradicts UCUM", in: "concepts.csv", replace: ",Quantity,g/L,g/dL,g/dL=*10,",
      with: ",Quantity,g/L,g/dL,g/dL=*100,",
      says:
        "concepts.csv:9:111: error: By this conversion 1 g/dL is 100 g/L; by UCUM it is 10. Correct the "
        + "steps. [wrong-factor]"),
    PlantedMistake(
      "item that its instrument does not have", in: "concepts.csv", replace: "\nmmt8NeckFlexors,",
      with: "\nmmt8NeckBenders,",
      says:
        "concepts.csv:107:1: error: ‘mmt8NeckBenders’ is no item of Manual muscle testing, 8 groups "
        + "(MMT-8). Its id ends with one of: neckFlexors, deltoidRight, deltoidLeft, bicepsRight, bicepsLeft, "
        + "wristExtensorsRight, wristExtensorsLeft, gluteusMaximusRight, gluteusMaximusLeft, "
        + "gluteusMediusRight, gluteusMediusLeft, quadricepsRight, quadricepsLeft, ankleDorsiflexorsRight, "
        + "ankleDorsiflexorsLeft. [unknown-item]"),
  ]
}
