import CQL
import ClinicalValues

/// A data model of two classes, enough to ask an evaluation for its reasons: `Result` (a measurement) and `Finding`.
struct RecordModel: Model {
  let name = "Record"
  let version = "1.0"

  func classInfo(_ name: String) -> ClassInfo? {
    switch name {
    case "Result":
      ClassInfo(
        name: name, base: nil, elements: ["code": .code, "value": .decimal, "taken": .date, "status": .string],
        primaryCodePath: "code", isRetrievable: true)
    case "Finding":
      ClassInfo(
        name: name, base: nil, elements: ["code": .code, "present": .boolean], primaryCodePath: "code",
        isRetrievable: true)
    default: nil
    }
  }

  func implicitConversion(of className: String) -> CQLType? { nil }
  func convert(_ object: any DataObject, to type: CQLType) -> Value { .null }
}

/// A record of the test model: its elements by name.
struct TestRecord: DataObject {
  let className: String
  let origin: Origin
  let elements: [String: Value]

  init(_ className: String, _ reference: String, _ index: Int, _ elements: [String: Value]) {
    self.className = className
    self.origin = Origin(reference: reference, index: index)
    self.elements = elements
  }

  func element(_ name: String) -> Value { elements[name] ?? .null }
  func isEqual(to other: any DataObject) -> Bool { origin == other.origin }

  /// A measurement.
  static func result(
    _ code: String, _ index: Int, value: String? = nil, day: String = "2026-01-10", status: String = "final"
  ) -> TestRecord {
    TestRecord(
      "Result", "\(code)-\(index)", index,
      [
        "code": .code(Code(code)), "value": value.flatMap { Decimal($0) }.map { .decimal($0) } ?? .null,
        "taken": CalendarDate(day).map { .date($0) } ?? .null, "status": .string(status),
      ])
  }

  /// A finding that is present, absent, or not known to be either.
  static func finding(_ code: String, _ index: Int, present: Bool?) -> TestRecord {
    TestRecord(
      "Finding", "\(code)-\(index)", index,
      ["code": .code(Code(code)), "present": present.map { .boolean($0) } ?? .null])
  }
}

/// The records of one test; a value set of the same id as a code has that code as its only member.
struct TestData: DataSource {
  let records: [TestRecord]

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    records.filter { record in
      guard record.className == request.className else { return false }
      guard case .code(let code) = record.element("code") else { return false }
      return switch request.codes {
      case nil: true
      case .valueSet(let set): set.id == code.code
      case .codes(let codes): codes.contains { $0.code == code.code }
      case .codeSystem(let system): code.system == system.id
      }
    }
  }
}
