import FHIR
import Trial

/// All that is known of a participant as one record, and the bundle that it is read from.
struct MergedRecord: Sendable {
  /// The record.
  let record: Record
  let participant: ParticipantID
  /// What it is put together of: first what hangs on no form, then a part a form.
  let parts: [BundlePart]
  /// Whether it was put together of parts that were read before, and not read as one text.
  let isJoined: Bool

  /// The bundle as it is kept where a decision rests on it.
  var bundle: [UInt8] { MergedRecord.bundle(of: participant, parts) }

  static func bundle(of participant: ParticipantID, _ parts: [BundlePart]) -> [UInt8] {
    let list = parts.map(\.text).filter { !$0.isEmpty }.joined(separator: ",")
    let text =
      "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"identifier\":{\"value\":\"\(participant)\"},"
      + "\"entry\":[\(list)]}"
    return Array(text.utf8)
  }

  /// An entry of the bundle.
  static func entry(_ resource: String, _ url: String) -> String {
    "{\"fullUrl\":\(JSON.quoted(url)),\"resource\":\(resource)}"
  }
}
