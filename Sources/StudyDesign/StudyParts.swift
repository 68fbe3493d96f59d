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
  /// The endpoints; nil where the study has none.
  let endpoints: EndpointFile?
  let translations: [TranslationFile]
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
    study = studyText.map { StudyFile($0, problems: &problems) } ?? StudyFile()
    let isOurs = study.conducted == .tandem
    let dictionaryText = text("concepts.csv")
    let criteriaText = isOurs ? text(CriteriaFile.name) : nil
    let sourceText = text("source.md")
    let conductTexts = ConductFiles.names.map { isOurs ? text($0) : nil }
    self.folder = folder
    let reader = dictionaryText.map { DictionaryReader($0, file: "concepts.csv") }
    problems += reader?.problems ?? []
    dictionary = DataDictionary(reader?.concepts ?? [])
    criteria = criteriaText.map { CriteriaFile($0, problems: &problems).criteria } ?? []
    source = SourceText(sourceText ?? "", file: "source.md")
    conduct = ConductFiles(conduct: conductTexts[0], product: conductTexts[1], safety: conductTexts[2])
    problems += conduct.problems
    casebook = CasebookFiles(folder, dictionary: dictionary)
    problems += casebook.problems
    let endpoints = folder.holds(EndpointFile.name) ? text(EndpointFile.name).map { EndpointReader($0) } : nil
    self.endpoints = endpoints?.file
    problems += endpoints?.problems ?? []
    translations = TranslationFile.all(in: folder)
    problems += translations.flatMap(\.problems)
    self.problems = problems + (isOurs ? [] : StudyParts.needless(in: folder))
  }

  /// The files of a study that is conducted elsewhere which would say how it is conducted.
  private static func needless(in folder: StudyFolder) -> [Problem] {
    let held =
      ([CriteriaFile.name] + ConductFiles.names).filter(folder.holds) + folder.files(in: "library", ending: ".cql")
    return held.map { file in
      Problem(
        "no-effect", at: SourceLocation(file: file, line: 1, column: 1),
        "The study is conducted elsewhere, and nothing reads this file.",
        remedy: "Remove it, or remove ‘conducted: elsewhere’ from \(StudyFile.name).")
    }
  }

  /// The study that the parts make up, with its checked program; nil where its name is missing.
  func study(program: Program, formProgram: Program) -> Study? {
    guard let id = study.id?.value, let version = study.version?.value else { return nil }
    let files = VersionFiles(folder.path)
    return Study(
      folder: folder.path, id: id, version: version, title: study.title, titleNote: study.titleNote,
      registry: study.registry, cohorts: study.cohorts.map(\.value), arms: study.arms,
      kinds: study.kinds.map(\.value), parameters: study.parameters,
      provisional: study.provisional, collects: Set(study.collects.map(\.value)), dictionary: dictionary,
      criteria: criteria, conducted: study.conducted, conduct: conduct.plan, grading: conduct.grading,
      forms: casebook.plans, schedule: casebook.schedule.plan, endpoints: endpoints?.plan,
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
