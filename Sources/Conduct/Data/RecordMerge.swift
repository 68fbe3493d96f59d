import ClinicalValues
import FHIR
import Trial

/// Files that were imported for one participant, brought together into one record.
///
/// A resource of a later file replaces the one of the same type and id of an earlier one; the person of every file is
/// the participant, whatever number the file's own hospital gave. What a file says of anybody else stays somebody
/// else's, and the reader refuses it.
struct RecordMerge {
  /// A file as it was imported.
  struct Part: Sendable, Hashable {
    let file: String
    let bytes: [UInt8]
  }

  private var entries: [String: String] = [:]
  /// The Patient's members: what a later file says of one replaces what an earlier one said.
  private var patient: [(name: String, text: String)] = []
  private var order: [String] = []

  /// The parts, oldest first, and the casebook as one record of the participant.
  ///
  /// - Parameter written: what was read of the same parts before, which is not read again.
  /// - Throws: all that is wrong with them, each with its file and place.
  static func record(
    of participant: ParticipantID, _ parts: [Part], _ casebook: CasebookRecord.Resources? = nil,
    _ written: WrittenForms? = nil
  ) throws(RecordError) -> MergedRecord {
    let head = try head(of: participant, parts, casebook, written)
    let all = [head.part] + (casebook?.forms ?? [])
    let file = "participant \(participant)"
    if !head.namesForms, let record = Record.joined(all, identifier: participant.description, file: file) {
      return MergedRecord(record: record, participant: participant, parts: all, isJoined: true)
    }
    do throws(RecordError) {
      let whole = head.namesForms ? head.merge.whole(casebook, of: participant) : all
      let merged = MergedRecord.bundle(of: participant, whole)
      return MergedRecord(
        record: try Record.read(merged, file: file), participant: participant, parts: whole, isJoined: false)
    } catch {
      // Read as records of their own, so that a fault is named by its own file and place.
      for part in parts { _ = try Record.read(part.bytes, file: part.file) }
      throw error
    }
  }

  /// What does not hang on a form: what was imported, and the Patient.
  struct Head: Sendable {
    let part: BundlePart
    /// Whether an imported file names a resource as forms name theirs, so that a form may replace it.
    let namesForms: Bool
    fileprivate let merge: RecordMerge
  }

  private static func head(
    of participant: ParticipantID, _ parts: [Part], _ casebook: CasebookRecord.Resources?, _ written: WrittenForms?
  ) throws(RecordError) -> Head {
    let patient = casebook?.patient
    if let known = written?.head(of: participant, parts, patient) { return known }
    var merge = RecordMerge()
    for part in parts { try merge.add(part, of: participant) }
    if let patient { merge.add(patient, of: participant) }
    let head = Head(
      part: BundlePart(merge.list), namesForms: merge.order.contains { $0.hasPrefix(CasebookRecord.prefix) },
      merge: merge)
    written?.keep(head, of: participant, parts, patient)
    return head
  }

  /// All entries as one part, where a form's resource takes the place of an imported one of its name.
  private func whole(_ casebook: CasebookRecord.Resources?, of participant: ParticipantID) -> [BundlePart] {
    var merge = self
    for resource in casebook?.resources ?? [] { merge.put(resource.text, resource.url) }
    return [BundlePart(merge.list)]
  }

  private mutating func add(_ part: Part, of participant: ParticipantID) throws(RecordError) {
    for document in try RecordMerge.documents(of: part) {
      let root = document.root
      let listed = root["resourceType"]?.string == "Bundle" ? root["entry"]?.elements ?? [] : []
      let resources =
        root["resourceType"]?.string == "Bundle"
        ? listed.compactMap { entry in entry["resource"].map { (entry["fullUrl"]?.string, $0) } } : [(nil, root)]
      let own = RecordMerge.names(ofPatientIn: resources)
      for (fullUrl, resource) in resources { add(resource, fullUrl: fullUrl, own: own, of: participant) }
    }
  }

  private mutating func add(_ patient: [CasebookRecord.Member], of participant: ParticipantID) {
    let members = patient.map { (name: $0.name, text: $0.text) }
    put(merged([("resourceType", JSON.quoted("Patient"))] + members, participant), "Patient/\(participant)")
  }

  private mutating func put(_ resource: String, _ url: String) {
    if entries[url] == nil { order.append(url) }
    entries[url] = MergedRecord.entry(resource, url)
  }

  /// The JSON texts of a file: itself, or its lines.
  private static func documents(of part: Part) throws(RecordError) -> [JSONDocument] {
    if let whole = try? JSONDocument(part.bytes, file: part.file) { return [whole] }
    var documents: [JSONDocument] = []
    for line in part.bytes.split(separator: UInt8(ascii: "\n")) where line.contains(UInt8(ascii: "{")) {
      do throws(JSONFault) {
        documents.append(try JSONDocument(Array(line), file: part.file))
      } catch {
        throw RecordError([Problem(error)])
      }
    }
    return documents
  }

  /// What references in a file call its patient.
  private static func names(ofPatientIn resources: [(fullUrl: String?, resource: JSON)]) -> Set<String> {
    var names: Set<String> = []
    for (fullUrl, resource) in resources where resource["resourceType"]?.string == "Patient" {
      if let fullUrl { names.insert(fullUrl) }
      if let id = resource["id"]?.string { names.insert("Patient/\(id)") }
    }
    return names
  }

  private mutating func add(_ resource: JSON, fullUrl: String?, own: Set<String>, of participant: ParticipantID) {
    let type = resource["resourceType"]?.string ?? ""
    let isPatient = type == "Patient"
    let url = isPatient ? "Patient/\(participant)" : fullUrl ?? resource["id"]?.string.map { "\(type)/\($0)" }
    let key = url ?? "unnamed \(order.count)"
    let text = resource.text { member, text in
      if member == "reference", own.contains(text) { return "Patient/\(participant)" }
      return text
    }
    if entries[key] == nil { order.append(key) }
    let name = url.map { url in "\"fullUrl\":\(JSON.quoted(url))," } ?? ""
    let body = isPatient ? merged(resource, participant) : text
    entries[key] = "{\(name)\"resource\":\(body)}"
  }

  /// The Patient with the participant's number for its id, and what earlier files say of it.
  private mutating func merged(_ resource: JSON, _ participant: ParticipantID) -> String {
    let members = resource.namedMembers.filter { $0.name != "id" && $0.name != "identifier" }
    return merged(members.map { ($0.name, $0.value.text) }, participant)
  }

  private mutating func merged(_ members: [(name: String, text: String)], _ participant: ParticipantID) -> String {
    for member in members {
      patient.removeAll { $0.name == member.name }
      patient.append(member)
    }
    let members = patient.map { "\(JSON.quoted($0.name)):\($0.text)" }
    return "{" + (members + ["\"id\":\"\(participant)\""]).joined(separator: ",") + "}"
  }

  private var list: String { order.compactMap { entries[$0] }.joined(separator: ",") }
}
