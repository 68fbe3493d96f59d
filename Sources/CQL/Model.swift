public import ClinicalValues

/// A data model that a library may use (`using FHIR version '4.0.1'`): its classes and how they become values of the language.
public protocol Model: Sendable {
  /// Name in `using`, such as `FHIR`.
  var name: String { get }
  /// Version in `using`, such as `4.0.1`.
  var version: String { get }
  /// The class of that name (without the model's name), nil if the model has none.
  func classInfo(_ name: String) -> ClassInfo?
  /// The type of the language that a class converts to implicitly (`FHIR.string` to String, `FHIR.Period` to
  /// Interval<DateTime>), nil if it does not.
  func implicitConversion(of className: String) -> CQLType?
  /// A value of the model converted as `implicitConversion` says; null where it has no value.
  func convert(_ object: any DataObject, to type: CQLType) -> Value
}

/// A class of a data model.
public struct ClassInfo: Sendable {
  /// Name without the model's.
  public let name: String
  /// The class it specializes, by name without the model's.
  public let base: String?
  /// Type of each element of the class and of the classes it specializes, by name.
  public let elements: [String: CQLType]
  /// The element that a retrieve filters by code where none is named, such as `code` of Observation.
  public let primaryCodePath: String?
  /// Whether it can be retrieved.
  public let isRetrievable: Bool
  /// A class.
  public init(
    name: String, base: String?, elements: [String: CQLType], primaryCodePath: String?, isRetrievable: Bool
  ) {
    self.name = name
    self.base = base
    self.elements = elements
    self.primaryCodePath = primaryCodePath
    self.isRetrievable = isRetrievable
  }
}

/// A resource or an element of one, read lazily; equality is by content.
public protocol DataObject: Sendable {
  /// Class name without the model's, such as `Observation` or `CodeableConcept`.
  var className: String { get }
  /// The value of an element: null where absent, a list where it repeats. For a choice element (`value[x]`) `name` is
  /// without the type (`value`).
  func element(_ name: String) -> Value
  /// Which record this is part of; what a result rests on is told by it.
  var origin: Origin { get }
  /// Equality by content.
  func isEqual(to other: any DataObject) -> Bool
}

/// Which record a datum is part of.
public struct Origin: Hashable, Sendable {
  /// How a person finds it: an entry's `fullUrl`, or `Type/id`.
  public let reference: String
  /// Its place in the data source, for order and identity.
  public let index: Int
  /// An origin.
  public init(reference: String, index: Int) {
    self.reference = reference
    self.index = index
  }
}

/// Where retrieves get their data.
public protocol DataSource: Sendable {
  /// The records that answer a retrieve, in the order of the source. Cost: that of the answer, not of the source.
  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject]
}

/// What a retrieve asks for (`[Observation: code in "hemoglobin"]`).
public struct Retrieve: Sendable {
  /// Class name without the model's.
  public var className: String
  /// The element compared with `codes`.
  public var codePath: String?
  /// nil: no filter by code.
  public var codes: CodeFilter?
  /// The days outside of which the query around the retrieve has no use for a record; nil: any day will do.
  public var dates: DateFilter?
  /// A retrieve.
  public init(className: String, codePath: String? = nil, codes: CodeFilter? = nil, dates: DateFilter? = nil) {
    self.className = className
    self.codePath = codePath
    self.codes = codes
    self.dates = dates
  }
}

/// The days that a query's `where` asks of an element of the records it retrieves.
///
/// A data source may leave out a record that says when it was, and of which no day, as written, lies in the span; the
/// `where` decides about all others. A source without an index by date may ignore it.
public struct DateFilter: Hashable, Sendable {
  /// The element: a date, a date-time or a period.
  public var path: String
  /// The first day of use, nil without a limit.
  public var first: CalendarDate?
  /// The last day of use, nil without a limit.
  public var last: CalendarDate?
  /// A span of days.
  public init(path: String, first: CalendarDate? = nil, last: CalendarDate? = nil) {
    self.path = path
    self.first = first
    self.last = last
  }
}

/// The terminology of a retrieve.
public enum CodeFilter: Sendable {
  /// Members of a value set.
  case valueSet(ValueSetName)
  /// Any of these codes, compared by equivalence (code and system).
  case codes([Code])
  /// Any code that names this system, but those that the terminology knows not to be in it.
  case codeSystem(CodeSystemName)
}

/// What codes mean.
public protocol Terminology: Sendable {
  /// Whether a code is in a value set; nil where the value set is not known here.
  func contains(_ code: Code, in valueSet: ValueSetName) -> Bool?
  /// The codes of a value set as listed; nil where it is not known here or cannot be listed.
  func expansion(of valueSet: ValueSetName) -> [Code]?
  /// Whether a code is in a code system; nil where that system is not known here.
  func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool?
}

/// Why an evaluation has no result: an error of execution, not the value null.
public struct EvaluationError: Error, Sendable, Equatable {
  /// A sentence: what is wrong and what to do.
  public let message: String
  /// Where in the library, if known: `file:line:column`.
  public var location: String?
  /// An error.
  public init(_ message: String, location: String? = nil) {
    self.message = message
    self.location = location
  }
}
