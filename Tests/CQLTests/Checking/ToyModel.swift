import ClinicalValues

@testable import CQL

/// A data model as small as the checker's tests allow: shaped like FHIR's.
struct ToyModel: Model {
  let name = "Toy"
  let version = "1.0"

  private static func toy(_ name: String) -> CQLType { .named(model: "Toy", name: name) }

  private static let classes: [String: ClassInfo] = Dictionary(
    uniqueKeysWithValues: [
      ClassInfo(
        name: "Patient", base: "Resource",
        elements: ["id": toy("string"), "birthDate": toy("date"), "name": .list(toy("HumanName"))],
        primaryCodePath: nil, isRetrievable: true),
      ClassInfo(
        name: "Observation", base: "Resource",
        elements: [
          "id": toy("string"), "status": toy("string"), "code": toy("CodeableConcept"),
          "value": .choice([toy("Quantity"), toy("CodeableConcept"), toy("string")]), "effective": toy("Period"),
          "issued": toy("instant"),
        ], primaryCodePath: "code", isRetrievable: true),
      ClassInfo(
        name: "Condition", base: "Resource",
        elements: [
          "id": toy("string"), "code": toy("CodeableConcept"), "onset": .choice([toy("instant"), toy("Period")]),
        ],
        primaryCodePath: "code", isRetrievable: true),
      ClassInfo(
        name: "Resource", base: nil, elements: ["id": toy("string")], primaryCodePath: nil, isRetrievable: false),
      ClassInfo(
        name: "HumanName", base: nil, elements: ["family": toy("string"), "given": .list(toy("string"))],
        primaryCodePath: nil, isRetrievable: false),
      ClassInfo(name: "string", base: nil, elements: ["value": .string], primaryCodePath: nil, isRetrievable: false),
      ClassInfo(name: "date", base: nil, elements: ["value": .date], primaryCodePath: nil, isRetrievable: false),
      ClassInfo(name: "instant", base: nil, elements: ["value": .dateTime], primaryCodePath: nil, isRetrievable: false),
      ClassInfo(
        name: "Quantity", base: nil, elements: ["value": .decimal, "comparator": toy("string")], primaryCodePath: nil,
        isRetrievable: false),
      ClassInfo(
        name: "CodeableConcept", base: nil, elements: ["text": toy("string")], primaryCodePath: nil,
        isRetrievable: false),
      ClassInfo(
        name: "Period", base: nil, elements: ["start": toy("instant"), "end": toy("instant")], primaryCodePath: nil,
        isRetrievable: false),
    ].map { ($0.name, $0) })

  func classInfo(_ name: String) -> ClassInfo? { ToyModel.classes[name] }

  func implicitConversion(of className: String) -> CQLType? {
    let types: [String: CQLType] = [
      "string": .string, "date": .date, "instant": .dateTime, "Quantity": .quantity, "CodeableConcept": .concept,
      "Period": .interval(.dateTime),
    ]
    return types[className]
  }

  func convert(_ object: any DataObject, to type: CQLType) -> Value { .null }
}

/// A library's text with the model declared, compiled.
func compileToy(_ text: String, including others: [String: String] = [:]) -> (program: Program?, diagnostics: [String])
{
  let compiler = Compiler(models: [ToyModel()]) { name, _ in
    others[name].map { LibrarySource(file: "\(name).cql", text: $0) }
  }
  let (program, diagnostics) = compiler.compile(LibrarySource(file: "toy.cql", text: text))
  return (program, diagnostics.map(\.description))
}

/// The definition of that name in the main library.
func definition(_ name: String, in program: Program?) -> Definition? {
  program?.libraries.last?.definitions.first { $0.name == name }
}
