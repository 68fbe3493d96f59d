import ClinicalValues

extension Watch {
  /// A DLT question or a stopping rule that time alone has made due: an event that lasted too long, a window that closed.
  static let safety = Rule(id: "safety", title: "An event has lasted too long, or a window of toxicity has closed.") {
    watched in
    SafetyWatch.facts(in: watched.state, at: watched.now, plan: watched.plan, books: watched.books)
  }
}
