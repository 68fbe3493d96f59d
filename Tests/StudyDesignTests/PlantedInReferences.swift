extension PlantedMistake {
  /// Names that do not exist, or exist twice.
  static let inReferences = [
    PlantedMistake(
      "version that is not its folder's", in: "study.yaml", replace: "version: \"1.0\"", with: "version: \"1.1\"",
      says:
        "study.yaml:7:10: error: The version is ‘1.1’, and its folder is named ‘1.0’. A version's folder "
        + "bears its version: rename one of the two. [folder-name]"),
    PlantedMistake(
      "window of less than no day", in: "study.yaml", replace: "    value: 28\n", with: "    value: -28\n",
      says:
        "study.yaml:103:12: error: ‘screeningWindowDays’ is -28, and must be 0 to 36500. Correct the number. "
        + "[out-of-range]"),
    PlantedMistake(
      "criterion twice", in: "criteria.yaml", replace: "  - id: INC-5.2", with: "  - id: INC-5.1",
      says:
        "concepts.csv:14:135: error: ‘inr’ is used by ‘INC-5.2’, which is no criterion. Did you mean ‘INC-5.1’? "
        + "[unknown-reference]",
      "concepts.csv:15:129: error: ‘aptt’ is used by ‘INC-5.2’, which is no criterion. Did you mean ‘INC-5.1’? "
        + "[unknown-reference]",
      "conduct.yaml:30:25: error: There is no criterion ‘INC-5.2’. Did you mean ‘INC-5.1’? [unknown-reference]",
      "conduct.yaml:78:18: error: There is no criterion ‘INC-5.2’. Did you mean ‘INC-5.1’? [unknown-reference]",
      "criteria.yaml:472:9: error: The criterion ‘INC-5.1’ is there already, on line 454. Give one of the "
        + "two another id, or remove it. [duplicate]"),
    PlantedMistake(
      "unknown cohort", in: "criteria.yaml", replace: "    cohort: ssc", with: "    cohort: scc",
      says:
        "criteria.yaml:95:13: error: There is no cohort ‘scc’. Did you mean ‘ssc’? [unknown-reference]"),
    PlantedMistake(
      "unknown provisional item", in: "criteria.yaml", replace: "provisional: [sle-activity]",
      with: "provisional: [sle-activty]",
      says:
        "criteria.yaml:70:19: error: There is no provisional item ‘sle-activty’. Did you mean "
        + "‘sle-activity’? [unknown-reference]"),
    PlantedMistake(
      "provisional item that its criterion does not name", in: "criteria.yaml",
      replace: "provisional: [exc-13-list]", with: "provisional: false",
      says:
        "study.yaml:265:16: error: ‘exc-13-list’ lists EXC-13, which does not list ‘exc-13-list’ among its "
        + "provisional items. Add ‘exc-13-list’ to ‘provisional:’ of EXC-13, or remove EXC-13 here. "
        + "[one-sided]"),
    PlantedMistake(
      "unknown anchor", in: "criteria.yaml", replace: "    anchor: EXC-17", with: "    anchor: EXC-71",
      says:
        "criteria.yaml:910:13: error: There is no anchor ‘EXC-71’. Did you mean ‘EXC-11’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "misquoted source", in: "criteria.yaml", replace: "    source: >-\n      8. Ability and willingness",
      with: "    source: >-\n      8. Ability or willingness",
      says:
        "criteria.yaml:601:9: error: The source of INC-8 is not what source.md says at the anchor ‘INC-8’. "
        + "Copy the words from there, or move the anchor. [misquoted]"),
    PlantedMistake(
      "lost source that is not marked", in: "criteria.yaml",
      replace: "    source: >-\n      8. Ability and willingness to provide written informed consent.\n",
      with: "    source: null\n",
      says:
        "criteria.yaml:601:9: error: INC-8 has no source and is not marked provisional. Name the "
        + "provisional item that it rests on, or quote its source. [lost-not-provisional]"),
    PlantedMistake(
      "unknown criterion of a provisional item", in: "study.yaml", replace: "criteria: [EXC-4]",
      with: "criteria: [EXC-44]",
      says:
        "study.yaml:238:16: error: There is no criterion ‘EXC-44’. Did you mean ‘EXC-14’? "
        + "[unknown-reference]"),
    PlantedMistake(
      "unknown provisional item of a parameter", in: "study.yaml", replace: "    provisional: screening-window",
      with: "    provisional: screening-windows",
      says:
        "study.yaml:107:18: error: There is no provisional item ‘screening-windows’. Did you mean "
        + "‘screening-window’? [unknown-reference]"),
    PlantedMistake(
      "unknown cohort of an arm", in: "study.yaml", replace: "cohorts: [sle, ssc, iim, ss, aiha, ms]",
      with: "cohorts: [sle, ssc, iim, ss, ahia, ms]",
      says:
        "study.yaml:97:34: error: There is no cohort ‘ahia’. Did you mean ‘aiha’? [unknown-cohort]"),
    PlantedMistake(
      "example that expects of a criterion that is not there", in: "examples/expected.json",
      replace: "\"INC-3.1.2\": \"pass\"", with: "\"INC-3.1.21\": \"pass\"",
      says:
        "examples/expected.json:9:4: error: ‘01-sle-base.json’ expects INC-3.1.21, which is no criterion of "
        + "the cohort sle. Did you mean ‘INC-3.1.1’? [unknown-reference]"),
    PlantedMistake(
      "example that leaves a criterion out", in: "examples/expected.json", replace: "\"EXC-19\": \"pass\",", with: "",
      says:
        "examples/expected.json:2:22: error: ‘01-sle-base.json’ does not say what is expected of EXC-19. Every "
        + "criterion of the cohort has an expected outcome. [missing-expectation]"),
    PlantedMistake(
      "example with an unknown outcome", in: "examples/expected.json", replace: "\"INC-3.1.2\": \"pass\"",
      with: "\"INC-3.1.2\": \"passed\"",
      says:
        "examples/expected.json:9:17: error: ‘passed’ is no outcome. Did you mean ‘pass’? [unknown-word]"),
    PlantedMistake(
      "example that is not there", in: "examples/expected.json", replace: "\"01-sle-base.json\"",
      with: "\"01-sle-bases.json\"",
      says:
        "examples/expected.json:2:2: error: There is no example ‘01-sle-bases.json’. Did you mean "
        + "‘01-sle-base.json’? [missing-file]"),
  ]
}
