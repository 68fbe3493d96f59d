import CQL
import ClinicalValues
import FHIR
import StudyDesign

/// A criterion's result, and what would change an unknown one.
struct Judged: Sendable {
  let result: CriterionResult
  /// The sets of data, any of which would make it pass if they come out well; only of an unknown outcome.
  let ways: [Set<String>]
  /// Records on file that leave it unknown whatever is recorded beside them, by the datum that they are of.
  let corrections: [String: [Correction]]

  /// Whether any data would make it pass.
  var isSettleable: Bool { ways.contains { !$0.isEmpty } }
}

/// A record on file that is to be corrected or completed.
struct Correction: Sendable, Hashable {
  /// Where it stands.
  let source: String
  /// Its place in the record: several may share a source.
  let place: Int
  /// The concept that it is of, by id; nil where that cannot be told.
  let concept: String?
}

/// Puts the explanation of a criterion into words: parts, reason, evidence, what is missing.
struct Judgement {
  let criterion: Criterion
  let why: Why
  let reader: EvidenceReader
  let readings: PartReadings
  let windows: [DefinitionName: Window]
  let functions: DictionaryFunctions
  let asOf: CalendarDate
  /// What the parts tell beside their records.
  let additions: [DefinitionName: PartAddition]
  /// How the parts decide the criterion, as a sentence without its stop, where the library says it.
  let needs: String?

  var judged: Judged {
    let outcome = Outcome(why.outcome, of: criterion)
    let records = supporting(why)
    let unnamed = outcome == .unknown ? unnamed : []
    let possible = Dictionary(
      uniqueKeysWithValues: unnamed.map(\.concept).unique.map {
        ($0, reader.concepts(ofType: $0, usedBy: criterion.id))
      })
    let named = outcome == .unknown ? missing(in: why) : []
    // A type of which the dictionary names no concept stands for itself.
    let missing =
      reader.inDictionaryOrder(Set(named).union(possible.values.joined()))
      + possible.filter { $0.value.isEmpty }.keys.sorted()
    let parts = Judgement.parts(of: why)
    let beside = beside(outcome, among: parts).flatMap { supporting($0.why) }.filter { reader.isThere($0, on: asOf) }
    var result = CriterionResult(
      criterion: criterion, outcome: outcome, reason: reason(outcome, parts: parts, missing: missing),
      evidence: evidence(of: records + why.contradicting + beside) + unnamed, missing: missing,
      parts: parts.count > 1
        ? parts.map { CriterionResult.Part(name: $0.name, outcome: Outcome($0.why.outcome, of: criterion)) } : [],
      notes: notes(outcome, on: records))
    result.unnamed = possible.filter { !$0.value.isEmpty }.mapValues { $0.filter { !named.contains($0) } }
    let ways = outcome == .unknown ? why.ways(toMake: criterion.kind == .inclusion) : []
    return Judged(result: result, ways: needed(ways), corrections: outcome == .unknown ? corrections : [:])
  }

  /// The ways by names of data, without what is in order beside that which leaves the criterion open.
  private func needed(_ ways: [Set<String>]) -> [Set<String>] {
    let undecided = undecided(in: why)
    let waiting = Set(undecided.map(\.datum))
    let inOrder = Set(why.undecided.map(\.datum)).subtracting(waiting)
    let open = inOrder.isEmpty ? ways : ways.map { $0.subtracting(inOrder) }.filter { !$0.isEmpty }
    let names = names(undecided)
    return (open.isEmpty && !ways.isEmpty ? [waiting] : open).map { way in Set(way.flatMap(names)) }
  }

  /// What a datum is called: by one name, or of the Patient by the elements that leave something open.
  private func names(_ undecided: [Undecided]) -> (String) -> [String] {
    let patients = Dictionary(
      grouping: undecided.compactMap(\.record).filter { $0.className == "Patient" }, by: \.retrieve.datum)
    let open = patients.mapValues { records in
      records.flatMap { reader.openElements(of: $0, usedBy: criterion.id).map(\.id) }.unique
    }
    return { datum in
      if let elements = open[datum], !elements.isEmpty { elements } else { [name(datum)] }
    }
  }

  /// Records of no concept of the dictionary that leave the criterion open.
  private var unnamed: [Evidence] {
    undecided(in: why).compactMap { undecided -> Evidence? in
      guard case .undecidable(let record) = undecided else { return nil }
      return reader.evidence(unnamed: record)
    }.unique
  }

