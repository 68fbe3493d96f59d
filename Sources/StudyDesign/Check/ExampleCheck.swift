import CQL
import ClinicalValues

/// Whether what the examples expect can be said of them: files, cohorts, verdicts and criteria that exist, none left out.
/// Whether it is what screening says of them is for who can screen.
struct ExampleCheck {
  let study: StudyFile
  let criteria: [Criterion]
  let folder: StudyFolder

  static let file = StudyExample.expectations

  /// The examples of `examples/expected.json`, and what is wrong with it; a study without examples has neither.
  func read() -> (examples: [StudyExample], problems: [Problem]) {
    let examples = folder.files(in: "examples", ending: ".json")
    guard examples.contains(ExampleCheck.file) else { return ([], []) }
    var read: [StudyExample] = []
    var problems: [Problem] = []
    do throws(Problem) {
      // JSON is read as the YAML that it is, since that gives the place of every word.
      let root = try YAMLNode.read(try folder.text(ExampleCheck.file), file: ExampleCheck.file)
      guard case .mapping(let entries) = root.content else {
        throw Problem(
          "expected-mapping", at: root.location,
          "Expected an object with an entry for each example, found \(root.description).",
          remedy: "Name each record of examples/ with what is expected of it: { \"01-sle-base.json\": { ... } }.")
      }
      for entry in entries {
        if !examples.contains("examples/\(entry.key.value)") {
          problems.append(
            Problem(
              "missing-file", at: entry.key.location, "There is no example ‘\(entry.key.value)’.",
              remedy: suggestion(
                for: entry.key.value, among: examples.map { String($0.dropFirst("examples/".count)) },
                otherwise: "Add the file beside expected.json, or remove the entry.")))
        }
        if let example = example(entry.key.value, entry.value, &problems) { read.append(example) }
      }
    } catch {
      problems.append(error)
    }
    return (read, problems)
  }

  private func example(_ name: String, _ node: YAMLNode, _ problems: inout [Problem]) -> StudyExample? {
    let keys = ["asOf", "cohort", "verdict", "criteria", "note"]
    guard let fields = Fields(node, "an expected result", keys: keys, problems: &problems),
      let cohortID = fields.requiredText("cohort", problems: &problems),
      let verdict = fields.requiredText("verdict", problems: &problems)
    else { return nil }
    let asOf = fields.text("asOf", problems: &problems)
    if let asOf, CalendarDate(asOf.value)?.day == nil {
      problems.append(
        Problem(
          "unknown-word", at: asOf.location, "‘\(asOf.value)’ is no day.", remedy: "Write it as YYYY-MM-DD."))
    }
    checkWord(verdict, "verdict", among: ["eligible", "ineligible", "undetermined"], &problems)
    guard let cohort = study.cohorts.first(where: { $0.value.id == cohortID.value })?.value else {
      checkWord(cohortID, "cohort", among: study.cohorts.map(\.value.id), &problems)
      return nil
    }
    let applicable = criteria.filter { $0.applies(to: cohort) }.map(\.id)
    let expected = fields.entries("criteria", problems: &problems)
    var outcomes: [(id: String, outcome: Located<String>)] = []
    for (key, value) in expected {
      if !applicable.contains(key.value) {
        problems.append(
          Problem(
            "unknown-reference", at: key.location,
            "‘\(name)’ expects \(key.value), which is no criterion of the cohort \(cohort.id).",
            remedy: suggestion(
              for: key.value, among: applicable, otherwise: "Remove it, or correct the cohort of the criterion.")))
      }
      if case .text(let word) = value.content {
        let outcome = Located(word, at: value.location)
        checkWord(outcome, "outcome", among: ["pass", "fail", "unknown"], &problems)
        outcomes.append((key.value, outcome))
      }
    }
    let missing = applicable.filter { id in !expected.contains { $0.key.value == id } }
    let isMisspelled = expected.contains { !applicable.contains($0.key.value) }
    if !missing.isEmpty, !isMisspelled {
      problems.append(
        Problem(
          "missing-expectation", at: fields.location,
          "‘\(name)’ does not say what is expected of \(missing.joined(separator: ", ")).",
          remedy: "Every criterion of the cohort has an expected outcome."))
    }
    return StudyExample(file: "examples/\(name)", asOf: asOf, cohort: cohort, verdict: verdict, criteria: outcomes)
  }

  private func checkWord(
    _ word: Located<String>, _ what: String, among known: [String], _ problems: inout [Problem]
  ) {
    guard !known.contains(word.value) else { return }
    problems.append(
      Problem(
        "unknown-word", at: word.location, "‘\(word.value)’ is no \(what).",
        remedy: suggestion(for: word.value, among: known, otherwise: "Use one of: \(known.joined(separator: ", ")).")))
  }
}
