extension PlantedMistake {
  /// Mistakes in the data dictionary.
  static let inDictionary = [
    PlantedMistake(
      "use that no criterion makes", in: "concepts.csv", replace: "FHIR administrative-gender code,INC-5.4;",
      with: "FHIR administrative-gender code,INC-5.44;",
      says:
        "concepts.csv:3:146: error: ‘sex’ is used by ‘INC-5.44’, which is no criterion. Did you mean ‘INC-5.4’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "criterion that used_by forgets", in: "concepts.csv", replace: "required for INC-5.6,INC-5.6;EXC-2;",
      with: "required for INC-5.6,INC-5.6;",
      says:
        "concepts.csv:59:244: error: EXC-2 asks for ‘oxygenSaturation’, but its used_by does not name it. Add EXC-2 "
        + "to used_by. [used-by]"),
    PlantedMistake(
      "concept twice", in: "concepts.csv", replace: "\nplatelets,", with: "\nneutrophils,",
      says:
        "concepts.csv:11:1: error: The concept ‘neutrophils’ is there already, on line 10. Give one of the "
        + "two another id, or remove it. [duplicate]",
      "library/Inclusion.cql:18:24: error: The value set ‘urn:tandem:concept:platelets’ is no concept and "
        + "no set of the data dictionary. Add it to concepts.csv. [unknown-reference]",
      "safety.yaml:99:32: error: There is no concept ‘platelets’. Add it to concepts.csv. [unknown-reference]",
      "safety.yaml:194:41: error: There is no concept ‘platelets’. Add it to concepts.csv. [unknown-reference]"),
    PlantedMistake(
      "code of two measurements", in: "concepts.csv", replace: "http://loinc.org,777-3,",
      with: "http://loinc.org,751-8,",
      says:
        "concepts.csv:11:81: error: The code 751-8 of http://loinc.org is that of ‘neutrophils’ already, on line 10. "
        + "Give each its own: a record with this one would be both. [duplicate]"),
    PlantedMistake(
      "weight that is not the instrument's", in: "concepts.csv", replace: "sledaiSeizure,,boolean,,,,,,,sledai2k,8",
      with: "sledaiSeizure,,boolean,,,,,,,sledai2k,7",
      says:
        "concepts.csv:123:114: error: ‘sledaiSeizure’ weighs 7, but adds 8 to SLE Disease Activity Index 2000 at its highest "
        + "answer. Write the weight of the instrument. [other-weight]"),
    PlantedMistake(
      "weight that is no number", in: "concepts.csv", replace: "sledaiSeizure,,boolean,,,,,,,sledai2k,8",
      with: "sledaiSeizure,,boolean,,,,,,,sledai2k,8x",
      says:
        "concepts.csv:123:114: error: ‘8x’ is no weight. Write a whole number. [malformed-number]"),
    PlantedMistake(
      "item without a weight among items that have one", in: "concepts.csv",
      replace: "sledaiSeizure,,boolean,,,,,,,sledai2k,8", with: "sledaiSeizure,,boolean,,,,,,,sledai2k,",
      says:
        "concepts.csv:123:114: error: ‘sledaiSeizure’ has no weight, so SLE Disease Activity Index 2000 is added up without "
        + "it. Write the weight of the instrument. [missing-cell]"),
    PlantedMistake(
      "item without a weight of an instrument that is not computed here", in: "concepts.csv",
      replace: "iceOrientedYear,,boolean,,,,,,,iceScore,1", with: "iceOrientedYear,,boolean,,,,,,,iceScore,",
      says:
        "concepts.csv:511:125: error: ‘iceOrientedYear’ has no weight, so ICE score is added up without it. Write the "
        + "weight of the instrument. [missing-cell]"),
    PlantedMistake(
      "comma too many in a line", in: "concepts.csv", replace: ",Platelets [#/volume] in Blood,",
      with: ",Platelets, [#/volume] in Blood,",
      says:
        "concepts.csv:11:146: error: This line has more cells than the first line names columns (19). Put a cell that holds "
        + "a comma in quotes, or remove the comma too many. [surplus-cell]"),
    PlantedMistake(
      "column twice", in: "concepts.csv", replace: ",weight,range,", with: ",weight,weight,",
      says:
        "concepts.csv:1:156: error: The first line names the column ‘weight’ twice. Rename or remove one of the two. "
        + "[duplicate]"),
    PlantedMistake(
      "column that is not there", in: "concepts.csv", replace: "concept,display,kind,", with: "concept,display,",
      says:
        "concepts.csv:1:1: error: The first line of the dictionary does not name the column ‘kind’. Name the columns in the "
        + "first line, as docs/writing-a-study.md lists them. [missing-column]"),
    PlantedMistake(
      "unclosed quote", in: "concepts.csv", replace: "\"referenceRange.high = ULN; 14682-9 molar",
      with: "\"referenceRange.high\" = ULN; 14682-9 molar",
      says:
        "concepts.csv:24:175: error: ‘ ’ stands after the closing quote of a cell. Write a quote inside a "
        + "quoted cell twice (\"\"). [csv-quote]"),
    PlantedMistake(
      "unknown column", in: "concepts.csv", replace: ",allowed_units,", with: ",alowed_units,",
      says:
        "concepts.csv:1:76: error: The dictionary has no column ‘alowed_units’. Did you mean "
        + "‘allowed_units’? [unknown-column]"),
    PlantedMistake(
      "unknown kind of data", in: "concepts.csv", replace: "[Mass/volume] in Blood,laboratory,",
      with: "[Mass/volume] in Blood,labratory,",
      says:
        "concepts.csv:9:46: error: There is no kind of data ‘labratory’. Did you mean ‘laboratory’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "unknown value type", in: "concepts.csv", replace: ",Quantity,g/L,g/dL,", with: ",Quantitiy,g/L,g/dL,",
      says:
        "concepts.csv:9:93: error: ‘Quantitiy’ is no value type. Did you mean ‘Quantity’? [unknown-word]"),
    PlantedMistake(
      "quantity without a unit", in: "concepts.csv", replace: ",Quantity,s,", with: ",Quantity,,",
      says:
        "concepts.csv:15:93: error: The quantity ‘aptt’ has no unit. Give its UCUM code, or 1. "
        + "[missing-cell]"),
    PlantedMistake(
      "allowed unit without conversion", in: "concepts.csv", replace: "Quantity,g/L,g/dL,g/dL=*10,",
      with: "Quantity,g/L,g/dL,,",
      says:
        "concepts.csv:9:106: error: The unit ‘g/dL’ of ‘hemoglobin’ has no conversion. Add ‘g/dL=*FACTOR’ "
        + "to the column conversions. [missing-conversion]"),
    PlantedMistake(
      "conversion that is none", in: "concepts.csv", replace: "mg/dL=*88.4", with: "mg/dL=88.4",
      says:
        "concepts.csv:24:136: error: ‘mg/dL=88.4’ is no conversion. Write unit=steps, such as mg/dL=*17.1 "
        + "or [degF]=-32*5/9. [malformed-conversion]"),
    PlantedMistake(
      "item of an unknown instrument", in: "concepts.csv", replace: ",,,,,,mmt8,", with: ",,,,,,mmt88,",
      says:
        "concepts.csv:107:132: error: There is no concept ‘mmt88’. Did you mean ‘mmt8’? [unknown-reference]"),
  ]
}
