public import ClinicalValues
public import FHIR
public import StudyDesign
public import Trial

/// Reads a hospital's FHIR record into the forms of a study: which items of which forms its resources answer.
///
/// The inverse of `CasebookRecord`. Nothing is guessed: a resource that no form asks for, that is not final, or whose
/// value an item cannot hold is left and told.
public struct FormFilling: Sendable {
  /// What a record gives.
  public struct Filled: Sendable {
    /// Entries by form, in the order of the forms' keys.
    public internal(set) var entries: [FormKey: [Entry]] = [:]
    /// Resources that no form took, each with why.
    public internal(set) var left: [(resource: String, why: String)] = []
  }

  let study: Study
  /// The visit that the data are of.
  let visit: String
  /// The offset from UTC, in minutes, of a time at noon that stands for a day where an item asks for a time and the
  /// record says the day alone; nil: such a date is left out.
  let noonAt: Int?
  /// Now by the clocks of whose data they are: what is dated later is left; nil: nothing is.
  let now: Moment?
  /// The forms, those of the visit's activities first.
  let forms: [FormPlan]

  /// A reader into the forms of a study, for the data of one visit; `excluded` are forms that take nothing of them.
  public init(
    _ study: Study, visit: String, noonAt offsetMinutes: Int? = nil, until now: Moment? = nil,
    without excluded: Set<String> = []
  ) {
    self.study = study
    self.visit = visit
    noonAt = offsetMinutes
    self.now = now
    let activities = study.schedule.visit(visit)?.activities.compactMap { study.schedule.activity($0.activity) } ?? []
    let planned = Set(activities.flatMap(\.forms))
    let open = study.forms.filter { !excluded.contains($0.id) }
    forms = open.filter { planned.contains($0.id) } + open.filter { !planned.contains($0.id) }
  }

  /// What the resources of a record answer.
  ///
  /// - Parameters:
  ///   - casebook: what is entered already: data of a time go to the form of that time, others to a new one.
  ///   - types: the types of resources that are taken; nil: all. Others are not told.
  public func fill(
    _ record: Record, into casebook: CasebookState = CasebookState(), only types: Set<String>? = nil
  ) -> Filled {
    var sheet = Sheet(filling: self, casebook: casebook)
    for resource in record.resources where resource.type != "Patient" && types?.contains(resource.type) ?? true {
      let why = resource.type == "Observation" ? sheet.add(observation: resource) : sheet.add(row: resource)
      if let why { sheet.filled.left.append((resource.reference, why)) }
    }
    if types?.contains("Patient") ?? true, let sex = record.patient?["gender"]?.text {
      sheet.add(element: "gender", sex)
    }
    return sheet.filled
  }

  /// The concepts that codes identify, in the order of the dictionary.
  func concepts(_ codes: [Code]) -> [DataConcept] {
    let found = Set(codes.flatMap { study.dictionary.concepts(identifiedBy: $0) })
    return found.sorted().map { study.dictionary.concepts[$0] }
  }

  /// The first form that has an item for a concept's value, or as a component of its instrument.
  func place(of concept: DataConcept, _ roles: Set<ItemRole>) -> (form: FormPlan, item: ItemPlan)? {
    for form in forms {
      if let item = form.items.first(where: {
        roles.contains($0.gives) && $0.concept == concept.id && $0.calculated == nil
      }) {
        return (form, item)
      }
    }
    return nil
  }

  /// A date of the record as an item holds it; nil where it cannot.
  func date(_ written: String, for item: ItemPlan) -> String? {
    guard let time = DateTime(written) else { return nil }
    switch item.type {
    case .partialDate: return time.date.description
    case .date: return time.date.precision == .day ? time.date.description : nil
    case .dateTime:
      if time.precision >= .minute, time.offsetMinutes != nil { return written }
      guard let noonAt, time.date.precision == .day else { return nil }
      return DateTime(date: time.date, time: TimeOfDay(hour: 12, minute: 0), offsetMinutes: noonAt)?.description
    default: return nil
    }
  }
}

/// Forms as they are being filled in.
struct Sheet {
  let filling: FormFilling
  let casebook: CasebookState
  var filled = FormFilling.Filled()
  /// The key of each form and day.
  private var keys: [String: FormKey] = [:]
  private var occasions: Occasions?

  init(filling: FormFilling, casebook: CasebookState) {
    self.filling = filling
    self.casebook = casebook
    occasions = Occasions(of: filling.visit, in: filling.study, casebook)
  }

  /// The sheet of a form for a time as it is written: one for a form that is filled once, one a time for the others.
  mutating func key(of form: FormPlan, day: String) -> FormKey? {
    let name = form.occurs == .once ? form.id : "\(form.id) \(day)"
    if let known = keys[name] { return known }
    let dating = form.dated.flatMap { form.item($0) }
    let time = dating.flatMap { item in filling.date(day, for: item).map { Entry(item.id, .value($0)) } }
    let key = filling.key(of: form, at: time, in: casebook, filled.entries, among: occasions)
    keys[name] = key
    return key
  }

  /// The next sheet of a form.
  mutating func next(_ form: FormPlan) -> FormKey? {
    filling.key(of: form, at: nil, in: casebook, filled.entries, among: occasions)
  }

  /// Writes an entry unless the item is answered already.
  mutating func write(_ entry: Entry, _ key: FormKey) -> Bool {
    guard filled.entries[key]?.contains(where: { $0.item == entry.item }) != true else { return false }
    filled.entries[key, default: []].append(entry)
    occasions?.add(entry, of: key)
    return true
  }

  /// An element of the Patient.
  mutating func add(element: String, _ text: String) {
    guard let concept = filling.study.dictionary.concepts.first(where: { $0.element == element }),
      let place = filling.place(of: concept, [.value]), let key = key(of: place.form, day: "")
    else { return }
    _ = write(Entry(place.item.id, .value(text)), key)
  }
}
