public import CQL

/// Reads a version's folder as a compiler reads a program: everything that is wrong in it, at once.
public struct StudyChecker: Sendable {
  private let models: [any Model]

  /// A checker; `models` are the data models that libraries may use (`using FHIR`).
  public init(models: [any Model]) {
    self.models = models
  }

  /// The problems of a folder, by file and place; none means that `read` gives its study.
  public func problems(in folder: String) -> [Problem] {
    let found = check(folder)
    return (found.problems + found.naming).inOrder
  }

  /// The study of a version's folder; throws all problems of its files.
  public func read(_ folder: String) throws(InvalidStudy) -> Study {
    let found = check(folder)
    guard let study = found.study, found.naming.isEmpty else {
      throw InvalidStudy(folder: folder, problems: (found.problems + found.naming).inOrder)
    }
    return study
  }

  /// The study of a version's folder, nil where its files have a problem; their problems; and how the folder is named otherwise than the
  /// study says, which is a mistake where the folder is found by its name.
  public func check(_ folder: String) -> (study: Study?, problems: [Problem], naming: [Problem]) {
    let parts = StudyParts(StudyFolder(path: folder))
    let (study, problems) = inspect(parts)
    return (problems.isEmpty ? study : nil, problems, parts.namingProblems())
  }

  private func inspect(_ parts: StudyParts) -> (study: Study?, problems: [Problem]) {
    let folder = parts.folder
    var problems = parts.problems
    // A file that could not be read whole makes every reference to it look broken: mend it first.
    guard parts.problems.isEmpty else { return (nil, problems.inOrder) }
    problems += ReferenceCheck(
      study: parts.study, criteria: parts.criteria, dictionary: parts.dictionary, source: parts.source
    ).problems()
    problems += UnitCheck(dictionary: parts.dictionary).problems()
    let conduct = ConductCheck(
      plan: parts.conduct.plan, references: parts.conduct.references, study: parts.study, criteria: parts.criteria,
      dictionary: parts.dictionary, source: parts.source)
    problems += conduct.problems() + parts.conduct.references.boundFormProblems(among: parts.casebook.plans)
    problems += GradingCheck(
      references: parts.conduct.references, dictionary: parts.dictionary, forms: parts.casebook.plans
    ).problems()
    let schedule = ScheduleCheck(
      casebook: parts.casebook, conduct: parts.conduct.plan, study: parts.study, source: parts.source)
    problems += schedule.problems()
    problems += FormCheck(
      casebook: parts.casebook, study: parts.study, dictionary: parts.dictionary, source: parts.source
    ).problems()
    problems +=
      parts.endpoints.map { endpoints in
        EndpointCheck(
          file: endpoints, casebook: parts.casebook, study: parts.study, dictionary: parts.dictionary,
          source: parts.source
        ).problems()
      } ?? []
    let compilation = LibraryCompilation(folder, models: models, isNeeded: parts.study.conducted == .tandem)
    problems += compilation.problems
    guard let program = compilation.program else { return (nil, problems.inOrder) }
    problems += ProgramCheck(
      study: parts.study, formResources: parts.casebook.resources(parts.dictionary), criteria: parts.criteria,
      dictionary: parts.dictionary, compilation: compilation, program: program
    ).problems()
    problems += conduct.problems(in: program)
    problems += parts.casebook.schedule.references.definitionProblems(in: program)
    let use = ConceptUse(
      criteria: parts.criteria, findings: parts.conduct.plan.findings, dictionary: parts.dictionary, program: program)
    problems += CollectionCheck(
      forms: parts.casebook.plans, criteria: parts.criteria, findings: parts.conduct.plan.findings,
      dictionary: parts.dictionary, use: use
    ).problems()
    problems += UsedByCheck(criteria: parts.criteria, dictionary: parts.dictionary, use: use).problems()
    let forms = parts.casebook.forms
    let formCompilation =
      forms.isEmpty ? nil : FormCompilation(forms, libraries: compilation, models: models)
    problems += formCompilation?.problems ?? []
    // The forms' program has the libraries in it.
    problems += WordCheck(parts, in: formCompilation?.program ?? program).problems()
    guard problems.isEmpty else { return (nil, problems.inOrder) }
    problems += SaysCheck(dictionary: parts.dictionary, program: program).problems()
    problems += PartCheck(criteria: parts.criteria, findings: parts.conduct.plan.findings, program: program).problems()
    let examples = ExampleCheck(study: parts.study, criteria: parts.criteria, folder: folder).read()
    problems += examples.problems
    var study = parts.study(program: program, formProgram: formCompilation?.program ?? program)
    study?.examples = examples.examples
    // Words that a mistake has changed would be reported as untranslated: translations come last.
    if let words = study?.words {
      problems += parts.translations.flatMap { TranslationCheck(file: $0, sections: words).problems() }
      study?.translations = parts.translations.map(\.translation)
    }
    return (study, problems.inOrder)
  }
}

extension [Problem] {
  /// By file, line and column, each problem once.
  var inOrder: [Problem] {
    var seen: Set<Problem> = []
    return filter { seen.insert($0).inserted }.sorted {
      ($0.location.file, $0.location.line, $0.location.column, $0.message)
        < ($1.location.file, $1.location.line, $1.location.column, $1.message)
    }
  }
}
