import CQL
import FoundationEssentials

/// What `schedule.yaml` and the files of `forms/` say, before anything is checked against other files.
struct CasebookFiles {
  /// The schedule; empty where the study has none.
  let schedule: ScheduleFile
  /// Whether the study has a schedule.
  let hasSchedule: Bool
  /// The forms, by file.
  let forms: [FormFile]
  /// What is wrong in them.
  let problems: [Problem]

  /// Reads the files of a version's folder; a study may have neither.
  init(_ folder: StudyFolder, dictionary: DataDictionary) {
    var problems: [Problem] = []
    func text(_ name: String) -> String? {
      do throws(Problem) { return try folder.text(name) } catch {
        problems.append(error)
        return nil
      }
    }
    hasSchedule = folder.holds(ScheduleFile.name)
    var schedule = ScheduleFile()
    if hasSchedule, let text = text(ScheduleFile.name) {
      let reader = ScheduleReader(text)
      schedule = reader.schedule
      problems += reader.problems
    }
    var forms: [FormFile] = []
    for file in folder.files(in: FormReader.folder, ending: ".yaml") {
      guard let text = text(file) else { continue }
      let reader = FormReader(text, file: file, dictionary: dictionary)
      problems += reader.problems
      if let form = reader.form { forms.append(form) }
    }
    self.schedule = schedule
    self.forms = forms
    self.problems = problems
  }

  /// The FHIR resources that the forms collect.
  func resources(_ dictionary: DataDictionary) -> Set<String> {
    var resources: Set<String> = []
    for form in forms {
      if let resource = form.plan.resource { resources.insert(resource) }
      for item in form.plan.items where item.gives != .nothing {
        if let concept = item.concept.flatMap({ dictionary[$0] }) { resources.insert(concept.resource) }
      }
    }
    return resources
  }

  /// The forms in the order in which activities name them, then the others by id.
  var plans: [FormPlan] {
    let named = schedule.plan.activities.flatMap(\.forms)
    let places = Dictionary(named.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    return forms.map(\.plan).sorted {
      (places[$0.id] ?? Int.max, $0.id) < (places[$1.id] ?? Int.max, $1.id)
    }
  }
}

/// The forms and the schedule of a protocol version.
public struct CasebookPlan: Sendable, Hashable, Codable {
  /// Its forms, in the order in which activities name them; logs that no activity names come last.
  public var forms: [FormPlan]
  /// Its schedule; empty where the study has none.
  public var schedule: SchedulePlan

  /// A plan of these forms and this schedule.
  public init(forms: [FormPlan], schedule: SchedulePlan) {
    self.forms = forms
    self.schedule = schedule
  }

  /// The form of that id.
  public func form(_ id: String) -> FormPlan? { forms.first { $0.id == id } }

  /// The forms and the schedule of a version's folder by their own files, without the checks that need the others: for whoever
  /// needs no criteria.
  ///
  /// - Throws: the problems of these files.
  public static func inFolder(_ path: String) throws(InvalidStudy) -> CasebookPlan {
    let folder = StudyFolder(path: path)
    var problems: [Problem] = []
    var concepts: [DataConcept] = []
    do throws(Problem) {
      let reader = DictionaryReader(try folder.text("concepts.csv"), file: "concepts.csv")
      problems = reader.problems
      concepts = reader.concepts
    } catch {
      problems.append(error)
    }
    let files = CasebookFiles(folder, dictionary: DataDictionary(concepts))
    problems += files.problems
    guard problems.isEmpty else { throw InvalidStudy(folder: path, problems: problems.inOrder) }
    return CasebookPlan(forms: files.plans, schedule: files.schedule.plan)
  }
}
