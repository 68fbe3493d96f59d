import Trial

// What the program's own values are called on a page. Each is a message; a test asks every case of each for its words in
// every language.

/// A value of the program that has a title.
protocol Titled {
  /// Its title, in English: a message.
  var title: String { get }
}

extension Words {
  /// The title of a value.
  func title(_ value: some Titled) -> String { self[value.title] }
}

extension Role: Titled {}

extension ParticipantStatus: Titled {
  var title: String {
    switch self {
    case .candidate: "candidate"
    case .consented: "consented"
    case .screening: "in screening"
    case .screenFailed: "screening failed"
    case .eligible: "eligible"
    case .enrolled: "enrolled"
    case .collected: "collected"
    case .manufacturing: "in manufacturing"
    case .released: "product released"
    case .productFailed: "product failed"
    case .conditioning: "in lymphodepletion"
    case .infused: "infused"
    case .followUp: "in follow-up"
    case .completed: "completed"
    case .leftEarly: "left early"
    }
  }

  /// How a status is toned; its words say the same.
  var tone: Part.Tone {
    switch self {
    case .candidate, .consented: .plain
    case .screening, .eligible, .enrolled, .collected, .manufacturing, .released, .conditioning: .progress
    case .infused, .followUp, .completed: .done
    case .screenFailed, .leftEarly: .excluded
    case .productFailed: .stop
    }
  }
}

extension Gate: Titled {
  var title: String {
    switch self {
    case .enrollment: "Enrollment"
    case .leukapheresis: "Leukapheresis"
    case .lymphodepletion: "Lymphodepletion"
    case .infusion: "Infusion"
    case .thawing: "Thawing"
    }
  }
}

extension Activity: Titled {
  var title: String {
    switch self {
    case .enrollment: "Enrollment"
    case .leukapheresis: "Leukapheresis"
    case .lymphodepletion: "Lymphodepletion"
    case .infusion: "Infusion"
    }
  }
}

extension Hold.Kind: Titled {
  var title: String {
    switch self {
    case .safety: "Safety hold"
    case .operational: "Operational hold"
    }
  }
}

extension QualifyingToxicity: Titled {
  var title: String {
    switch self {
    case .crs: "CRS"
    case .icans: "ICANS"
    case .infection: "infection"
    case .death: "death"
    case .cytopenia: "cytopenia"
    case .other: "another toxicity"
    }
  }
}
