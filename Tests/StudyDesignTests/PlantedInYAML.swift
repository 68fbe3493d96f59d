extension PlantedMistake {
  /// Mistakes that one YAML file shows by itself.
  static let inYAML = [
    PlantedMistake(
      "broken YAML", in: "study.yaml", replace: "cohorts:\n  - id: sle", with: "cohorts:\n\t- id: sle",
      says:
        "study.yaml:68:1: error: This is not YAML: while scanning for the next token, found character that "
        + "cannot start any token. Check indentation (spaces, never tabs) and quotes. [yaml]"),
    PlantedMistake(
      "misspelled key", in: "criteria.yaml", replace: "    title: Adult", with: "    titel: Adult",
      says:
        "criteria.yaml:11:5: error: A criterion has no key ‘titel’. Did you mean ‘title’? [unknown-key]"),
    PlantedMistake(
      "key that does not exist", in: "study.yaml", replace: "language: en", with: "sponsorship: none",
      says:
        "study.yaml:10:1: error: This file has no key ‘sponsorship’. Its keys are: id, version, title, "
        + "titleNote, language, registry, cohorts, arms, kinds, parameters, collects, conducted, "
        + "provisional. [unknown-key]"),
    PlantedMistake(
      "key twice", in: "criteria.yaml", replace: "    title: Adult", with: "    title: Adult\n    title: Grown up",
      says:
        "criteria.yaml:12:5: error: The key ‘title’ stands twice in one mapping. Remove one of the two. "
        + "[duplicate-key]"),
    PlantedMistake(
      "key without a value", in: "criteria.yaml", replace: "    kind: inclusion", with: "    kind:",
      says:
        "criteria.yaml:12:10: error: A criterion has no ‘kind’. Add ‘kind: ...’. [missing-key]"),
    PlantedMistake(
      "unknown kind of criterion", in: "criteria.yaml", replace: "    kind: exclusion", with: "    kind: exclusoin",
      says:
        "criteria.yaml:616:11: error: The kind of a criterion is ‘exclusoin’. Did you mean ‘exclusion’? "
        + "[unknown-word]"),
    PlantedMistake(
      "a list where a text is due", in: "study.yaml", replace: "title: Systemic sclerosis",
      with: "title: [Systemic, sclerosis]",
      says:
        "study.yaml:74:12: error: Expected a text for ‘title’ of a cohort, found a list. Write it on one "
        + "line, or as a block after ‘title: |’. [expected-text]"),
    PlantedMistake(
      "a mapping where a list is due", in: "study.yaml", replace: "    cohorts: [sle, ssc, iim, ss, aiha, ms]",
      with: "    cohorts: {sle: 1}",
      says:
        "study.yaml:97:14: error: Expected a list for ‘cohorts’ of an arm, found a mapping. Write each item after a "
        + "dash (- ...). [expected-list]"),
    PlantedMistake(
      "a text where a mapping is due", in: "criteria.yaml", replace: "definition: {library: Inclusion, name: INC-1}",
      with: "definition: INC-1",
      says:
        "criteria.yaml:20:17: error: Expected a definition as ‘key: value’ lines, found ‘INC-1’. Its keys "
        + "are: library, name. [expected-mapping]"),
    PlantedMistake(
      "a word where a number is due", in: "study.yaml", replace: "    value: 28\n", with: "    value: four weeks\n",
      says:
        "study.yaml:103:12: error: Expected a whole number for ‘value’ of a parameter, found ‘four weeks’. "
        + "Write digits only. [expected-number]"),
    PlantedMistake(
      "a reading without origin", in: "study.yaml",
      replace: "    origin:\n      - >-\n        assumption; no sister record is named for it\n",
      with: "    origin: []\n",
      says:
        "study.yaml:283:9: error: The provisional item ‘screening-window’ has a reading and names no "
        + "origin. Say under ‘origin:’ where the reading was taken from. [no-origin]"),
    PlantedMistake(
      "nobody to confirm a reading", in: "study.yaml",
      replace: "        assumption; no sister record is named for it\n    confirm: the sponsor, before use\n",
      with: "        assumption; no sister record is named for it\n",
      says:
        "study.yaml:283:5: error: A provisional item has no ‘confirm’. Add ‘confirm: ...’. [missing-key]"),
  ]
}
