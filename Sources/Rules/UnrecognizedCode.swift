import ClinicalValues
import FHIR

/// A code under which a record holds data that no criterion can read, since the dictionary lists none of their codes: a local code of the
/// hospital's laboratory may well be the hemoglobin that is reported missing. Or a type of resource that says what a patient is given and is
/// not read at all.
public struct UnrecognizedCode: Sendable, Hashable {
  /// Type of the resources.
  public let type: String
  /// The code system; nil where the coding has none.
  public let system: String?
  /// The code; nil where there is none.
  public let code: String?
  /// The words that stand beside it.
  public let display: String?
  /// Whether resources of this type are not read, whatever their code; `system`, `code` and `display` are nil then.
  public let isOfUnreadType: Bool
  /// How many resources have it.
  public fileprivate(set) var count: Int
  /// Whether one of them is a diagnosis that is confirmed and goes on.
  public fileprivate(set) var isOngoingDiagnosis = false

  fileprivate init(type: String, code: Code? = nil, display: String? = nil, isOfUnreadType: Bool = false) {
    self.type = type
    system = code?.system
    self.code = code?.code
    self.display = display
    self.isOfUnreadType = isOfUnreadType
    count = 1
  }
}

/// Gathers the codes of a record that identify no concept of the dictionary.
struct UnrecognizedCodes {
  let terminology: DictionaryTerminology

  /// Types that say what a patient is given: where a study reads statements of medicines alone, these are passed over.
  private static let given: Set = ["MedicationRequest", "MedicationAdministration", "MedicationDispense"]

  /// The codes of a record's resources of some types; the most frequent first, else in the order of the file.
  ///
  /// Cost: one look at each code of each resource; what a code identifies is remembered.
  ///
  /// - Parameter used: the references of resources that a criterion rests on all the same, since they may be of anything.
  func all(in record: FHIR.Record, types: Set<String>, but used: Set<String>) -> [UnrecognizedCode] {
    let medications = Medications(record)
    var found: [UnrecognizedCode] = []
    var places: [[String?]: Int] = [:]
    for resource in record.resources where resource.type != "Patient" && !used.contains(resource.reference) {
      let isRead = types.contains(resource.type)
      guard isRead || UnrecognizedCodes.given.contains(resource.type) else { continue }
      let unread = UnrecognizedCode(type: resource.type, isOfUnreadType: true)
      guard var code = isRead ? code(of: resource, medications) : unread else { continue }
      code.isOngoingDiagnosis = isOngoingDiagnosis(resource)
      // The words beside a code differ from record to record.
      let key = [code.type, code.system, code.code ?? code.display]
      if let place = places[key] {
        found[place].count += 1
        if code.isOngoingDiagnosis { found[place].isOngoingDiagnosis = true }
      } else {
        places[key] = found.count
        found.append(code)
      }
    }
    return found.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }

  private func isOngoingDiagnosis(_ resource: Resource) -> Bool {
    guard resource.type == "Condition", resource["abatement"] == nil else { return false }
    let status = resource["clinicalStatus"]?.codes.map(\.code) ?? []
    return resource["verificationStatus"]?.codes.contains { $0.code == "confirmed" } == true
      && (status.isEmpty || status.contains { ["active", "recurrence", "relapse"].contains($0) })
  }

  /// What a resource is recorded under; nil where one of its codes, or of its components', identifies a concept.
  private func code(of resource: Resource, _ medications: Medications) -> UnrecognizedCode? {
    let concepts = ["code", "vaccineCode", "category", "medication"].flatMap { resource.element.all($0) }
      .filter { $0.isKind(of: "CodeableConcept") }
    let own = concepts.flatMap(\.codes) + medications.codes(of: FHIRObject(resource))
    let inside = resource.element.all("component").flatMap { $0.all("code") }.flatMap(\.codes)
    guard (own + inside).allSatisfy({ terminology.concepts(identifiedBy: $0).isEmpty }) else { return nil }
    return UnrecognizedCode(
      type: resource.type, code: own.first,
      display: own.first?.display ?? concepts.lazy.compactMap { $0.concept?.display }.first)
  }
}
