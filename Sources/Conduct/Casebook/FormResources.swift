import ClinicalValues
import FHIR
import Ledger
import StudyDesign
import Trial

/// What one filled form is as FHIR R4 resources, by `patient-file.md`: each item with a concept an Observation of its
/// own, or a form with a `resource` one of these together.
///
/// Resources are named after form and item, so that a correction replaces and a cleared answer removes. An item without
/// a value gives nothing: absence of a record means unknown.
struct FormResources {
  /// A resource in the making.
  struct Group {
    let name: String
    let type: String
    var concepts: [DataConcept] = []
    var value: (item: ItemPlan, entry: Entry)?
    var components: [(concept: DataConcept, item: ItemPlan, entry: Entry)] = []
    var roles: [(item: ItemPlan, entry: Entry)] = []
  }

  let key: FormKey
  let plan: FormPlan
  let record: FormRecord
  let dictionary: DataDictionary
  let subject: String
  /// When the visit that the form belongs to was held, as it was entered; nil where that is not known.
  let visitDate: String?
  /// The normal range of a concept on a day, in a laboratory; without one in the site's own.
  let range: (DataConcept, _ laboratory: String?, CalendarDate) -> NormalRange?

  /// Name and JSON of each resource.
  func resources() -> [(name: String, json: FHIRText)] {
    groups().compactMap { group in json(of: group).map { (group.name, $0) } }
  }

  // MARK: - Which items make one resource

  private var answered: [(item: ItemPlan, entry: Entry)] {
    plan.items.compactMap { item in
      guard item.gives != .nothing, let entry = record.entry(item.id), entry.answer.text != nil else { return nil }
      return (item, entry)
    }
  }

  private func concept(_ item: ItemPlan) -> DataConcept? { item.concept.flatMap { dictionary[$0] } }

  private func groups() -> [Group] {
    let answered = answered
    let instruments = Set(plan.items.filter { $0.gives == .component }.compactMap { concept($0)?.instrument })
    let values = Set(answered.filter { $0.item.gives == .value }.compactMap { $0.item.concept })
    var groups: [Group] = []
    func at(_ name: String, _ type: String) -> Int {
      if let index = groups.firstIndex(where: { $0.name == name }) { return index }
      groups.append(Group(name: name, type: type))
      return groups.count - 1
    }
    for (item, entry) in answered {
      let concept = concept(item)
      if concept?.resource == "Patient" { continue }
      switch item.gives {
      case .component:
        guard let concept, let parent = concept.instrument.flatMap({ dictionary[$0] }) else { continue }
        let index = at("\(key)#\(parent.id)", "Observation")
        groups[index].concepts = [parent]
        groups[index].components.append((concept, item, entry))
      case .value:
        guard let concept else { continue }
        if let host = concept.host, values.contains(host) {
          let index = at(name(ofValue: host, instruments), "Observation")
          groups[index].components.append((concept, item, entry))
        } else if plan.resource == concept.resource {
          let index = at("\(key)", concept.resource)
          if groups[index].concepts.isEmpty { groups[index].concepts = [concept] }
          groups[index].value = (item, entry)
        } else {
          let index = at(name(ofValue: concept.id, instruments, item), concept.resource)
          groups[index].concepts = [concept]
          groups[index].value = (item, entry)
        }
      default:
        let isOfRow = plan.resource != nil && (concept == nil || concept?.resource == plan.resource)
        guard let type = isOfRow ? plan.resource : concept?.resource else { continue }
        let index = at(isOfRow ? "\(key)" : name(ofValue: concept?.id ?? "", instruments), type)
        if let concept, groups[index].concepts.isEmpty { groups[index].concepts = [concept] }
        groups[index].roles.append((item, entry))
      }
    }
    return groups
  }

  /// What the Observation of a concept's value is called: after the instrument where it is one, else after its item.
  private func name(ofValue concept: String, _ instruments: Set<String>, _ item: ItemPlan? = nil) -> String {
    if instruments.contains(concept) { return "\(key)#\(concept)" }
    let owner = item ?? plan.items.first { $0.gives == .value && $0.concept == concept }
    return "\(key)#\(owner?.id ?? concept)"
  }

  // MARK: - When

  /// When an item was so: what the item that dates it says, else the date of the form's visit. Only a form that asks for
  /// no date is of the day on which it was saved last: a value is not made newer by correcting it.
  func when(_ item: ItemPlan?) -> String? {
    let dating = [item?.dated, plan.dated].compactMap(\.self)
    guard !dating.isEmpty else { return record.lastSaved.map { "\($0.date)" } }
    let entered = dating.lazy.compactMap { record.entry($0)?.answer.text }.first
    return entered.map(FHIRDate.text) ?? visitDate.map { String($0.prefix(10)) }
  }

  private func json(of group: Group) -> FHIRText? {
    switch group.type {
    case "Observation": observation(group)
    case "Condition": condition(group)
    case "MedicationStatement": medication(group)
    case "Procedure": procedure(group)
    case "Immunization": immunization(group)
    case "AllergyIntolerance": allergy(group)
    case "Consent": consent(group)
    case "AdverseEvent": adverseEvent(group)
    default: nil
    }
  }
}

extension FormResources.Group {
  /// The text that an item of a role gives; nil where none does.
  func text(_ role: ItemRole) -> String? { roles.last { $0.item.gives == role }?.entry.answer.text }
  /// All texts of a role.
  func texts(_ role: ItemRole) -> [String] {
    roles.filter { $0.item.gives == role }.compactMap { $0.entry.answer.text }
  }
  /// A date that an item of a role gives.
  func date(_ role: ItemRole) -> String? { text(role).map(FHIRDate.text) }
  /// What a statement says: that it is so, or that it is not.
  var isTrue: Bool? { value?.entry.answer.text.flatMap { ["true": true, "false": false][$0] } }
}

/// Dates as FHIR writes them.
enum FHIRDate {
  /// A date, or a date and time; FHIR asks for seconds wherever there is a time.
  static func text(_ answer: String) -> String {
    guard let time = DateTime(answer), time.precision == .minute else { return answer }
    let whole = time.description
    guard let place = whole.firstIndex(of: "T").map({ whole.index($0, offsetBy: 6) }) else { return answer }
    return whole[..<place] + ":00" + whole[place...]
  }
}

extension DataConcept {
  /// The concept inside whose Observation it stands as a component, by the dictionary's note (“component of iimScore”).
  var host: String? {
    guard let start = note.range(ofWords: "component of ") else { return nil }
    let name = note[start...].prefix { $0.isLetter || $0.isNumber }
    return name.isEmpty ? nil : String(name)
  }

  /// The code that a resource of this study names it by: the study's own where there is one.
  var ownCode: ConceptCode? { codes.first { $0.system == FHIRSystem.concept } ?? codes.first }
}

extension String {
  /// Where the text after some words begins.
  fileprivate func range(ofWords words: String) -> Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(words) { return index(start, offsetBy: words.count) }
      start = index(after: start)
    }
    return nil
  }
}
