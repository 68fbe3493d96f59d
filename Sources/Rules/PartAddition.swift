import CQL
import ClinicalValues
import StudyDesign

/// What a part of a criterion tells beside the records that it rests on, by further definitions that its tags name. It decides nothing.
struct PartAddition: Sendable, Hashable {
  /// What was computed of the records, with its unit: several where several records count.
  var computed: [String] = []
  /// The last day on which what still goes on would end early enough.
  var endsBy: CalendarDate?

  /// What stands before the records: `computed 45.9 mL/min`.
  var computedWords: String? { computed.isEmpty ? nil : "computed \(computed.joined(separator: " or "))" }

  /// What stands behind the records, on a day of evaluation.
  func endWords(asOf day: CalendarDate) -> String? {
    endsBy.map { last in
      last.daysSinceEpoch < day.daysSinceEpoch
        ? "still running, though it had to end on or before \(last)"
        : "still running, and would have to end on or before \(last)"
    }
  }
}

extension Evaluation {
  /// What the parts of a criterion tell beside their records. What is not told is not computed: an unknown part names what it
  /// lacks, and only what is so has an end to wait for.
  func additions(to parts: [Judgement.Part]) -> [DefinitionName: PartAddition] {
    var additions: [DefinitionName: PartAddition] = [:]
    for part in parts where part.why.truth != nil {
      var addition = PartAddition()
      addition.computed = added(.computes, to: part)?.texts ?? []
      if part.why.truth == true { addition.endsBy = added(.endsBy, to: part)?.day }
      additions[part.definition] = addition
    }
    return additions
  }

  /// What a definition says that a part names by a tag; nil where none is named, and where it cannot be computed: what decides
  /// nothing takes no verdict away.
  private func added(_ tag: PartTag, to part: Judgement.Part) -> Value? {
    part.tags[tag.rawValue].flatMap { try? value(of: $0, in: part.definition.library) }
  }
}

extension Program {
  /// How the parts of a criterion decide it, in a sentence (`@needs`), by the criterion's definition.
  var needs: [DefinitionName: String] {
    var needs: [DefinitionName: String] = [:]
    for library in libraries {
      for definition in library.definitions {
        needs[DefinitionName(library: library.name, name: definition.name)] = definition.tags["needs"]
      }
    }
    return needs
  }
}

extension Value {
  /// The texts that it is or lists.
  fileprivate var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .list(let values): values.flatMap(\.texts)
    default: []
    }
  }

  /// The day that it is.
  fileprivate var day: CalendarDate? { if case .date(let day) = self { day } else { nil } }
}
