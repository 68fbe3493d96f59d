import ClinicalValues

extension EventTelling {
  /// What an event of deviations and reports tells.
  func told(_ event: RecordEvent) -> Told {
    switch event {
    case .deviationOpened(let deviation):
      let severity = deviation.severity.map { "\($0.rawValue) " } ?? ""
      let averting = deviation.averting ? ", made to avert an immediate danger" : ""
      return Told(
        "\(severity)deviation (\(deviation.kind.words)\(averting)), noticed \(Say.clockTime(deviation.noticed)): "
          + vocabulary.written(deviation.what))
    case .deviationClassified(let deviation, let severity, let reason):
      return Told("deviation \(deviation) was classified as \(severity.rawValue): \(Say.quoted(reason))")
    case .deviationAssessed(let deviation, let cause, let correction, let prevention):
      return Told(
        "deviation \(deviation) was assessed. Cause: \(Say.quoted(cause)). Correction: \(Say.quoted(correction)). Prevention: "
          + Say.quoted(prevention))
    case .deviationLapsed(let deviation):
      return Told("deviation \(deviation) was found not to be one: what it rested on was corrected")
    case .deviationReported(let deviation, let to, let on):
      return Told("deviation \(deviation) was reported to \(Say.quoted(to)) on \(Say.clockTime(on))")
    case .clockStarted(let clock):
      return Told(
        "a report is due by \(clockTime(clock.due)): \(Say.lowercasedFirst(vocabulary.clock(clock.clock))); aware since "
          + Say.clockTime(clock.aware))
    case .reportSubmitted(let clock, let to, let submitted):
      return Told("report \(clock) was handed in to \(Say.quoted(to)) on \(Say.clockTime(submitted))")
    case .reportCorrected(let clock, _, nil, let reason):
      return Told(
        "corrected: report \(clock) was not handed in, its clock runs again; why: \(Say.quoted(reason))")
    case .reportCorrected(let clock, let to, let submitted?, let reason):
      return Told(
        "corrected: report \(clock) was handed in\(to.map { " to \(Say.quoted($0))" } ?? "") on "
          + "\(Say.clockTime(submitted)); why: \(Say.quoted(reason))")
    }
  }
}
