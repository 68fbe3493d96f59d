// FHIR is what HL7 FHIR R4 (4.0.1) says a record is: JSON text -> elements under their classes -> one patient's record with
// its indexes; every fault located.
//
//   JSON/      bytes -> nodes: a strict reader of our own that keeps numbers as written; a writer
//   Schema/    the classes of R4 as data: elements, types, cardinality, choices, what a class is found by
//   Elements/  a node under its class: typed values (`ClinicalValues`), choices, primitive extensions, references
//   Records/   bundles, single resources, NDJSON -> `Record`; what is refused and what is tolerated; the indexes
//
// Not here: what a datum means for a study (Rules), CQL (Rules binds it), a network.
//
// Always true: no number passes through binary floating point and none is rounded; what cannot be used reads as absent
// and is reported with its place; bad input never traps and never recurses without bound.

public import ClinicalValues

/// One patient's resources, read from a Bundle of any type, a single resource or NDJSON.
///
/// Reading refuses what cannot be trusted (`RecordError`) and reports the rest in `problems`. The order of resources
/// in the source has no meaning but that retrieves answer in it.
public struct Record: Sendable {
  /// The file as it was named to the reader.
  public let file: String
  /// `Bundle.identifier.value`.
  public let identifier: String?
  /// `Bundle.timestamp` as written.
  public let timestamp: DateTime?
  /// The Patient; nil only where the reader was told that none is needed.
  public let patient: Resource?
  /// All resources in the order of the source, the Patient among them; contained ones are inside theirs.
  public let resources: [Resource]
  /// Warnings and notes, in the order of the source.
  public let problems: [Problem]
  /// How resources are found by type, code and date, and how references are resolved.
  public let index: RecordIndex
}
