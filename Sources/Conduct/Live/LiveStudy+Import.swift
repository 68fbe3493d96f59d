public import ClinicalValues
import FHIR
public import Ledger
public import Trial

extension LiveStudy {
  /// Takes over clinical data of a participant from a FHIR file: read and checked, seen to be of this person, sealed
  /// under the person's key, and named by an event.
  ///
  /// - Throws: `RecordError` with every fault of the file and its place; `Refusal` if it is somebody else's record or
  ///   the participant cannot be recorded for.
  @discardableResult
  public func importData(
    _ bytes: [UInt8], file: String, for participant: ParticipantID, source: ImportedData.Source, by actor: Acting,
    happened: Moment? = nil, reason: String? = nil, origin: Origin = .import
  ) async throws -> Performed {
    let command = ImportData(participant: participant, bundle: Digest(of: bytes), resources: 0, source: source)
    let request = Request(command, by: actor, happened: happened, reason: reason, origin: origin)
    return try await perform(try await importing(bytes, file: file, with: request), sign: { _ in [] })
  }

  /// A request to take over the data of a file: the file read and checked, seen to be of this person, and sealed, so that
  /// the command names what the ledger will hold. Nothing is recorded by it.
  ///
  /// - Parameter request: an `ImportData`; its digest and count are found.
  /// - Throws: as `importData`.
  public func importing(_ bytes: [UInt8], file: String, with request: Request) async throws -> Request {
    guard let meant = request.command as? ImportData else { return request }
    let record = try Record.read(bytes, file: file)
    try await recognize(record, as: meant.participant, file: file)
    let sealed = try await vault.seal(bytes, for: meant.participant)
    var request = request
    request.command = ImportData(
      participant: meant.participant, bundle: Digest(of: sealed), resources: record.resources.count,
      source: meant.source)
    request.attachments.append(sealed)
    return request
  }

  /// Refuses a record that says another birth date than the participant's. A record that names none is taken: hospital
  /// exports are often pseudonymous, and the person who imports answers for it.
  func recognize(_ record: Record, as participant: ParticipantID, file: String) async throws {
    guard let written = record.patient?.element.first("birthDate")?.dateTime?.date, written.precision == .day else {
      return
    }
    guard try await vault.matches(birthDate: written, participant: participant) == false else { return }
    throw Refusal(
      "other-person", because: "The birth date in \(file) is not that of participant \(participant).",
      remedy: "Check whose record this is. Nothing was imported.")
  }
}
