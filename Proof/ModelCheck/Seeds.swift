import ClinicalValues
import StudyDesign
import Trial

/// A world from which exploration starts, with what it is.
package struct Seed: Sendable {
  package let name: String
  let world: World
  /// The gates that stand before somebody in it.
  let gates: Set<Gate>
}

/// The worlds from which exploration starts. The way from nothing to an infusion is some fifty commands long; breadth
/// first from nothing alone would never see a gate. Each is reached by accepted commands, under all invariants.
package enum Seeds {
  /// CAR-positive viable cells in a bag: 200,000 per kg at 70 kg.
  static let cellsInBag: Decimal = 14_000_000

  /// The bag that is meant for somebody.
  static func bag(_ id: ParticipantID) -> BagNumber { BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1) }

  /// All of them.
  package static func all(_ study: SmallStudy) throws -> [Seed] {
    try enrollment(study) + cells(study) + lymphodepletion(study) + infusion(study) + elsewhere(study)
  }

  private static func seed(
    _ name: String, _ gates: Set<Gate>, _ study: SmallStudy, _ script: (inout Script) throws -> Void
  ) throws -> Seed {
    var way = Script(study)
    try script(&way)
    return Seed(name: name, world: way.world, gates: gates)
  }

  private static func enrollment(_ study: SmallStudy) throws -> [Seed] {
    let (a, b, c) = (study.participants[0], study.participants[1], study.participants[2])
    return [
      try seed("nothing but an open study", [], study) { try $0.open() },
      try seed("two are eligible", [.enrollment], study) {
        try $0.open()
        for id in [a, b] { try $0.findEligible(id) }
      },
      try seed("two are enrolled, a third is eligible", [.enrollment], study) {
        try $0.open()
        for id in [a, b, c] { try $0.findEligible(id) }
        for id in [a, b] { try $0.enroll(id) }
      },
      try seed("eligible, a provisional item is not adopted", [.enrollment], study) {
        try $0.open(adopted: false)
        try $0.findEligible(a)
      },
    ]
  }

  private static func cells(_ study: SmallStudy) throws -> [Seed] {
    let (a, b) = (study.participants[0], study.participants[1])
    return [
      try seed("ready for leukapheresis", [.leukapheresis], study) {
        try $0.open()
        for id in [a, b] {
          try $0.findEligible(id)
          try $0.enroll(id)
        }
        try $0.prepareCollection(a)
      },
      try seed("both collected", [], study) {
        try $0.open()
        for id in [a, b] {
          try $0.findEligible(id)
          try $0.enroll(id)
          try $0.prepareCollection(id)
          try $0.collect(id)
        }
      },
      try seed("both manufactured, neither released", [], study) {
        try $0.open()
        for id in [a, b] {
          try $0.findEligible(id)
          try $0.enroll(id)
          try $0.prepareCollection(id)
          try $0.collect(id)
          try $0.manufacture(id)
        }
      },
      try seed("the only lot was rejected, a further collection is prepared", [.leukapheresis], study) {
        try $0.open()
        try $0.findEligible(a)
        try $0.enroll(a)
        try $0.prepareCollection(a)
        try $0.collect(a)
        try $0.manufacture(a)
        try $0.ask(
          RejectLot(participant: a, lot: LotNumber(participant: a, lot: 1), reason: "failed"), study.staff.quality)
        try $0.prepareCollection(a, 2)
      },
    ]
  }

  private static func lymphodepletion(_ study: SmallStudy) throws -> [Seed] {
    let (a, b) = (study.participants[0], study.participants[1])
    func afterInfusion(_ days: Int, _ script: inout Script) throws {
      try script.open()
      for id in [a, b] { try script.makeProduct(id) }
      try script.treat(a)
      for _ in 0..<days { script.wait(.day) }
    }
    func ranOut(_ script: inout Script) throws {
      try script.open()
      try script.makeProduct(a)
      try script.prepareLymphodepletion(a)
      try script.lymphodeplete(a)
      for _ in 0..<4 { script.wait(.day) }
    }
    return [
      try seed("both ready for lymphodepletion", [.lymphodepletion], study) {
        try $0.open()
        for id in [a, b] { try $0.makeProduct(id) }
        try $0.prepareLymphodepletion(a)
        try $0.prepareLymphodepletion(b)
      },
      try seed("one infused and not yet through the window, the other ready", [.lymphodepletion], study) {
        try afterInfusion(1, &$0)
        try $0.prepareLymphodepletion(b, dayZeroIn: 4)
      },
      try seed("one infused and reviewed, the other ready for lymphodepletion", [.lymphodepletion], study) {
        try afterInfusion(2, &$0)
        try $0.visit(a)
        try $0.review()
        try $0.prepareLymphodepletion(b)
      },
      try seed("one infused, the other booked inside the interval", [.lymphodepletion], study) {
        try afterInfusion(2, &$0)
        try $0.visit(a)
        try $0.review()
        try $0.prepareLymphodepletion(b, dayZeroIn: 2)
      },
      try seed("both lymphodepleted, one of them outside the gate", [], study) {
        try $0.open()
        for id in [a, b] { try $0.makeProduct(id) }
        try $0.prepareLymphodepletion(a)
        try $0.book(b, inDays: 4)
        try $0.lymphodeplete(a)
        try $0.ask(
          RecordOutsideGate(participant: b, act: .lymphodepletionDose, circumstances: "system down"),
          study.staff.nurse, with: [study.staff.otherNurse])
      },
      try seed("one through the window, the board owes its review", [.lymphodepletion], study) {
        try afterInfusion(2, &$0)
        try $0.visit(a)
        try $0.prepareLymphodepletion(b)
      },
      try seed("lymphodepletion ran out, too early for another", [.lymphodepletion], study) {
        try ranOut(&$0)
        try $0.prepareLymphodepletion(a)
      },
      try seed("lymphodepletion ran out, the old order stands", [.lymphodepletion], study) {
        try ranOut(&$0)
        $0.wait(.day)
        try $0.prepareLymphodepletion(a, ordered: false)
      },
    ]
  }

  /// Worlds of two sites.
  private static func elsewhere(_ study: SmallStudy) throws -> [Seed] {
    let a = study.participants[0]
    func handedOver(_ script: inout Script) throws {
      try script.open()
      try script.openElsewhere()
      try script.makeProduct(a)
    }
    return [
      try seed("ready for lymphodepletion, and handed over without consent and dose", [.lymphodepletion], study) {
        try handedOver(&$0)
        try $0.prepareLymphodepletion(a)
        try $0.handOver(a)
      },
      try seed("handed over with consent and dose, ready for lymphodepletion", [.lymphodepletion], study) {
        try handedOver(&$0)
        try $0.handOver(a)
        try $0.consent(a)
        try $0.receiveElsewhere(a)
        try $0.prepareLymphodepletion(a)
      },
      try seed("lymphodepleted and ready to thaw, then handed over", [.thawing], study) {
        try handedOver(&$0)
        try $0.prepareLymphodepletion(a)
        try $0.lymphodeplete(a)
        try $0.prepareInfusion(a)
        try $0.handOver(a)
        try $0.consent(a)
      },
    ]
  }

  private static func infusion(_ study: SmallStudy) throws -> [Seed] {
    let (a, b) = (study.participants[0], study.participants[1])
    let nurses = [study.staff.nurse, study.staff.otherNurse]
    func readyToThaw(_ script: inout Script, afterDays days: Int = 1, bags: Int = 1) throws {
      try script.open()
      try script.makeProduct(a, bags: bags)
      try script.makeProduct(b)
      try script.prepareLymphodepletion(a)
      try script.lymphodeplete(a)
      try script.prepareInfusion(a, afterDays: days)
    }
    func second(_ script: inout Script) throws {
      try script.open()
      for id in [a, b] { try script.makeProduct(id) }
      try script.treat(a)
      script.wait(.day)
      script.wait(.day)
      try script.visit(a)
      try script.review()
      try script.prepareLymphodepletion(b)
      try script.lymphodeplete(b)
      try script.prepareInfusion(b, afterDays: 2)
      try script.visit(a)
    }
    return [
      try seed("ready to thaw", [.thawing], study) { try readyToThaw(&$0) },
      try seed("ready to thaw, late without a reason", [.thawing], study) { try readyToThaw(&$0, afterDays: 3) },
      try seed("ready for the infusion", [.infusion], study) {
        try readyToThaw(&$0)
        try $0.thaw(a)
        try $0.verify(a, by: nurses)
      },
      try seed("ready for the infusion, verified by one", [.infusion], study) {
        try readyToThaw(&$0)
        try $0.thaw(a)
        try $0.verify(a, by: [nurses[0]])
      },
      try seed("one bag infused, a reserve bag is there", [], study) {
        try readyToThaw(&$0, bags: 2)
        try $0.thaw(a)
        try $0.verify(a, by: nurses)
        try $0.infuse(a)
        try $0.stop(a)
      },
      try seed("the infusion runs", [], study) {
        try readyToThaw(&$0)
        try $0.thaw(a)
        try $0.verify(a, by: nurses)
        try $0.infuse(a)
      },
      try seed("one infused, the second ready to thaw", [.thawing], study) { try second(&$0) },
      try seed("one infused, the second ready for the infusion", [.infusion], study) {
        try second(&$0)
        try $0.thaw(b)
        try $0.verify(b, by: nurses)
      },
    ]
  }
}