  /// A later Observation takes the place of one that cannot decide, unless that is only written wrongly, or every value counts (`@every`);
  /// any other record stands until it is corrected.
  private var corrections: [String: [Correction]] {
    var corrections: [String: [Correction]] = [:]
    let standing = standing
    let all = undecided(in: why)
    let names = names(all)
    for undecided in all {
      let record: CQL.Record
      switch undecided {
      case .undecidable(let found): record = found
      case .missing(let outcome):
        guard let latest = latest(of: outcome) else { continue }
        record = latest.record
      }
      let stands =
        if case .undecidable = undecided {
          record.className != "Observation" || standing.contains(undecided.identity)
        } else { false }
      guard stands || reader.weaknesses(of: record).contains(where: \.isOfTheFile) else { continue }
      let correction = Correction(
        source: record.origin.reference, place: record.origin.index,
        concept: reader.evidence(record, for: criterion).first?.concept)
      for datum in names(record.retrieve.datum) { corrections[datum, default: []].append(correction) }
    }
    return corrections.mapValues(\.unique)
  }

  private func undecided(in why: Why) -> [Undecided] {
    inOrder(reader.undecided(in: why, usedBy: criterion.id), \.datum) { undecided in
      guard case .undecidable(let record) = undecided else { return nil }
      return record
    }
  }

