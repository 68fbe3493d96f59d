import Trial

/// Who can go on in a world, and who can leave, by the commands that are accepted in it.
///
/// Going on is the protocol's next: another status ahead, a gate that opens, a visit once the cells ran in. What happens
/// outside a gate, what is corrected, and a death bring nobody on, and a death is no way to leave: whoever is in the study
/// can be discontinued, and whoever has consented can withdraw.
struct Ways {
  var goOn: Set<ParticipantID> = []
  var leave: Set<ParticipantID> = []
  var withdraw: Set<ParticipantID> = []

  /// Takes note of what an accepted command leads to.
  mutating func add(_ facts: [Fact], from world: World, to next: World) {
    for fact in facts {
      guard case .way(let id, .left(let departure)) = fact.event, departure.reason != .died else { continue }
      leave.insert(id)
      if departure.reason == .withdrawn { withdraw.insert(id) }
    }
    guard !facts.contains(where: { $0.event.isNoNext }) else { return }
    goOn.formUnion(facts.compactMap { $0.event.next(in: world) })
    for (id, participant) in next.state.participants {
      guard let former = world.state.participants[id]?.status(at: world.now) else { continue }
      if participant.status(at: next.now).follows(former) { goOn.insert(id) }
    }
  }

  /// How those who are in the study stand.
  func standing(in world: World) -> Standing {
    var standing = Standing()
    for (id, person) in world.shadow.people where person.isPresent(at: world.now.minute) {
      standing.present += 1
      if goOn.contains(id) { standing.canGoOn += 1 }
      if leave.contains(id) { standing.canLeave += 1 }
      if !goOn.contains(id), !leave.contains(id) {
        standing.violations.append(Violation(invariant: "stuck", what: "\(id) can neither go on nor leave"))
      }
      if !person.consents.isEmpty, !withdraw.contains(id) {
        standing.violations.append(Violation(invariant: "kept", what: "\(id) has consented and cannot withdraw"))
      }
    }
    return standing
  }
}

/// How often somebody was in the study, could go on and could leave.
struct Standing: Sendable {
  var present = 0
  var canGoOn = 0
  var canLeave = 0
  var violations: [Violation] = []

  mutating func add(_ other: Standing) {
    present += other.present
    canGoOn += other.canGoOn
    canLeave += other.canLeave
  }
}

extension TrialEvent {
  /// Whether it is nothing that the protocol has next: outside the gate, or a correction.
  fileprivate var isNoNext: Bool {
    switch self {
    case .product(_, .outsideGateRecorded), .product(_, .corrected), .way(_, .corrected): true
    default: false
    }
  }

  /// Who goes on by it.
  fileprivate func next(in world: World) -> ParticipantID? {
    switch self {
    case .way(let id, .enrolled), .way(let id, .lymphodepletionGiven): id
    case .product(let id, .collectionBegun), .product(let id, .bagThawed), .product(let id, .infusionStarted),
      .product(let id, .infusionResumed), .product(let id, .infusionStopped):
      id
    case .way(let id, .visitRecorded): world.state.participants[id]?.product.infusion == nil ? nil : id
    default: nil
    }
  }
}

extension ParticipantStatus {
  /// Whether it lies ahead of another on the way. Who failed screening may be screened again, and who has no cells any more
  /// may be collected from once more.
  fileprivate func follows(_ former: ParticipantStatus) -> Bool {
    switch (former, self) {
    case (_, .leftEarly), (_, .screenFailed), (_, .productFailed): false
    case (.screenFailed, .screening), (.productFailed, .enrolled): true
    case (.screenFailed, _), (.productFailed, _): false
    default: place > former.place
    }
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
