public import CQL
public import ClinicalValues
public import FHIR
import Synchronization

/// A record as the data of a CQL evaluation: retrieves are answered from its indexes.
public struct RecordData: DataSource {
  /// The record.
  public let record: FHIR.Record
  private let views: ResourceViews

  /// The data of a record.
  public init(_ record: FHIR.Record) {
    self.record = record
    views = ResourceViews(record.resources)
  }

  /// The Patient, for the `Patient` of a CQL context; nil where the record has none.
  public var patient: FHIRObject? { record.patient.flatMap { views[[$0.index]].first } }

  /// The resources of a class, all or those with a code that is asked for (in any of its codings), in the order of the
  /// source, without those whose date rules them out.
  ///
  /// - Throws: that the class has no element to be found by, or that a value set is not known.
  public func retrieve(
    _ request: Retrieve, terminology: any Terminology
  ) throws(EvaluationError) -> [any DataObject] {
    let dates = request.dates.flatMap { $0.path == ClinicalPaths.date(request.className) ? $0 : nil }
    guard let filter = request.codes else {
      guard let dates else { return found(all(request.className)) }
      return found(record.index.dates(request.className).notOutside(dates.first, through: dates.last))
    }
    guard let path = request.codePath ?? ClinicalPaths.code[request.className] else {
      throw EvaluationError(
        "\(request.className) has no element that a retrieve filters by. Name one, as in [\(request.className): code in ...]."
      )
    }
    let coded = try places(filter, in: record.index.codes(request.className, at: path), terminology)
    guard let dates else { return found(coded) }
    let table = record.index.dates(request.className)
    return found(coded.filter { table.isNotOutside($0, dates.first, through: dates.last) })
  }

  private func places(
    _ filter: CodeFilter, in table: CodeTable, _ terminology: any Terminology
  ) throws(EvaluationError) -> [Int] {
    switch filter {
    case .codes(let codes): return table.find(codes.lazy.map(CodePattern.init))
    case .codeSystem(let system):
      return table.find(system: system.id) { terminology.contains($0, in: system) != false }
    case .valueSet(let name):
      if let patterns = terminology.patterns(of: name) { return table.find(patterns) }
      return try table.find { (code) throws(EvaluationError) -> Bool in
        guard let isMember = terminology.contains(code, in: name) else { throw unknown(name, of: code) }
        return isMember
      }
    }
  }

  private func all(_ className: String) -> [Int] {
    // `[Resource]` means every class.
    if Schema.r4[className]?.kind == .abstract { return Array(record.resources.indices) }
    return record.index.ofType(className)
  }

  private func found(_ places: [Int]) -> [any DataObject] { views[places] }

  private func unknown(_ name: ValueSetName, of code: Code) -> EvaluationError {
    let set = "the value set \(name.name ?? name.id) (\(name.id))"
    return EvaluationError(
      "Whether the code \(code.system.map { "\($0)|" } ?? "")\(code.code) is in \(set) is not known here. Add the value set's FHIR file, with all its codes, to the folder of value sets."
    )
  }
}

/// Views of a record's resources: each is made when it is first asked for, and is one and the same ever after.
///
/// A form asks for a few of thousands of resources; making all views for each form took longer than the form's rules.
private final class ResourceViews: Sendable {
  private let resources: [Resource]
  private let known: Mutex<[FHIRObject?]>

  init(_ resources: [Resource]) {
    self.resources = resources
    known = Mutex([FHIRObject?](repeating: nil, count: resources.count))
  }

  subscript(_ places: [Int]) -> [FHIRObject] {
    known.withLock { known in
      places.map { place in
        if let view = known[place] { return view }
        let view = FHIRObject(resources[place])
        known[place] = view
        return view
      }
    }
  }
}

extension CodePattern {
  /// Exactly this code.
  public init(_ code: Code) { self = .exact(system: code.system ?? "", code: code.code) }
}
