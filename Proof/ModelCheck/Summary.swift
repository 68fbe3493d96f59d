import Trial

/// The figures of a run, as people read them.
package enum Summary {
  /// What an exploration saw, and the way to each thing that was broken.
  package static func of(_ report: Explorer.Report, seconds: Double? = nil) -> String {
    var lines = [
      "\(report.worlds) distinct worlds, \(report.expanded) of them with every command tried",
      "\(report.asked) commands asked, \(report.accepted) accepted, "
        + "\(report.commands.count) of \(Commands.all.count) types accepted at least once",
      "somebody was in the study \(report.present) times: could go on at once \(report.canGoOn) times, could leave "
        + "\(report.canLeave) times",
      "\(report.deepest) steps from a seed at most; worlds by distance: "
        + report.levels.map(String.init).joined(separator: ", "),
    ]
    if let seconds, seconds > 0 {
      lines.append("\(Int(seconds)) s, \(Int(Double(report.worlds) / seconds)) worlds a second")
    }
    for (violation, trace) in report.violations {
      lines.append("BROKEN: \(violation)\n  " + trace.joined(separator: "\n  "))
    }
    return lines.joined(separator: "\n")
  }

  /// Which mutations were caught, and how long the way to each is.
  package static func of(_ mutations: [Mutations.Result]) -> String {
    let caught = mutations.compactMap(\.trace)
    let missed = mutations.filter { $0.trace == nil }.map { "\($0.line) of \($0.gate.rawValue)" }
    let lengths = caught.map { $0.count - 1 }
    return
      "\(caught.count) of \(mutations.count) mutations caught, the longest way \(lengths.max() ?? 0) steps from a seed"
      + (missed.isEmpty ? "" : "\nNOT CAUGHT: " + missed.joined(separator: ", "))
  }
}
