import ClinicalValues
import FHIR
import Ledger
import StudyDesign
public import Trial

/// What was imported for a participant, by concept of the data dictionary: the source beside which a form is compared with it.
///
/// Nothing of the casebook is in it, nor the Patient: who somebody is has no place beside what was measured. Where another resource
/// names the person all the same, a mark stands in its place.
public struct SourceRecords: Sendable {
  /// What one resource says of one concept.
  public struct Datum: Sendable, Hashable {
    /// The concept.
    public let concept: String
    /// The value with its unit, as the record writes it; nil where the resource itself is the statement.
    public let value: String?
    /// The day or time that it is of, as the record writes it.
    public let when: String?
    /// What names the resource in its record.
    public let source: String
    /// The resource as JSON, with marks in the place of what names the person.
    public let json: String
  }

  /// Everything, the newest first.
  public let data: [Datum]

  init(_ record: FHIR.Record, study: Study, mask: IdentityMask?) {
    let filling = FormFilling(study, visit: "")
    var found: [Datum] = []
    for resource in record.resources where resource.type != "Patient" {
      let parts = [resource.element] + resource.element.all("component")
      for part in parts {
        let codes = (part.first("code") ?? part.first("medication") ?? part.first("vaccineCode"))?.codes ?? []
        for concept in filling.concepts(codes) {
          found.append(
            Datum(
              concept: concept.id, value: SourceRecords.value(part).map { mask?.masked($0).text ?? $0 },
              when: SourceRecords.when(resource), source: resource.reference, json: resource.shown(by: mask)))
        }
      }
    }
    data = found.sorted { ($0.when ?? "", $0.source) > ($1.when ?? "", $1.source) }
  }

  /// What it says of a concept, the newest first.
  public func of(_ concept: String) -> [Datum] { data.filter { $0.concept == concept } }

  private static func value(_ element: Element) -> String? {
    guard let value = element.first("value") else { return nil }
    if let number = value.first("value")?.json?.text { return "\(number) \(value.unit)" }
    if let text = value.text ?? value.first("text")?.text { return text }
    return value.codes.first.map { $0.display ?? $0.code } ?? value.json?.text
  }

  private static func when(_ resource: Resource) -> String? {
    for name in ["effective", "onset", "performed", "occurrence", "recordedDate"] {
      guard let element = resource[name] else { continue }
      if let text = element.json?.string { return text }
      let ends = ["start", "end"].map { element.first($0)?.json?.string }
      if ends.contains(where: { $0 != nil }) { return ends.map { $0 ?? "" }.joined(separator: " – ") }
    }
    return nil
  }
}

extension Resource {
  /// The resource as JSON, with marks in the place of what names a person.
  func shown(by mask: IdentityMask?) -> String {
    let text = element.json?.text ?? ""
    return mask?.masked(text).text ?? text
  }
}

extension LiveStudy {
  /// What was imported for a participant and counts now.
  ///
  /// - Returns: nil where nothing was imported, or the participant's key was destroyed.
  /// - Throws: `Refusal` (`unknown-participant`); `MissingVersion`; `RecordError`.
  public func sourceRecords(of participant: ParticipantID) async throws -> SourceRecords? {
    try await refresh()
    let fold = self.fold
    let state = try fold.state.registered(participant)
    let now = ZoneClock.moment(clock(), zone: state.way.site.flatMap { fold.state.sites[$0]?.zone } ?? "UTC")
    guard let parts = try await parts(of: participant, until: now, in: fold), !parts.isEmpty else { return nil }
    let study = try shelf.edition(of: participant, at: now, in: fold.state).study
    return SourceRecords(
      try RecordMerge.record(of: participant, parts).record, study: study,
      mask: try await vault.person(participant).map(IdentityMask.init))
  }
}
