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