  /// What is undecided under definitions of which the library says (`@every`) that each value counts.
  private var standing: Set<String> {
    var standing: Set<String> = []
    var seen: Set<ObjectIdentifier> = []
    var waiting = [why]
    while let node = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if case .definition(_, let tags) = node.rule, tags["every"] != nil {
        standing.formUnion(undecided(in: node).map(\.identity))
      } else {
        waiting.append(contentsOf: node.parts)
      }
    }
    return standing
  }

  // MARK: parts

  /// A definition that the library tags as a part of a criterion (`@part`, `@says`).
  struct Part {
    let name: String
    let says: String
    let why: Why
    let definition: DefinitionName
    let tags: [String: String]
  }

  /// The outermost tagged definitions, in the order of the criterion's text.
  static func parts(of why: Why) -> [Part] {
    var parts: [Part] = []
    var seen: Set<ObjectIdentifier> = []
    var names: Set<String> = []
    var waiting = [why]
    while let node = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if case .definition(let name, let tags) = node.rule, let part = tags["part"] {
        if names.insert(part).inserted {
          parts.append(Part(name: part, says: tags["says"] ?? part, why: node, definition: name, tags: tags))
        }
      } else {
        waiting.append(contentsOf: node.parts.reversed())
      }
    }
    return parts
  }

  // MARK: words

  /// A sentence that names what decided, with the values.
  private func reason(_ outcome: Outcome, parts: [Part], missing: [String]) -> String {
    let lead =
      switch (criterion.kind, outcome) {
      case (.inclusion, .pass): "Met"
      case (.inclusion, .fail): "Not met"
      case (.exclusion, .pass): "Does not apply"
      case (.exclusion, .fail): "Applies"
      case (_, .unknown): "Cannot be decided"
      }
    let deciding = deciding(outcome, among: parts)
    guard !deciding.isEmpty else { return "\(lead)." }
    let reason = "\(lead): \(deciding.map(clause).joined(separator: "; "))."
    let others = beside(outcome, among: parts)
    guard !others.isEmpty else { return reason }
    let rule = needs.map { " \($0)." } ?? ""
    return "\(reason) Beside it: \(others.map(clause).joined(separator: "; ")).\(rule)"
  }

  /// The parts that did not stop a criterion from passing though they do not pass themselves: one of two was enough, or all were needed to
  /// exclude. Who reads that it passes must know of them.
  private func beside(_ outcome: Outcome, among parts: [Part]) -> [Part] {
    guard outcome == .pass else { return [] }
    let others = parts.filter { Outcome($0.why.outcome, of: criterion) != .pass }
    return others.count < parts.count ? others : []
  }

  /// The parts that make the outcome what it is: those of the outcome itself, or all where none is.
  private func deciding(_ outcome: Outcome, among parts: [Part]) -> [Part] {
    let same = parts.filter { Outcome($0.why.outcome, of: criterion) == outcome }
    return same.isEmpty ? parts : same
  }

  /// `platelets at least 20 x 10*9/L: no (19 10*9/L, 2026-04-02)`.
  private func clause(_ part: Part) -> String {
    let facts = facts(of: part)
    switch part.why.truth {
    case true?: return facts.isEmpty ? part.says : "\(part.says) (\(facts))"
    case false?: return facts.isEmpty ? "\(part.says): no" : "\(part.says): no (\(facts))"
    case nil: return "\(part.says): not known (\(facts.isEmpty ? "no record" : facts))"
    }
  }

  /// The values and dates that a part rests on; of an unknown one, what it lacks.
  private func facts(of part: Part) -> String {
    let addition = additions[part.definition] ?? PartAddition()
    guard part.why.truth == nil else {
      let against = shown(part.why.contradicting)
      let ending = part.why.truth == true ? addition.endWords(asOf: asOf) : nil
      let facts: [String?] = [
        addition.computedWords, shown(supporting(part.why)), against.isEmpty ? nil : "against it: \(against)", ending,
      ]
      return facts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
    }
    let reader = reader.reading(readings[part.definition], windows: windows)
    let undecided = undecided(in: part.why)
    if let contradiction = contradiction(undecided) { return contradiction }
    let facts = undecided.prefix(4).map { undecided -> String in
      switch undecided {
      case .missing(let outcome):
        let words = words(for: outcome.datum)
        return outcome.found.isEmpty
          ? "\(words): none on record" : "\(words): none that counts" + passedOver(outcome, reader)
      case .undecidable(let record):
        let facts = shown([record])
        let why = reader.causes(of: record)
        return "\(facts.isEmpty ? named(record) : facts) cannot decide"
          + (why.isEmpty ? "" : ", since \(why.joined(separator: " and "))")
      }
    }
    return ([addition.computedWords].compactMap(\.self) + facts).joined(separator: "; ")
  }

  /// A record of no concept of the dictionary: what it is, and what it says of itself.
  private func named(_ record: CQL.Record) -> String {
    guard let evidence = reader.evidence(unnamed: record), let title = UnnamedRecord.title(ofType: evidence.concept)
    else { return "\(record.className) \(record.origin.reference)" }
    let what = title.prefix(1).lowercased() + title.dropFirst()
    return [what, evidence.value, evidence.days].compactMap(\.self).joined(separator: ", ")
  }

  /// Where records of one concept and day say different things, and nothing else leaves it open: what they say.
  private func contradiction(_ undecided: [Undecided]) -> String? {
    let records = undecided.compactMap { undecided -> CQL.Record? in
      guard case .undecidable(let record) = undecided, reader.weaknesses(of: record).isEmpty else { return nil }
      return record
    }
    let evidence = evidence(of: records)
    guard records.count == undecided.count, Set(evidence.map(\.value)).count > 1,
      Set(evidence.map { [$0.concept, $0.days.map { String($0.prefix(10)) }] }).count == 1, let first = evidence.first,
      let days = first.days
    else { return nil }
    return "\(first.concept) \(evidence.map(\.value).unique.joined(separator: " and ")), \(days), contradict each other"
  }

  /// What is on record and was passed over: the last of it by its value and date, and what is wrong with it where that can be seen.
  private func passedOver(_ outcome: RetrieveOutcome, _ reader: EvidenceReader) -> String {
    guard let latest = latest(of: outcome) else { return "" }
    let lead = outcome.found.count > 1 ? "the last of \(outcome.found.count): " : ""
    let when = latest.evidence.days.map { ", \($0)" } ?? ""
    let why = reader.weaknesses(of: latest.record).map(\.clause)
    let cause = why.isEmpty ? "" : ": " + why.joined(separator: " and ")
    return " (\(lead)\(latest.evidence.value)\(when)\(cause))"
  }

  /// The last record that a retrieve found, of those that are of a concept.
  private func latest(of outcome: RetrieveOutcome) -> (record: CQL.Record, evidence: Evidence)? {
    var latest: (record: CQL.Record, evidence: Evidence)?
    for object in outcome.found {
      let record = CQL.Record(object: object, retrieve: outcome)
      guard let found = evidence(of: [record]).first else { continue }
      // Of one moment any would do: the place decides, so that the order of the file does not.
      if let last = latest,
        (last.evidence.when ?? "", last.evidence.source) >= (found.when ?? "", found.source)
      {
        continue
      }
      latest = (record, found)
    }
    return latest
  }

  /// So many records a part are told in its reason: as many as a clearance is computed of.
  private static let mostShown = 4

  private func shown(_ records: [CQL.Record]) -> String {
    let evidence = evidence(of: records)
    let words = evidence.prefix(Judgement.mostShown).map { item -> String in
      let value = item.converted.map { item.value + ($0.hasPrefix("≈") ? " \($0)" : " = \($0)") } ?? item.value
      return "\(item.concept) \(value)" + (item.days.map { ", \($0)" } ?? "")
    }
    return words.joined(separator: "; ")
      + (evidence.count > Judgement.mostShown ? "; and \(evidence.count - Judgement.mostShown) more" : "")
  }

  private func words(for datum: String) -> String {
    let names = concepts(of: datum)
    return names.count == 1 ? names[0] : datum.suffix(after: ValueSetID.set) ?? names.prefix(3).joined(separator: ", ")
  }

  // MARK: data

  private func evidence(of records: [CQL.Record]) -> [Evidence] {
    inOrder(records, \.retrieve.datum) { $0 }.flatMap { reader.evidence($0, for: criterion) }.unique
  }

  /// The records that an outcome rests on. What is of a later day or was entered in error was read, and decides nothing.
  private func supporting(_ why: Why) -> [CQL.Record] {
    let records = inOrder(why.supporting, \.retrieve.datum) { $0 }
    return why.truth == nil ? records : records.filter { reader.isThere($0, on: asOf) }
  }

  /// In the order in which data are asked for, and of one datum by date and place: that of the file says nothing.
  private func inOrder<Item>(
    _ all: [Item], _ datum: (Item) -> String, _ record: (Item) -> CQL.Record?
  ) -> [Item] {
    let asked = all.map(datum).unique
    let groups = Dictionary(grouping: all, by: datum)
    return asked.flatMap { datum in
      (groups[datum] ?? []).map { item -> (item: Item, place: (String, String)) in
        let found = record(item)
        let when = found.flatMap { reader.evidence($0, for: criterion).first?.when }
        return (item, (when ?? "", found?.origin.reference ?? ""))
      }.sorted { $0.place < $1.place }.map(\.item)
    }
  }

  private func missing(in why: Why) -> [String] { reader.missing(in: why, usedBy: criterion.id) }

  private func concepts(of datum: String) -> [String] { reader.concepts(of: datum, usedBy: criterion.id) }

  /// One name for a datum: a concept's id where it is one, else the value set's.
  private func name(_ datum: String) -> String {
    let names = concepts(of: datum)
    return names.count == 1 ? names[0] : datum
  }

  /// What the items of instruments say against what is recorded beside them.
  private func notes(_ outcome: Outcome, on records: [CQL.Record]) -> [String] {
    records.filter { $0.className == "Observation" }.flatMap { record -> [String] in
      guard let concept = reader.evidence(record, for: criterion).first?.concept else { return [] }
      let isDenied = outcome == .pass && functions.isDenied(byItemsOf: record.object)
      let denial =
        "The items of \(concept) deny the classification whatever its total is (\(record.origin.reference))."
      return [otherTotal(record, concept), isDenied ? denial : nil].compactMap(\.self)
    }.unique
  }

  /// That a total is not what its items give, or can give.
  private func otherTotal(_ record: CQL.Record, _ concept: String) -> String? {
    guard let recorded = functions.recordedTotal(of: record.object),
      let possible = functions.possibleTotals(of: record.object), !possible.contains(recorded)
    else { return nil }
    let lead = "The recorded total of \(concept) is \(recorded.trimmed), its items"
    let (least, most) = (possible.lowerBound.trimmed, possible.upperBound.trimmed)
    return least == most
      ? "\(lead) give \(least) (\(record.origin.reference)); the items were used."
      : "\(lead) can give \(least) to \(most) (\(record.origin.reference)), and not all of them are there; the recorded total "
        + "was used."
  }
}

extension Evidence {
  /// The date without the time of day, as a sentence has it; the evidence itself says the whole.
  fileprivate var days: String? { when?.replacing(/(\d{4}-\d{2}-\d{2})T\S+/) { $0.1 } }
}
