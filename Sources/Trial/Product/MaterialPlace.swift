public import StudyDesign

// Who has material in hand: what is no step of the protocol's list, such as losing it, is recorded by them.

extension ProductState {
  /// Where a material is, by the last step done to it: a collection begins at its site, a lot is the laboratory's, and a bag
  /// is there until it is shipped.
  public func place(of material: Material, plan: ProductPlan) -> CustodyStepPlan.Place {
    switch material {
    case .collection(let number): self[number]?.step.flatMap(plan.step)?.place ?? .site
    case .lot: .laboratory
    case .bag(let number): self[number]?.step.flatMap(plan.step)?.place ?? .laboratory
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

  /// Refuses whoever does not have the material in hand.
  func requirePlace(of material: Material, in product: ProductState) throws(Refusal) {
    let place = product.place(of: material, plan: plan.product)
    guard place.isOf(actor.role) else {
      throw .otherPlace(place, because: "\(material) is at \(place == .site ? "its site" : "the laboratory").")
    }
  }

  /// Refuses to do anything to a bag that runs into somebody, or is paused, whosever cells are in it.
  func requireNotRunning(_ bag: BagNumber) throws(Refusal) {
    guard runs(bag) else { return }
    throw Refusal(
      "infusion-runs", because: "The infusion of \(bag) has not ended.", remedy: "Record its end first.")
  }

  /// Whether a bag runs into somebody, or is paused, whosever cells are in it.
  func runs(_ bag: BagNumber) -> Bool { state.participants.values.contains { $0.product.infusion?.bag == bag } }
}

extension Refusal {
  fileprivate static func otherPlace(_ place: CustodyStepPlan.Place, because: String) -> Refusal {
    Refusal(
      "other-place", because: because,
      remedy: place == .site ? "Somebody of the site records it." : "The cell laboratory records it.")
  }
}
