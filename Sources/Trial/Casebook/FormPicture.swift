public import StudyDesign

/// What the rules of a form say of it as it would stand after a command. Trial does not know CQL; it is handed this.
public struct FormPicture: Sendable, Hashable, Codable {
  /// A check that found something.
  public struct Fired: Sendable, Hashable, Codable {
    /// Its id, unique in the study; `usual:ITEM` for a value outside the usual ones of an item.
    public let check: String
    /// What a person reads.
    public let message: String
    /// The items that it is about; the query stands at the first.
    public let items: [String]

    /// A check with its message and items.
    public init(check: String, message: String, items: [String]) {
      self.check = check
      self.message = message
      self.items = items
    }
  }

  /// Items that are asked.
  public var shown: Set<String>
  /// Items that must be answered, or have a reason why not.
  public var required: Set<String>
  /// What the calculated items come to; one that is not there is unknown.
  public var calculated: [Entry]
  /// Checks that found something.
  public var fired: [Fired]
  /// Items whose value is impossible, with what is possible, in words.
  public var impossible: [String: String]

  /// A picture of a form.
  public init(
    shown: Set<String>, required: Set<String> = [], calculated: [Entry] = [], fired: [Fired] = [],
    impossible: [String: String] = [:]
  ) {
    self.shown = shown
    self.required = required
    self.calculated = calculated
    self.fired = fired
    self.impossible = impossible
  }
}

/// The forms of a protocol version, as commands on a casebook need them.
public struct FormBook: Sendable, Hashable {
  /// The forms, by id.
  public let forms: [String: FormPlan]
  /// The visits of the schedule, in their order.
  public let visits: [String]
  /// What is done at them, and when.
  public let schedule: SchedulePlan
  /// Concepts that are kept with the identity, never in a casebook.
  public let keptApart: Set<String>
  /// Concepts that name a medicine, so that an answer with one of them is coded.
  public let medicines: Set<String>
  /// The sets of concepts that have medicines among them.
  public let medicineSets: Set<String>
  /// The ATC code of each of them.
  public let atc: [String: String]
  /// The unit of each concept that has one, with the ways to it.
  public let units: [String: ConceptUnit]
  /// What fills the instruments that grade what is recorded.
  public let grading: GradingPlan
  /// Where adverse events and what belongs to them stand; nil where the study does not say it.
  public let safety: SafetyForms?

  /// The forms and visits of a protocol version, and the concepts that its dictionary holds as elements of Patient that
  /// name a person.
  public init(_ study: Study) {
    self.init(
      study.casebook, dictionary: study.dictionary, grading: study.grading, safety: study.conduct.safety.forms)
  }

  /// The same of parts of a version.
  public init(
    _ casebook: CasebookPlan, dictionary: DataDictionary, grading: GradingPlan, safety: SafetyForms? = nil
  ) {
    self.init(
      forms: casebook.forms, schedule: casebook.schedule,
      keptApart: Set(dictionary.concepts.filter { $0.element == "birthDate" }.map(\.id)),
      medicines: Set(dictionary.medicines.map(\.id)),
      medicineSets: Set(dictionary.medicines.flatMap(\.sets)),
      atc: Dictionary(dictionary.medicines.compactMap { medicine in medicine.atc.map { (medicine.id, $0) } }) {
        first, _ in
        first
      },
      units: Dictionary(
        dictionary.concepts.compactMap { concept in ConceptUnit(concept).map { (concept.id, $0) } },
        uniquingKeysWith: { first, _ in first }), grading: grading, safety: safety)
  }

  /// A plan of these forms and of the visits of a schedule, or of visits of which nothing is planned.
  public init(
    forms: [FormPlan] = [], visits: [String] = [], schedule: SchedulePlan = .none,
    keptApart: Set<String> = ["birthDate"], medicines: Set<String> = [], medicineSets: Set<String> = [],
    atc: [String: String] = [:],
    units: [String: ConceptUnit] = [:],
    grading: GradingPlan = GradingPlan(), safety: SafetyForms? = nil
  ) {
    self.forms = Dictionary(forms.map { ($0.id, $0) }) { first, _ in first }
    self.visits = schedule.visits.map(\.id) + visits
    self.schedule = schedule
    self.keptApart = keptApart
    self.medicines = medicines
    self.medicineSets = medicineSets
    self.atc = atc
    self.units = units
    self.grading = grading
    self.safety = safety
  }

  /// No form at all.
  public static let none = FormBook()

  /// The visit at which somebody is screened: the first that is counted from consent.
  var screeningVisit: String? { schedule.visits.first { $0.anchor == .consent }?.id ?? visits.first }

  /// The words of an item; its id where no form has it.
  func label(of item: String, in key: FormKey) -> String { forms[key.form]?.item(item)?.label ?? item }

  /// The form of a key.
  ///
  /// - Throws: `Refusal` (`unknown-form`, `unknown-visit`) where the study has no such form, or not there.
  public func form(of key: FormKey) throws(Refusal) -> FormPlan {
    guard let form = forms[key.form] else {
      throw Refusal(
        "unknown-form", because: "The study has no form ‘\(key.form)’.",
        remedy: "Its forms are: \(forms.keys.sorted().joined(separator: ", ")).")
    }
    let isPlaced =
      switch form.occurs {
      case .once: key.visit == FormKey.once && key.number == 1 && key.row == 1
      case .log: key.visit == FormKey.log && key.number == 1
      case .visit: visits.contains(key.visit) && key.row == 1
      case .repeated: visits.contains(key.visit)
      }
    guard isPlaced else {
      throw Refusal(
        "unknown-visit", because: "There is no \(key): the form \(form.id) \(form.occurs.place).",
        remedy: form.occurs == .visit || form.occurs == .repeated
          ? "The visits are: \(visits.joined(separator: ", "))." : "Name it as such.")
    }
    return form
  }
}

extension FormOccurrence {
  /// Where a form of this kind stands, in words.
  fileprivate var place: String {
    switch self {
    case .once: "is filled once, as once/1/FORM/1"
    case .log: "is a log, as log/1/FORM/ROW"
    case .visit: "is filled once a visit, as VISIT/NUMBER/FORM/1"
    case .repeated: "is filled several times a visit, as VISIT/NUMBER/FORM/ROW"
    }
  }
}
