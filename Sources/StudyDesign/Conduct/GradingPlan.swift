public import ClinicalValues

/// How grades and courses are computed from what a casebook holds: which concept is which key of an instrument, and the
/// limits that publications leave to the sponsor. Read from the section `grading:` of `safety.yaml`.
public struct GradingPlan: Sendable, Hashable, Codable {
  /// Laboratory values and vital signs that CTCAE grades by number, in the order in which they are shown.
  public var analytes: [GradedAnalyte]
  /// What fills the keys of other instruments (`crs`, `icans`, `ice`, `iecHs`), by instrument.
  public var instruments: [String: InstrumentFilling]
  /// Items that are no concept's.
  public var items: GradingItems
  /// Concepts of the daily view of toxicity, in the order of its lines.
  public var daily: [String]
  /// The grade from which a value asks for an adverse event.
  public var eventFromGrade: Int
  /// Limits of the courses of cells and immunoglobulins.
  public var courses: CoursePlan?
  /// The provisional items that it rests on.
  public var provisional: [String]

  /// A plan of these parts.
  public init(
    analytes: [GradedAnalyte] = [], instruments: [String: InstrumentFilling] = [:],
    items: GradingItems = GradingItems(),
    daily: [String] = [], eventFromGrade: Int = 3, courses: CoursePlan? = nil, provisional: [String] = []
  ) {
    self.analytes = analytes
    self.instruments = instruments
    self.items = items
    self.daily = daily
    self.eventFromGrade = eventFromGrade
    self.courses = courses
    self.provisional = provisional
  }
}

/// An analyte of CTCAE with the concept that holds its values.
public struct GradedAnalyte: Sendable, Hashable, Codable {
  /// The analyte's key, as the instrument `ctcaeLab` names it: `neutrophils`.
  public var analyte: String
  /// The concept of the data dictionary.
  public var concept: String
  /// How a number reaches the analyte's unit from the concept's, where UCUM cannot tell (`/4.008`: mg/dL of calcium in
  /// mmol/L).
  public var conversion: String?

  /// An analyte with its concept.
  public init(_ analyte: String, concept: String, conversion: String? = nil) {
    self.analyte = analyte
    self.concept = concept
    self.conversion = conversion
  }

  /// The steps of the conversion; nil where there is none.
  public var steps: [UnitConversion.Step]? { conversion.flatMap { UnitConversion.steps($0) } }
}

/// What fills an instrument, and where a person's own result stands.
public struct InstrumentFilling: Sendable, Hashable, Codable {
  /// The concept of the result that a person assigns; the forms that ask for it are the instrument's assessments.
  public var assigned: String
  /// Its keys, in order.
  public var keys: [InstrumentKey]

  /// A filling of these keys.
  public init(assigned: String, keys: [InstrumentKey]) {
    self.assigned = assigned
    self.keys = keys
  }
}

/// A key of an instrument with the concept that answers it.
public struct InstrumentKey: Sendable, Hashable, Codable {
  /// The instrument's key: `oxygenDevice`.
  public var key: String
  /// The concept of the data dictionary.
  public var concept: String
  /// The unit of the key, in UCUM, where it has one.
  public var unit: String?
  /// The instrument's word for each code of the concept, where it is a word.
  public var words: [String: String]

  /// A key with its concept.
  public init(_ key: String, concept: String, unit: String? = nil, words: [String: String] = [:]) {
    self.key = key
    self.concept = concept
    self.unit = unit
    self.words = words
  }
}

/// An item of a form: `demographics.AGE`.
public struct ItemReference: Sendable, Hashable, Codable {
  /// The form's id.
  public var form: String
  /// The item's id.
  public var item: String

  /// An item of a form.
  public init(form: String, item: String) {
    self.form = form
    self.item = item
  }
}

/// Items that grading reads and that the dictionary has no concept for.
public struct GradingItems: Sendable, Hashable, Codable {
  /// The age in completed years on the day of the first consent.
  public var age: ItemReference?
  /// The sex, in FHIR's words.
  public var sex: ItemReference?
  /// When a visit was held.
  public var visitDate: ItemReference?
  /// Whether immunoglobulin was given in the weeks before a sample.
  public var immunoglobulinGiven: ItemReference?

  /// These items.
  public init(
    age: ItemReference? = nil, sex: ItemReference? = nil, visitDate: ItemReference? = nil,
    immunoglobulinGiven: ItemReference? = nil
  ) {
    self.age = age
    self.sex = sex
    self.visitDate = visitDate
    self.immunoglobulinGiven = immunoglobulinGiven
  }
}

/// Limits of courses over time that publications leave to the sponsor.
public struct CoursePlan: Sendable, Hashable, Codable {
  /// CAR transgene copies, their limit of quantification, and that they lie below it: concepts.
  public var copies: String
  /// The concept of the lower limit of quantification.
  public var copiesLimit: String
  /// The concept that says that a sample lies below it.
  public var copiesBelow: String
  /// B cells: the concept.
  public var bCells: String
  /// The count, per microliter, below which they are depleted.
  public var bCellsDepleted: Decimal
  /// Whether that count itself is depleted.
  public var bCellsDepletedInclusive: Bool
  /// The count, per microliter, from which they have returned.
  public var bCellsReturned: Decimal
  /// Immunoglobulin G: the concept.
  public var immunoglobulin: String
  /// The concentration below which a lack of it is severe, in the concept's unit.
  public var immunoglobulinSevere: Decimal

  /// A plan of these limits.
  public init(
    copies: String, copiesLimit: String, copiesBelow: String, bCells: String, bCellsDepleted: Decimal,
    bCellsDepletedInclusive: Bool, bCellsReturned: Decimal, immunoglobulin: String, immunoglobulinSevere: Decimal
  ) {
    self.copies = copies
    self.copiesLimit = copiesLimit
    self.copiesBelow = copiesBelow
    self.bCells = bCells
    self.bCellsDepleted = bCellsDepleted
    self.bCellsDepletedInclusive = bCellsDepletedInclusive
    self.bCellsReturned = bCellsReturned
    self.immunoglobulin = immunoglobulin
    self.immunoglobulinSevere = immunoglobulinSevere
  }
}
