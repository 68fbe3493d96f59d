import CQL

/// What the files of a version's folder say, read one by one; nothing is checked across files yet.
struct StudyParts {
  let folder: StudyFolder
  let study: StudyFile
  let criteria: [Criterion]
  let dictionary: DataDictionary
  let source: SourceText
  let conduct: ConductFiles
  let casebook: CasebookFiles
  let problems: [Problem]

  init(_ folder: StudyFolder) {
    var problems: [Problem] = []
    func text(_ name: String) -> String? {
      do throws(Problem) { return try folder.text(name) } catch {
        problems.append(error)
        return nil
      }
    }
    let studyText = text(StudyFile.name)
    let dictionaryText = text("concepts.csv")
    let criteriaText = text(CriteriaFile.name)
    let sourceText = text("source.md")
    let conductTexts = ConductFiles.names.map { text($0) }
    self.folder = folder
    study = studyText.map { StudyFile($0, problems: &problems) } ?? StudyFile()
    let reader = dictionaryText.map { DictionaryReader($0, file: "concepts.csv") }
    problems += reader?.problems ?? []
    dictionary = DataDictionary(reader?.concepts ?? [])
    criteria = criteriaText.map { CriteriaFile($0, problems: &problems).criteria } ?? []
    source = SourceText(sourceText ?? "", file: "source.md")
    conduct = ConductFiles(conduct: conductTexts[0], product: conductTexts[1], safety: conductTexts[2])
    problems += conduct.problems
    casebook = CasebookFiles(folder, dictionary: dictionary)
    problems += casebook.problems
    self.problems = problems
  }

  /// The study that the parts make up, with its checked program; nil where its name is missing.
  func study(program: Program, formProgram: Program) -> Study? {
    guard let id = study.id?.value, let version = study.version?.value else { return nil }
    let files = VersionFiles(folder.path)
    return Study(
      folder: folder.path, id: id, version: version, title: study.title, registry: study.registry,
      cohorts: study.cohorts.map(\.value), kinds: study.kinds.map(\.value), parameters: study.parameters,
      provisional: study.provisional, collects: Set(study.collects.map(\.value)), dictionary: dictionary,
      criteria: criteria, conduct: conduct.plan, grading: conduct.grading, forms: casebook.plans,
      schedule: casebook.schedule.plan,
      source: source, program: program, formProgram: formProgram, files: files)
  }

  /// Whether the folder is named as the study says: its version, below its id.
  func namingProblems() -> [Problem] {
    let names = folder.absolutePath.split(separator: "/").suffix(2).map(String.init)
    guard names.count == 2, let id = study.id, let version = study.version else { return [] }
    var problems: [Problem] = []
    if names[1] != version.value {
      problems.append(
        Problem(
          "folder-name", at: version.location,
          "The version is ‘\(version.value)’, and its folder is named ‘\(names[1])’.",
          remedy: "A version's folder bears its version: rename one of the two."))
    }
    if names[0] != id.value {
      problems.append(
        Problem(
          "folder-name", at: id.location, "The study is ‘\(id.value)’, and its folder is named ‘\(names[0])’.",
          remedy: "A study's folder bears its id: rename one of the two."))
    }
    return problems
  }
}
