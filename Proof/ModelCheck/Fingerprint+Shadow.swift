import ClinicalValues
import StudyDesign
import Trial

extension Fingerprint {
  /// What the checker has seen. Most of it says again what the trial's state says; where the two part, the worlds do.
  mutating func add(_ shadow: Shadow) {
    for id in shadow.people.keys.sorted() {
      guard let person = shadow.people[id] else { continue }
      add(id.number)
      add(person)
    }
    for number in shadow.holds.keys.sorted() {
      guard let hold = shadow.holds[number] else { continue }
      add(hold.kind)
      add(hold.activities)
      add(hold.setBy)
      add(minute: hold.recorded)
      add(hold.boardDecided)
      add(hold.isReviewed)
    }
    for number in shadow.questions.keys.sorted() {
      add(shadow.questions[number]?.about)
      add(minute: shadow.questions[number]?.recorded)
    }
    for id in shadow.words.keys.sorted() {
      add(id)
      add(shadow.words[id]?.goesOn)
      add(minute: shadow.words[id]?.said)
    }
    add(shadow.holders)
    for infusion in shadow.infusions {
      add(infusion.who)
      add(minute: infusion.minute)
    }
    add(shadow.open)
    add(shadow.adopted)
    for form in shadow.forms {
      add(form.site)
      add(form.version)
      add(minute: form.from)
    }
    for review in shadow.reviews {
      add(review.through)
      add(day: review.day)
      add(minute: review.recorded)
    }
    add(shadow.board)
  }

  private mutating func add(_ person: Person) {
    add(person.site)
    for consent in person.consents.keys.sorted() {
      add(consent)
      add(minute: person.consents[consent])
    }
    add(person.imports)
    for departure in person.departures {
      add(minute: departure.minute)
      add(departure.reason)
      add(departure.withdrew)
    }
    add(minute: person.died)
    add(person.isToldDead)
    add(day: person.eligible)
    add(person.isQuestioned)
    add(person.pregnancies)
    add(person.enrolled)
    for kind in person.rechecks.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      add(kind)
      add(person.rechecks[kind]?.passed)
      add(minute: person.rechecks[kind]?.minute)
    }
    for item in person.ready.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      add(item)
      add(person.ready[item]?.site)
      add(person.ready[item]?.doses)
      add(minute: person.ready[item]?.minute)
    }
    add(day: person.bookedDay)
    for dose in person.given { add(minute: dose.minute) }
    add(person.rounds)
    add(day: person.firstRound)
    add(person.isEnded)
    add(person.isDelayJustified)
    add(person.orderedRound)
    add(person.orderedWeight)
    add(person.orderedBags)
    add(person.infusionOrder)
    // What a visit's correction leaves depends on those before it.
    for visit in person.visits {
      add(visit.name)
      add(minute: visit.minute)
      add(minute: visit.recorded)
      add(visit.assessed)
    }
    addCells(of: person)
  }

  private mutating func addCells(of person: Person) {
    add(person.identity)
    add(person.labels)
    add(person.hasCells)
    add(person.lots)
    for number in person.bags.keys.sorted() {
      guard let bag = person.bags[number] else { continue }
      add(number)
      add(day: bag.lastDay)
      add(bag.isReceived)
      add(bag.site)
      add(bag.isStored)
      add(minute: bag.thawed)
      add(bag.isGone)
      for account in bag.checks.keys.sorted() {
        add(account)
        add(minute: bag.checks[account])
      }
    }
    for number in person.quarantines.keys.sorted() { add(person.quarantines[number]) }
    for infused in person.infused {
      add(infused.bag)
      add(day: infused.day)
      add(minute: infused.minute)
      add(infused.outside)
    }
    for collected in person.collected { add(minute: collected) }
    add(person.hasResumedOutside)
    add(person.running)
    add(person.outside)
  }
}
