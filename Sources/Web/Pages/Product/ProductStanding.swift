import ClinicalValues
import StudyDesign
import Trial

/// Where a participant's cells stand, in one word: the furthest that they came, but for what stops them.
enum ProductStanding: String, CaseIterable, Titled {
  case infused, quarantined, failed, stored, released, manufacturing, collected, collecting, notCollected

  init(_ product: ProductState, at now: Moment) {
    let filled = product.lots.flatMap(\.bags).filter { $0.isFilled && $0.end == nil }
    if product.infusion != nil {
      self = .infused
    } else if product.isQuarantined {
      self = .quarantined
    } else if product.hasFailed(at: now) {
      self = .failed
    } else if product.releasedLot != nil {
      self = !filled.isEmpty && filled.allSatisfy(\.isStored) ? .stored : .released
    } else if product.isManufacturing {
      self = .manufacturing
    } else if product.isCollected {
      self = .collected
    } else {
      self = product.openCollection == nil ? .notCollected : .collecting
    }
  }

  var title: String {
    switch self {
    case .infused: "infused"
    case .quarantined: "in quarantine"
    case .failed: "product failed"
    case .stored: "stored at the site"
    case .released: "product released"
    case .manufacturing: "in manufacturing"
    case .collected: "collected"
    case .collecting: "collection planned or under way"
    case .notCollected: "not collected"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .infused, .stored: .done
    case .quarantined, .failed: .stop
    case .released, .manufacturing, .collected: .progress
    case .collecting, .notCollected: .plain
    }
  }
}

extension ReleaseKind: Titled {
  var title: String {
    switch self {
    case .normal: "released"
    case .beforeFinalResult: "released before a final result"
    case .exceptional: "released exceptionally"
    }
  }
}

extension BagEnd: Titled {
  var title: String { words }
}

extension Quarantine.Cause: Titled {
  var title: String {
    switch self {
    case .identity: "identity does not agree"
    case .expiry: "beyond its time"
    case .temperature: "temperature outside its limits"
    case .temperatureMissing: "temperature record missing"
    case .container: "container or seal not intact"
    case .outsideGate: "handled outside the gate"
    case .testResult: "result of a release test"
    case .byHand: "set by quality assurance"
    case .correctedTime: "keeps longer by a corrected time"
    }
  }
}

extension Condition: Titled {
  var title: String {
    switch self {
    case .intact: "intact"
    case .damaged: "damaged"
    case .unknown: "unknown"
    case .absent: "absent"
    }
  }
}
