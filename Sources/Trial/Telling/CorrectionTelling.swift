import ClinicalValues

extension EventTelling {
  /// What a correction of the way tells: what was recorded, what holds, and why.
  func told(_ correction: WayCorrection, because reason: String) -> Told {
    let why = "; why: \(Say.quoted(reason))"
    switch correction {
    case .visit(let was, nil):
      return Told("corrected: \(entry(was)) was recorded in error; it did not take place" + why)
    case .visit(let was, let corrected?):
      let visit = corrected.visit
      return Told(
        "corrected: \(entry(was)) is \(name(visit.visit)) on \(Say.clockTime(corrected.held)), "
          + (visit.assessed ? "with assessment of toxicity" : "without assessment of toxicity") + why)
    case .death(let was, nil):
      return Told("corrected: the death recorded for \(Say.clockTime(was)) was recorded in error" + why)
    case .death(let was, let corrected?):
      return Told(
        "corrected: the death recorded for \(Say.clockTime(was)) was on \(Say.clockTime(corrected.died)), cause as "
          + "reported: \(Say.quoted(corrected.cause))" + why)
    case .dose(let was, nil):
      return Told("corrected: \(entry(was)) was recorded in error; it was not given" + why)
    case .dose(let was, let corrected?):
      return Told(
        "corrected: \(entry(was)) was given on \(Say.clockTime(corrected.given)). If it stays the last, the infusion may "
          + "begin from \(Say.date(corrected.infusable.lowerBound)) to \(Say.date(corrected.infusable.upperBound))"
          + why)
    case .readiness(let item):
      return Told("what was confirmed is taken back: \(Say.lowercasedFirst(item.words))" + why)
    case .contactAttempt(let was, let inWriting):
      return Told(
        "corrected: there was no attempt to reach the participant\(inWriting ? " in writing" : "") on "
          + Say.clockTime(was) + why)
    case .pregnancy(let who): return Told("corrected: there is no pregnancy of \(who.words)" + why)
    case .withdrawal(let was):
      return Told("corrected: the withdrawal recorded for \(Say.clockTime(was)) was recorded in error" + why)
    case .consent(let was, let corrected):
      return Told(
        "corrected: version \(corrected.version) of the consent form was signed on \(Say.clockTime(corrected.signed)), not "
          + "version \(was.version) on \(Say.clockTime(was.signed))" + why)
    case .dataImport(let bundle):
      return Told("clinical data that were taken over count no more" + why, detail: ["bundle: SHA-256 \(bundle)"])
    }
  }

  /// What a correction of the cells tells.
  func told(_ correction: ProductCorrection, because reason: String) -> Told {
    let why = "; why: \(Say.quoted(reason))"
    switch correction {
    case .infusion(let bag, let was, let corrected):
      return Told("corrected: the infusion of bag \(bag) \(changes(from: was, to: corrected))" + why)
    case .fill(let bag, let was, let corrected):
      return Told(
        "corrected: bag \(bag) was filled with \(Say.number(corrected.volumeML)) mL and "
          + "\(Say.number(corrected.cells)) CAR-positive viable cells, not \(Say.number(was.volumeML)) mL and "
          + "\(Say.number(was.cells))" + why)
    case .yield(let collection, let was, let corrected):
      return Told(
        "corrected: the yield of collection \(collection) was \(vocabulary.yield(corrected)), not "
          + vocabulary.yield(was) + why)
    case .step(let was, let corrected):
      let step = custody(corrected.step)
      let former = custody(was.step)
      return Told(
        "corrected, done on \(Say.clockTime(corrected.done)): \(step.words)\(why)", about: step.about,
        detail: ["as recorded, done on \(Say.clockTime(was.done)): \(former.words)"])
    }
  }

  private func name(_ visit: String) -> String { visit == "unscheduled" ? "an unscheduled visit" : "visit \(visit)" }

  private func entry(_ was: VisitEntry) -> String {
    "\(name(was.visit)) recorded for \(Say.clockTime(was.held))"
  }

  private func entry(_ was: DoseEntry) -> String {
    "dose \(was.number) of lymphodepletion\(was.round == 1 ? "" : " of round \(was.round)") recorded for "
      + Say.clockTime(was.given)
  }

  /// What changed, each with the former value.
  private func changes(from was: BagInfusion, to now: BagInfusion) -> String {
    var changes: [String] = []
    if was.started != now.started {
      changes.append("was started on \(Say.clockTime(now.started)), not on \(Say.clockTime(was.started))")
    }
    if let former = was.end, let end = now.end {
      if former.stopped != end.stopped {
        changes.append("ended on \(Say.clockTime(end.stopped)), not on \(Say.clockTime(former.stopped))")
      }
      if former.volumeML != end.volumeML || former.dosePerKg != end.dosePerKg {
        let dose = end.dosePerKg.map { "a dose of \(Say.number($0)) CAR-positive viable cells per kg" }
        changes.append(
          "gave \(Say.number(end.volumeML)) mL, \(end.whole ? "the whole bag" : "not the whole bag"), not "
            + "\(Say.number(former.volumeML)) mL; \(dose ?? "the dose is not known")")
      }
    }
    return Say.listed(changes)
  }
}
