import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The bedside in large type: who, what was ordered, which bag, and what can be done now.
struct BedsideView {
  let acts: BedsideActs
  let request: PageRequest
  let materials: MaterialWords

  private var words: Words { request.words }
  private var id: ParticipantID { acts.participant.id }
  private var order: InfusionOrder? { acts.participant.way.infusionOrder }

  /// Person, order and bag beside each other, and whether they agree.
  var identities: Markup {
    .tag("div", ["class": "cards"]) {
      card(words["Person"], id.printed) {
        Part.facts([
          (words["Checked at admission"], Part.truth(acts.isPersonChecked, words)),
          (words["Chain of identity"], .tag("code") { acts.participant.product.identity?.description ?? "–" }),
        ])
      }
      card(words["Order"], order.map { words.quantity(words.number($0.dosePerKg), "{cells}/kg") } ?? words["none"]) {
        Part.facts([
          (words["Weight"], .text(order.map { "\($0.weight.trimmed) kg" } ?? "–")),
          (words["Bags"], .text(order.map { $0.bags.map(\.description).joined(separator: ", ") } ?? "–")),
        ])
      }
      card(words["Bag"], acts.bag?.description ?? words["none"]) {
        if acts.isTooLate { Part.badge("✕ " + words["too late: not to be infused"], .stop) }
        Part.facts([
          (words["Of this person"], Part.truth(acts.bag.map { $0.lot.participant == id }, words)),
          (words["Ordered"], Part.truth(acts.bag.flatMap { bag in order.map { $0.bags.contains(bag) } }, words)),
          (
            words["Of the released lot"],
            Part.truth(acts.bag.map { $0.lot == acts.participant.product.releasedLot }, words)
          ),
          (
            words["State"],
            .text(
              acts.bag.flatMap { acts.participant.product[$0] }.map {
                materials.clauses($0).joined(separator: "; ")
              } ?? "–")
          ),
        ])
      }
    }
  }

  private func card(_ title: String, _ large: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .tag("div", ["class": "card stack"]) {
      Markup.tag("h2") { title }
      Markup.tag("p", ["class": "big code"]) { large }
      content()
    }
  }

  /// The other bags of the order.
  @MarkupBuilder var bags: Markup {
    if let order, order.bags.count > 1 {
      TabRow.markup(
        order.bags.map { bag in
          (path: path(of: bag), title: words("Bag {number}", ["number": bag.description]))
        },
        current: acts.bag.map { path(of: $0) } ?? "",
        label: words["Bags of the order"])
    }
  }

  /// That the bag can no longer be infused, and what is done instead.
  @MarkupBuilder var tooLate: Markup {
    if acts.isTooLate, let bag = acts.bag {
      let links = ActLinks(request)
      let given = [("participant", id.description), ("material", bag.description)]
      Notice.markup(
        .stop,
        .tag("strong") { words("Too late for bag {bag}: it is not to be infused.", ["bag": bag.description]) },
        .text(words["It is put into quarantine or destroyed; another bag of the order is taken, if there is one."]),
        .tag("span", ["class": "actions"]) {
          if let other = acts.otherBag {
            Part.link(path(of: other), words("Bag {number}", ["number": other.description]), class: "button")
          }
          links.link(QuarantineMaterial.self, words["Quarantine"], given)
          links.link(RecordStep.self, words["Record what becomes of it"], given)
        })
    }
  }

  private func path(of bag: BagNumber) -> String {
    "\(ParticipantTab.infusion.path(id))?bag=\(Fields.encoded(bag.description))"
  }

  /// What runs out: how long it still is, then when, by the clocks of the site, with the date where that is another day.
  @MarkupBuilder var deadlines: Markup {
    if !acts.deadlines.isEmpty {
      Part.section(words["What runs out"], note: words("All times are of {zone}.", ["zone": acts.now.zone])) {
        Markup.tag("ul", ["class": "tasks left"]) {
          for deadline in acts.deadlines {
            let isOver = deadline.until < acts.now.instant
            Markup.tag("li", ["class": isOver ? "late" : "soon"]) {
              Markup.tag("div", ["class": "line"]) {
                if isOver { Part.badge(words["over"], .stop) }
                left(ZoneClock.moment(deadline.until, zone: acts.now.zone))
              }
              Markup.tag("div") { words.sentence(deadline.title) }
            }
          }
        }
      }
    }
  }

  private func left(_ until: Moment) -> Markup {
    Part.countdown(
      until: until, from: acts.now.instant, words,
      shown: (until.day == acts.now.day ? words.clock(until) : words.moment(until)) + words.whichOfTwo(until))
  }

