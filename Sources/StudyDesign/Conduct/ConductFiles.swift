import CQL

/// What the three files of the conduct plan say, before anything is checked against other files.
struct ConductFiles {
  /// The plan; meaningful only where no file has a problem.
  let plan: ConductPlan
  /// How what is recorded is graded.
  let grading: GradingPlan
  /// What they name that must exist elsewhere.
  let references: PlanReferences
  /// What is wrong in them.
  let problems: [Problem]

  static let names = [PlanReader.conductFile, PlanReader.productFile, PlanReader.safetyFile]

  /// Reads the texts; nil for one that is not there (which somebody else has reported).
  init(conduct: String?, product: String?, safety: String?) {
    var reader = PlanReader()
    let (way, recheck, findings) = reader.conduct(conduct ?? "{}")
    let cells = reader.product(product ?? "{}")
    let (protection, grading) = reader.safety(safety ?? "{}")
    self.grading = grading
    var items: [String] = []
    for item in reader.references.provisional where !items.contains(item.value) { items.append(item.value) }
    plan = ConductPlan(
      way: way, recheck: recheck, findings: findings, product: cells, safety: protection, provisional: items)
    references = reader.references
    let missing = zip(ConductFiles.names, [conduct, product, safety]).filter { $0.1 == nil }.map(\.0)
    problems = reader.problems.filter { !missing.contains($0.location.file) }
  }
}

extension ConductPlan {
  /// The plan of a version's folder by its own three files, without the checks that need the others: for whoever needs the limits
  /// and no criteria.
  ///
  /// - Throws: the problems of the three files.
  public static func inFolder(_ path: String) throws(InvalidStudy) -> ConductPlan {
    let folder = StudyFolder(path: path)
    var problems: [Problem] = []
    let texts = ConductFiles.names.map { name -> String? in
      do throws(Problem) { return try folder.text(name) } catch {
        problems.append(error)
        return nil
      }
    }
    let files = ConductFiles(conduct: texts[0], product: texts[1], safety: texts[2])
    problems += files.problems
    guard problems.isEmpty else { throw InvalidStudy(folder: path, problems: problems.inOrder) }
    return files.plan
  }
}
