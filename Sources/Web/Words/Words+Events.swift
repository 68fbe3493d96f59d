import Trial

extension Words {
  /// What an adverse event is called: its term, with what specifies it as somebody wrote it; where it has none, as it was reported.
  func event(_ event: AdverseEvent) -> String {
    guard let term = event.term else { return event.title }
    return study(term) + (event.specified.map { ": " + $0 } ?? "")
  }
}
