/// Finds whose record it is, and resources that are about somebody else.
struct Ownership {
  private(set) var patient: Resource?
  private(set) var findings: [Finding] = []
  /// Findings by the reference that they are about: each other patient is told once.
  private var told: [String: Int] = [:]
  /// Where the Patient has neither id nor address, or is missing: what the first resource calls them.
  private var assumed: String?
  /// Resources of something else than a person, with the element that says so.
  private var aside: [(resource: Resource, element: String)] = []
  private let index: RecordIndex
  private let file: String

  /// Elements that say whom a resource is about (of the R4 patient compartment).
  static let owners = ["subject", "patient", "beneficiary"]

  /// `isPartial`: something of the file could not be read, so that a missing Patient means nothing.
  init(_ resources: [Resource], _ index: RecordIndex, file: String, rule: Record.PatientRule, isPartial: Bool) {
    self.index = index
    self.file = file
    let patients = resources.filter { $0.type == "Patient" }
    patient = patients.first
    if patients.count > 1 {
      tellOfSeveral(patients)
      return
    }
    if patients.isEmpty, rule == .one, !isPartial {
      findings.append(
        Finding(
          .error, "no-patient", at: nil, element: file,
          resources.isEmpty
            ? "There is no resource in this file."
            : "There is no Patient in this file, so nobody can tell whose record it is.",
          remedy: "Export the record with its Patient."))
    }
    if patients.isEmpty, isPartial { return }
    for resource in resources where resource.type != "Patient" { check(resource) }
  }

  private mutating func tellOfSeveral(_ patients: [Resource]) {
    let names = patients.prefix(3).map(\.reference).joined(separator: ", ")
    findings.append(
      Finding(
        .error, "several-patients", at: patients[1].element.json, element: patients[1].path,
        "This file holds \(patients.count) Patients (\(names)\(patients.count > 3 ? ", ..." : "")), expected one.",
        remedy: "Export one file a patient."))
  }

  private mutating func check(_ resource: Resource) {
    for name in Ownership.owners {
      if let json = resource.element.json?[name], let unreadable = Ownership.unreadable(json) {
        findings.append(
          Finding(
            .error, "wrong-reference", at: unreadable, element: "\(resource.path).\(name)",
            resource: resource.reference,
            "is \(unreadable.article) where a reference is expected, so nobody can tell whom the resource is about.",
            remedy: "Refer to the Patient of this file: {\"reference\": \"...\"}."))
      }
      for reference in resource.element.all(name) where reference.isKind(of: "Reference") {
        check(reference, as: name, of: resource)
      }
    }
  }

  /// The part of a reference that is not of its kind.
  private static func unreadable(_ json: JSON) -> JSON? {
    switch json.kind {
    case .null: return nil
    case .array: return json.elements.lazy.compactMap { unreadable($0) }.first
    case .object:
      guard let text = json["reference"], !text.isNull, text.string == nil else { return nil }
      return text
    default: return json
    }
  }

  /// Resources that say to be about something or somebody other than the patient, each with the element that says so: a device or a group
  /// (`subject`); a relative, a fetus, a donor (`focus` of an observation). They say nothing about the patient.
  func aboutOthers(_ resources: [Resource]) -> [(resource: Resource, element: String)] {
    let focused = resources.filter { resource in
      guard let focus = resource.element.json?["focus"], !focus.isNull else { return false }
      return resource.type == "Observation"
        && !resource.element.all("focus").contains { reference in
          guard let text = reference.first("reference")?.text else { return false }
          if case .resource(let found) = index.target(of: text, from: resource) { return found.type == "Patient" }
          return false
        }
    }
    return aside.filter { $0.element == "subject" } + focused.map { ($0, "focus") }
  }

  private enum Answer {
    case ours
    case nobody
    /// Nobody's: of a device, a group, a place.
    case thing
    case other(String)
    case untold(String)
  }

