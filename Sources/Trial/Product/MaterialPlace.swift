public import ClinicalValues
public import StudyDesign

// Who has material in hand: what is no step of the protocol's list, such as losing it, is recorded by them.

extension ParticipantState {
  /// Where a material was at a moment, by the last step done to it until then: what is entered late is of who had it then.
  public func place(of material: Material, at moment: Moment, plan: ProductPlan) -> CustodyStepPlan.Place {
    var last: (minute: Int, to: CustodyStepPlan.Place)?
    // A step that was entered late stands behind those that followed it.
    for move in moves(of: material, plan) where move.minute <= moment.instant.wholeMinutes {
      if move.minute >= last?.minute ?? move.minute { last = move }
    }
    return last?.to ?? material.firstPlace
  }

  /// Whether a material is in the hands of a role, or ever was.
  public func wasEver(_ material: Material, inHandsOf role: Role, plan: ProductPlan) -> Bool {
    material.firstPlace.isOf(role) || moves(of: material, plan).contains { $0.to.isOf(role) }
  }

  /// Where the steps of custody brought a material, with their minutes; what is done wherever it is moves nothing.
  private func moves(of material: Material, _ plan: ProductPlan) -> [(minute: Int, to: CustodyStepPlan.Place)] {
    entries.all.compactMap { entry in
      guard let done = entry.product?.custodyStep, done.material == material,
        let place = plan.step(done.step)?.place, place != .wherever
      else { return nil }
      return (minute: entry.happened.instant.wholeMinutes, to: place)
    }
  }
}

/// A command of what becomes of material where it lies.
protocol DoneToMaterial: TrialCommand {
  /// What it is done to.
  var material: Material { get }
  /// Whether a site receives it by that, wherever it lay until then.
  var isReceipt: Bool { get }
}

extension RecordStep: DoneToMaterial {
  var isReceipt: Bool { step == StepID.receivedAtSite }
}
extension LoseMaterial: DoneToMaterial {
  var isReceipt: Bool { false }
}

extension TrialState {
  /// The site that a bag lies at: the one that received it last, until it has come to its end. It may be one that its participant
  /// has left; nil for what no site has received.
  private func siteHolding(_ material: Material) -> SiteID? {
    guard case .bag(let number) = material, let bag = participants[number.lot.participant]?.product[number], !bag.isOver
    else { return nil }
    return bag.site
  }

  /// Whether something that is done to a material is a site's by where it lies, wherever its participant has gone; otherwise it is of
  /// the site that looks after the participant.
  ///
  /// What lies at a site is in the hands of that site alone, until another receives it. What is on its way may be received where it
  /// was sent before the participant changed site.
  ///
  /// - Throws: `Refusal` (`other-site`) where it lies at another site.
  func isInHands(of site: SiteID, for done: any DoneToMaterial) throws(Refusal) -> Bool {
    let holder = siteHolding(done.material)
    if holder == site { return true }
    if done.isReceipt { return holder == nil && participants[done.material.participant]?.wasEver(at: site) == true }
    guard let holder else { return false }
    throw Refusal(
      "other-site", because: "\(done.material) lies at site \(holder); you act for site \(site).",
      remedy: "Ask a colleague of site \(holder) to do it.")
  }
}

extension ParticipantState {
  /// Whether one of the cells' bags lies at a site, that may not be the one that looks after the participant.
  public func hasBag(at site: SiteID) -> Bool {
    product.lots.contains { lot in lot.bags.contains { $0.site == site && !$0.isOver } }
  }

  /// Whether a site looks after the participant, or has.
  fileprivate func wasEver(at site: SiteID) -> Bool {
    id.site == site || entries.all.contains { $0.way == .siteChanged(to: site) }
  }
}

extension Material {
  /// Where it comes into being: a collection at its site, what is made of it at the laboratory.
  fileprivate var firstPlace: CustodyStepPlan.Place {
    switch self {
    case .collection: .site
    case .lot, .bag: .laboratory
    }
  }
}

extension CustodyStepPlan.Place {
  /// Whether what is there is in the hands of a role: the laboratory's, a site's, and of both in transport and where the protocol
  /// does not say which.
  public func isOf(_ role: Role) -> Bool {
    switch self {
    case .laboratory: role == .cellLaboratory
    case .site: role != .cellLaboratory
    case .transport, .wherever: true
    }
  }
}

extension Situation {
  /// Refuses whoever may not do a step: the laboratory's are done by the laboratory, a site's by a site.
  func requirePlace(of step: CustodyStepPlan, _ acting: Acting) throws(Refusal) {
    guard step.place.isOf(acting.role) else {
      throw .otherPlace(step.place, because: "‘\(step.title)’ is a step of the \(step.place.rawValue).")
    }
  }

  /// Refuses those of whom one did not have the material in hand when it happened; by an id of its own where it is, or was, in
  /// theirs at another time.
  func requirePlace(of material: Material, in participant: ParticipantState) throws(Refusal) {
    let place = participant.place(of: material, at: happened, plan: plan.product)
    guard let other = ([actor] + together).first(where: { !place.isOf($0.role) }) else { return }
    let hangsOnTime = participant.wasEver(material, inHandsOf: other.role, plan: plan.product)
    throw .otherPlace(
      place, because: "\(material) was at \(place == .site ? "its site" : "the laboratory") at \(happened).",
      id: hangsOnTime ? "not-in-hand" : "other-place")
  }
}

extension Refusal {
  fileprivate static func otherPlace(
    _ place: CustodyStepPlan.Place, because: String, id: String = "other-place"
  ) -> Refusal {
    Refusal(
      id, because: because,
      remedy: place == .site ? "Somebody of the site records it." : "The cell laboratory records it.")
  }
}
