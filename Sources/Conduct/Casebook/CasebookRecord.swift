import ClinicalValues
import FHIR
import Ledger
import StudyDesign
import Trial

/// What the identity store knows of a participant that criteria ask for. It is read into memory for an evaluation and
/// never written to an event.
struct Demographics: Sendable, Hashable {
  var birthDate: CalendarDate?
  var sex: AdministrativeSex?

  /// Nothing is known.
  init() {}

  /// What is known of a person.
  init(_ person: Person?) {
    birthDate = person?.birthDate
    sex = person?.sexAtBirth.flatMap { AdministrativeSex(rawValue: $0.lowercased()) }
  }
}

/// A participant's casebook as FHIR R4 resources.
///
/// Birth date and, where no form says it, sex come from the identity store; everything else from the forms. Consents
/// that the ledger holds stand beside those of forms: they are the record of what was signed.
struct CasebookRecord {
  let state: ParticipantState
  let study: Study
  let person: Demographics
  let laboratories: LaboratoryState
  private let plans: [String: FormPlan]
  /// What a form says of the sex.
  private let sexInForms: String?

  init(state: ParticipantState, study: Study, person: Demographics, laboratories: LaboratoryState) {
    self.state = state
    self.study = study
    self.person = person
    self.laboratories = laboratories
    plans = Dictionary(study.forms.map { ($0.id, $0) }) { first, _ in first }
    sexInForms = Self.sex(in: state.casebook, by: study)
  }

  /// The resources; nil where the casebook holds nothing.
  ///
  /// - Parameter written: what was written of the same forms before: a form that has not changed is not written again.
  func resources(_ written: WrittenForms?) -> Resources? {
    let counting = counting
    let keys = state.casebook.keys().filter { counting[$0]?.isBegun == true }
    guard !keys.isEmpty else { return nil }
    var forms: [Resources.Form] = []
    let context = context
    for key in keys {
      guard let plan = plans[key.form], let record = counting[key] else { continue }
      let visitDate = state.casebook.answer(datingVisitOf: key, by: study.grading.items.visitDate)
      let form = FormResources(
        key: key, plan: plan, record: record, dictionary: study.dictionary, subject: subject, visitDate: visitDate,
        range: range)
      func write() -> Resources.Form {
        Resources.Form(form.resources().map { Resources.Named(url: Self.prefix + $0.name, text: $0.json.text) })
      }
      forms.append(written?.form(key, record, visitDate: visitDate, in: context, write) ?? write())
    }
    let consents = consents.map { Resources.Named(url: $0.name, text: $0.json.text) }
    forms.append(written?.consents(consents, of: state.id) ?? Resources.Form(consents))
    return Resources(patient: patient, written: forms)
  }

  /// The Patient, and no form.
  var patientAlone: Resources { Resources(patient: patient, written: []) }

  /// The forms as far as they count. In a screening that was begun once more everything is assessed anew: of the forms of
  /// visits what was entered since the first failed. Logs, and what is asked once, hold dated history: they go on.
  private var counting: [FormKey: FormRecord] {
    let failed = state.way.assessedAnewSince
    guard failed > 0 else { return state.casebook.forms }
    return Dictionary(
      uniqueKeysWithValues: state.casebook.forms.map { key, record in
        (key, key.isOfVisit ? record.answered(after: failed) : record)
      })
  }

  /// What the names of its resources begin with.
  static let prefix = "casebook:"

  /// What the resources of a form follow from besides the form.
  private var context: WrittenForms.Context {
    WrittenForms.Context(
      participant: state.id, version: study.version, sex: sexInForms ?? person.sex?.rawValue,
      birthDate: person.birthDate,
      site: state.way.site, files: laboratories.files)
  }

  /// A member of the Patient, as JSON.
  struct Member: Sendable, Hashable {
    let name: String
    let text: String
  }

  /// The Patient's members, and every other resource as JSON under its name.
  struct Resources {
    struct Named: Sendable, Hashable {
      let url: String
      let text: String
    }

    /// The resources of one form, and the same as a part of a bundle, read.
    struct Form: Sendable {
      let resources: [Named]
      let part: BundlePart

      init(_ resources: [Named]) {
        self.resources = resources
        part = BundlePart(resources.map { MergedRecord.entry($0.text, $0.url) }.joined(separator: ","))
      }
    }

    let patient: [Member]
    let written: [Form]

    /// The parts that have something in them.
    var forms: [BundlePart] { written.filter { !$0.resources.isEmpty }.map(\.part) }
    var resources: [Named] { written.flatMap(\.resources) }
  }

  private var subject: String { "Patient/\(state.id)" }

  private var patient: [Member] {
    var members: [Member] = []
    if let sex = sexInForms ?? person.sex?.rawValue { members.append(Member(name: "gender", text: JSON.quoted(sex))) }
    if let birthDate = person.birthDate {
      members.append(Member(name: "birthDate", text: JSON.quoted(birthDate.description)))
    }
    return members
  }

  private static func sex(in casebook: CasebookState, by study: Study) -> String? {
    let concepts = Set(study.dictionary.concepts.filter { $0.element == "gender" }.map(\.id))
    for plan in study.forms {
      guard let item = plan.items.first(where: { $0.gives == .value && $0.concept.map(concepts.contains) == true })
      else {
        continue
      }
      for key in casebook.forms.keys.filter({ $0.form == plan.id }).sorted() {
        if let text = casebook.forms[key]?.entry(item.id)?.answer.text { return text }
      }
    }
    return nil
  }

  private func range(_ concept: DataConcept, _ named: String?, _ day: CalendarDate) -> NormalRange? {
    guard let laboratory = named ?? state.way.site.flatMap({ laboratories.ownLaboratory(of: $0) }) else { return nil }
    let sex = sexInForms.flatMap { AdministrativeSex(rawValue: $0) } ?? person.sex
    return laboratories.range(
      laboratory: laboratory, concept: concept.id, sex: sex, age: person.birthDate.flatMap { $0.age(on: day) }, on: day)
  }

  /// The consents that the ledger holds; inactive once everything was withdrawn.
  private var consents: [(name: String, json: FHIRText)] {
    guard let concept = study.dictionary.concepts.first(where: { $0.resource == "Consent" }), let code = concept.ownCode
    else { return [] }
    let status = state.way.departure?.withdrawal?.scope == .everything ? "inactive" : "active"
    return state.way.consents.enumerated().map { number, consent in
      let signed = consent.signed.dateTime.description
      let json = FHIRText.object([
        ("resourceType", .string("Consent")), ("status", .string(status)),
        ("scope", .concept(FHIRSystem.terminology + "consentscope", "research")),
        ("category", .array([.concept(code.system, code.code)])),
        ("patient", .object([("reference", .string(subject))])), ("dateTime", .string(signed)),
        ("policyRule", .concept(FHIRSystem.terminology + "v3-ActCode", "OPTIN")),
        ("provision", .object([("type", .string("permit"))])),
      ])
      return (Self.prefix + "consent/\(number + 1)", json)
    }
  }
}

extension CalendarDate {
  /// Completed years from this day of birth to a day; nil where the dates leave it open.
  func age(on day: CalendarDate) -> Int? {
    guard let years = duration(to: day, in: .year), years.lowerBound == years.upperBound, years.lowerBound >= 0 else {
      return nil
    }
    return Int(years.lowerBound)
  }
}