  private mutating func check(_ reference: Element, as name: String, of resource: Resource) {
    switch answer(reference, of: resource) {
    case .ours, .nobody: return
    case .thing: aside.append((resource, name))
    case .other(let whom):
      let ours =
        patient.map { "the Patient of this file is \($0.reference)" } ?? "others here are about \(assumed ?? "")"
      tell(
        .error, "other-patient", reference, name, resource, about: whom, "is \(whom), but \(ours).",
        remedy: "Remove what belongs to another patient, or correct the reference.")
    case .untold(let how):
      tell(
        .warning, "patient-untold", reference, name, resource, about: how,
        "\(how); the resource is taken to be about the Patient of this file.", remedy: "")
    }
  }

  private mutating func tell(
    _ severity: Problem.Severity, _ id: String, _ reference: Element, _ name: String, _ resource: Resource,
    about whom: String, _ message: String, remedy: String
  ) {
    if let told = told[whom] {
      findings[told].count += 1
      return
    }
    told[whom] = findings.count
    findings.append(
      Finding(
        severity, id, at: reference.json, element: "\(resource.path).\(name)", resource: resource.reference, message,
        remedy: remedy))
  }

  private mutating func answer(_ reference: Element, of resource: Resource) -> Answer {
    if case .other(let whom) = answer(identifierOf: reference), identifiesPatient(reference) { return .other(whom) }
    guard let text = reference.first("reference")?.text else { return answer(identifierOf: reference) }
    let type = reference.first("type")?.text
    switch index.target(of: text, from: resource) {
    case .resource(let found): return found.type == "Patient" ? .ours : .thing
    case .contained(let found):
      guard found.definition.name == "Patient" else { return .thing }
      return sharesIdentity(found) ? .ours : .other("a Patient contained in the resource (\(text))")
    case nil: break
    }
    if let target = ReferenceText(text).type ?? type, target != "Patient" { return .thing }
    if text.contains("?") { return .untold("is the search “\(shortened(text))”, which cannot be followed here") }
    guard patient.map({ $0.id == nil && $0.fullUrl == nil }) ?? true else { return .other("“\(shortened(text))”") }
    // A Patient without a name for it: all that refer to one and the same are taken to mean them.
    if assumed == nil {
      assumed = text
      return patient == nil ? .ours : .untold("is “\(shortened(text))”, while the Patient of this file has no id")
    }
    return assumed == text ? .ours : .other("“\(shortened(text))”")
  }

  /// A reference that only gives an identifier.
  private func answer(identifierOf reference: Element) -> Answer {
    if let type = reference.first("type")?.text, type != "Patient" { return .thing }
    guard let identifier = reference.first("identifier"), let value = identifier.first("value")?.text else {
      return reference.first("display") == nil ? .nobody : .untold("is a name without a reference")
    }
    let system = identifier.first("system")?.text
    let own = patient?.element.all("identifier").filter { $0.first("system")?.text == system } ?? []
    if own.contains(where: { $0.first("value")?.text == value }) { return .ours }
    guard patient != nil else { return .untold("is an identifier, and there is no Patient in this file") }
    return .other("the identifier “\(shortened(value))”")
  }

  /// Whether a reference with an address also gives an identifier of a kind that the Patient has one of.
  private func identifiesPatient(_ reference: Element) -> Bool {
    guard let identifier = reference.first("identifier") else { return false }
    let system = identifier.first("system")?.text
    return patient?.element.all("identifier").contains { $0.first("system")?.text == system } ?? false
  }

  private func sharesIdentity(_ other: Element) -> Bool {
    guard let patient else { return false }
    if let id = other.first("id")?.text, id == patient.id { return true }
    return other.all("identifier").contains { identifier in
      patient.element.all("identifier").contains { own in
        own.first("value")?.text != nil && own.first("value")?.text == identifier.first("value")?.text
          && own.first("system")?.text == identifier.first("system")?.text
      }
    }
  }
}