  /// The acts in their order. What cannot be done now has no button.
  var actList: Markup {
    Part.section(
      words["What is done now"], note: words["An act has its button only while every line that it needs is true."]
    ) {
      Markup.tag("ol", ["class": "ladder"]) {
        for act in BedsideActs.Act.allCases where acts.standing(act) != .notNeeded {
          item(act, acts.standing(act))
        }
      }
    }
  }

  private func item(_ act: BedsideActs.Act, _ standing: BedsideActs.Standing) -> Markup {
    .tag("li", ["class": standing == .done ? "past" : ""]) {
      Markup.tag("div", ["class": "line"]) {
        switch standing {
        case .done: Part.badge("✓ " + words["done"], .done)
        case .atHand: Part.badge(words["at hand"], .progress)
        case .waits, .notNeeded: Part.badge(words["waits"])
        }
        Markup.tag("strong") { words.title(act) }
      }
      if act == .verify, let by = acts.bedside?.by, !by.isEmpty {
        Markup.tag("p", ["class": "quiet"]) {
          words("Verified by {people}", ["people": by.map(\.description).joined(separator: ", ")])
        }
      }
      if standing == .atHand { button(act) }
    }
  }

  /// The act, if the reader could do it; else why not.
  @MarkupBuilder private func button(_ act: BedsideActs.Act) -> Markup {
    let links = ActLinks(request)
    if let refusal = links.refusal(of: act.command, given(act)) {
      Markup.tag("p", ["class": "quiet"]) { words.sentence(refusal.because) }
    } else {
      links.link(act.command, words.title(act), given(act), class: "button", needsConnection: true)
    }
  }

  private func given(_ act: BedsideActs.Act) -> [(String, String)] {
    let whom = [("participant", id.description)]
    if act == .checkPerson { return whom + [("at", PersonCheckPlace.admission.rawValue)] }
    return whom + (acts.bag.map { [("bag", $0.description)] } ?? [])
  }
}

/// The vital signs of the day of infusion: when each is due, and the form that takes it.
struct VitalSigns {
  let participant: ParticipantState
  let calendar: ParticipantCalendar?
  let words: Words

  /// Planned times of the visit on the day of the infusion.
  private var times: [(title: String, time: PlannedTime)] {
    let day = participant.product.infusion?.begun.day ?? participant.way.bookedDayZero?.daysSinceEpoch
    let visits = (calendar?.visits ?? []).filter { visit in
      day.map { day in visit.dates?.planned.days.contains(day) ?? false } ?? false
    }
    return visits.flatMap(\.activities).flatMap { activity in activity.times.map { (title: activity.title, time: $0) } }
      .sorted { $0.time.order < $1.time.order }
  }

  var markup: Markup {
    Part.section(words["Measurements planned for the day of infusion"], id: "vitals") {
      Part.table(
        words["Each planned time with its form"], [words["Planned"], words["What"], words["State"]],
        times.map { title, time in
          [
            .text(due(time)), FormLink.link(time.form, title: title, participant, words),
            Part.badge(words.title(time.state), time.state.tone),
          ]
        }, empty: words["Nothing is planned yet."])
    }
  }

  /// By the clocks of the site; while the infusion has not begun, how long before or after its start.
  private func due(_ time: PlannedTime) -> String {
    let offset = String(abs(time.minutes))
    guard let due = time.due, let clock = due.time else {
      guard time.isFromInfusion else { return Self.clock(time.minutes) }
      return time.minutes < 0
        ? words("{minutes} min before the start of the infusion", ["minutes": offset])
        : words("{minutes} min after the start of the infusion", ["minutes": offset])
    }
    let shown = "\(words.date(due.date)) \("\(clock)".prefix(5))"
    guard time.isFromInfusion else { return shown }
    return time.minutes < 0
      ? words("{time}, {minutes} min before the start", ["time": shown, "minutes": offset])
      : words("{time}, {minutes} min after the start", ["time": shown, "minutes": offset])
  }

  /// Minutes from midnight as a clock shows them.
  private static func clock(_ minutes: Int) -> String {
    let day = (minutes % 1440 + 1440) % 1440
    return [day / 60, day % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}

extension PlannedTime {
  /// By the clock where it is known; what is counted from an infusion that has not begun comes last.
  fileprivate var order: (Int, String, Int) {
    (due == nil && isFromInfusion ? 1 : 0, due.map { "\($0)" } ?? "", minutes)
  }
}

extension FormLink {
  /// A form as a link alone.
  static func link(_ key: FormKey, title: String, _ participant: ParticipantState, _ words: Words) -> Markup {
    Part.link(path(key, participant.id), words.study(title))
  }
}
