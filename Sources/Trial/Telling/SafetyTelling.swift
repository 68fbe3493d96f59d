extension EventTelling {
  /// What an event of safety tells.
  func told(_ event: SafetyEvent) -> Told {
    switch event {
    case .reportDue(let clock, let duty, _):
      return Told("\(duty.subject.words) calls for a report (\(duty.cause.words)); clock \(clock) counts for it")
    case .doseLimitingAsked(let event, let question, let result, let rule, _):
      let why = result == .yes ? "it meets the definition" : "whether it meets the definition is not known yet"
      return Told("adverse event \(event) opened question \(question) by itself: \(why) (\(Say.inWords(rule)))")
    }
  }
}

extension ReportSubject {
  var words: String {
    switch self {
    case .event(let number): "adverse event \(number)"
    case .death: "the death"
    case .pregnancy(let row): "pregnancy \(row)"
    case .expectation(let whose, 1): "the pregnancy of \(whose.words)"
    case .expectation(let whose, let number): "pregnancy \(number) of \(whose.words)"
    }
  }
}

extension ReportCause {
  var words: String {
    switch self {
    case .serious: "serious"
    case .specialInterest: "of special interest, of grade 3 or more"
    case .death: "death"
    case .pregnancy: "pregnancy"
    case .suspectedUnexpected: "suspected unexpected serious adverse reaction"
    case .followUp: "follow-up"
    }
  }
}
