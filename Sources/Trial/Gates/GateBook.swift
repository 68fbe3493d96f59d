import ClinicalValues
import StudyDesign

/// The rules of the lines, by gate. There is one book, `standard`; tests and the model check, and nobody outside this
/// package, take lines out of it to see them missed.
package struct GateBook: Sendable {
  /// A line's rule: what it says of a participant in a situation.
  struct Rule: Sendable {
    let id: String
    let title: String
    let judge: @Sendable (GateQuestion) -> GateAnswer
  }

  var rules: [Gate: [Rule]]

  package static let standard = GateBook(rules: [
    .enrollment: enrollment,
    .leukapheresis: leukapheresis,
    .lymphodepletion: lymphodepletion,
    .infusion: infusion,
    .thawing: infusion.filter { $0.id != "infusion.bedside" },
  ])

  /// The lines of a gate, in order.
  package func lines(of gate: Gate) -> [String] { (rules[gate] ?? []).map(\.id) }

  /// The same without one line of one gate.
  package func without(_ line: String, of gate: Gate) -> GateBook {
    var book = self
    book.rules[gate]?.removeAll { $0.id == line }
    return book
  }
}

/// What a rule answers: the value of its line and what it rests on.
struct GateAnswer: Sendable {
  let value: Bool?
  let evidence: [String]
  let remedy: String?
  let until: Instant?

  init(_ value: Bool?, _ evidence: [String] = [], remedy: String? = nil, until: Instant? = nil) {
    self.value = value
    self.evidence = evidence
    self.remedy = remedy
    self.until = until
  }

  /// True where nothing speaks against it.
  init(against problems: [String], evidence: [String] = [], remedy: String, until: Instant? = nil) {
    self.init(problems.isEmpty, problems.isEmpty ? evidence : problems, remedy: remedy, until: until)
  }

  /// Both: false if one is false, else unknown if one is unknown; true until the first of them ends.
  func and(_ other: GateAnswer) -> GateAnswer {
    let value: Bool? =
      self.value == false || other.value == false
      ? false : self.value == nil || other.value == nil ? nil : true
    var remedies = [(self.value, remedy), (other.value, other.remedy)].compactMap { $0.0 == true ? nil : $0.1 }
    // What both say is said once.
    if remedies.count == 2, remedies[0].contains(remedies[1]) { remedies.removeLast() }
    let ends = [until, other.until].compactMap(\.self)
    return GateAnswer(
      value, evidence + other.evidence, remedy: remedies.isEmpty ? nil : remedies.joined(separator: " "),
      until: ends.min())
  }
}

/// What a rule is asked: of whom, in which situation, for which bag.
struct GateQuestion: Sendable {
  let participant: ParticipantState
  let situation: Situation
  /// The bag that is asked about; nil for all that are ordered.
  let bag: BagNumber?

  var id: ParticipantID { participant.id }
  var way: WayState { participant.way }
  var product: ProductState { participant.product }
  var plan: ConductPlan { situation.plan }
  var study: StudyState { situation.state.study }
  /// When the gate is asked.
  var moment: Moment { situation.happened }
  /// The bags that are asked about.
  var bags: [BagNumber] { bag.map { [$0] } ?? way.infusionOrder?.bags ?? [] }

  /// The last instant of a day at the place.
  func end(ofDay day: Int) -> Instant { situation.endOfDay(day, moment) }
}
