public import ClinicalValues

/// A place on a participant's way at which everything must be true.
public enum Gate: String, Sendable, Hashable, Codable, CaseIterable {
  case enrollment, leukapheresis, lymphodepletion, infusion
  /// The infusion's gate but for bedside verification.
  case thawing
}

/// A line of a gate, as the person sees it and as it is stored with the act.
public struct GateLine: Sendable, Hashable, Codable {
  /// A stable id, such as `infusion.bag`.
  public let id: String
  /// What must be true.
  public let title: String
  /// Whether it is; nil is unknown, and closes the gate.
  public let value: Bool?
  /// What that rests on.
  public let evidence: [String]
  /// Who can do what about it where it is not true.
  public let remedy: String?
  /// Until when it stays true; nil where time does not change it.
  public let until: Instant?

  /// Makes one of its members.
  public init(
    id: String, title: String, value: Bool?, evidence: [String] = [], remedy: String? = nil, until: Instant? = nil
  ) {
    self.id = id
    self.title = title
    self.value = value
    self.evidence = evidence
    self.remedy = remedy
    self.until = until
  }
}

extension Situation {
  /// The lines of a gate as they stand for a participant; of the infusion's gate for one bag, or for all that are
  /// ordered. None for somebody who is not registered.
  public func lines(of gate: Gate, for participant: ParticipantID, bag: BagNumber? = nil) -> [GateLine] {
    guard let state = state.participants[participant] else { return [] }
    let question = GateQuestion(participant: state, situation: self, bag: bag)
    return (gates.rules[gate] ?? []).map { rule in
      let answer = rule.judge(question)
      return GateLine(
        id: rule.id, title: rule.title, value: answer.value, evidence: answer.evidence,
        remedy: answer.value == true ? nil : answer.remedy, until: answer.value == true ? answer.until : nil)
    }
  }

  /// The lines of a gate that is open, to be stored with the act; refuses where any line is not true.
  public func pass(
    _ gate: Gate, for participant: ParticipantID, bag: BagNumber? = nil
  ) throws(Refusal) -> [GateLine] {
    _ = try self.participant(participant)
    let lines = lines(of: gate, for: participant, bag: bag)
    let closed = lines.filter { $0.value != true }
    guard closed.isEmpty, !lines.isEmpty else {
      let titles = closed.map { $0.title + ($0.value == nil ? " (unknown)" : " (no)") }.joined(separator: "; ")
      throw Refusal(
        "gate-closed", because: "The gate of \(gate.rawValue) is closed for \(participant): \(titles).",
        remedy: closed.compactMap(\.remedy).joined(separator: " "), lines: lines)
    }
    return lines
  }
}
