import ClinicalValues

extension ParticipantState {
  /// When something was last done, as the record stands, to a material or to what it came of; nil where nothing was.
  func lastDone(to material: Material) -> Moment? { entries.all.last { product.comes($0, before: material) }?.happened }
}

extension ProductState {
  /// Whether an entry handles a material, or what it came of: what follows in the record was done to the material later.
  func comes(_ entry: Recorded<TrialEvent>, before material: Material) -> Bool {
    entry.product?.doneTo.map(line(of: material).contains) ?? false
  }

  /// Whether an entry handles a material, or what came of it.
  func comes(_ entry: Recorded<TrialEvent>, of material: Material) -> Bool {
    entry.product?.doneTo.map { line(of: $0).contains(material) } ?? false
  }

  /// A material, and what it came of.
  private func line(of material: Material) -> Set<Material> {
    switch material {
    case .collection: return [material]
    case .lot(let lot):
      let from = self[lot]?.from.map { CollectionNumber(participant: lot.participant, collection: $0) }
      return Set([material] + [from].compactMap { $0.map(Material.collection) })
    case .bag(let bag): return line(of: .lot(bag.lot)).union([material])
    }
  }
}

extension ProductEvent {
  /// The material that is handled; nil for what is decided, printed, tested or verified.
  fileprivate var doneTo: Material? {
    switch self {
    case .collectionBegun(let collection, _, _): .collection(collection)
    case .infusionStarted(let bag, _, _), .infusionPaused(let bag, _, _), .infusionResumed(let bag),
      .infusionStopped(let bag, _, _, _, _):
      .bag(bag)
    default: custodyStep?.material
    }
  }
}

extension Situation {
  /// Refuses to have done something before what was done last to the same material, by the record of a participant. Within a minute
  /// nothing is before or after: the clock of the ward is read to the minute.
  func requireTimeOrder(for material: Material, in participant: ParticipantState?) throws(Refusal) {
    guard let last = participant?.lastDone(to: material),
      happened.instant.wholeMinutes < last.instant.wholeMinutes
    else { return }
    throw .cannotHaveBeen(of: material, at: happened)
  }
}

extension Refusal {
  /// Of a time that what else is recorded of a material does not allow.
  static func cannotHaveBeen(of material: Material, at moment: Moment) -> Refusal {
    Refusal(
      "out-of-order", because: "This cannot have been done at \(moment), by what else is recorded of \(material).",
      remedy: "Check the time; if that of the step before or after it is wrong, correct that first.")
  }
}

extension Instant {
  /// Whole minutes since 1970.
  var wholeMinutes: Int { milliseconds / 60_000 }
}
