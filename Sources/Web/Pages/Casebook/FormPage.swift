import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import StudyDesign
import Trial

/// A form of a casebook: read, filled in, corrected; its history, queries and marks.
///
/// The whole form is sent and only what changed is saved. With a script each item is sent when it is left, to the same
/// command, and the answer says what the form's rules now make of it.
enum FormPage {
  static let path = "/participants/{participant}/forms/{visit}/{number}/{form}/{row}"

  static let routes: [Route] = [
    .get(path, .clinicalReader) { request in
      let proposed = request.query.pairs.filter { $0.name.hasPrefix("v.") }
      return .page(
        try await page(
          request, at: try await place(request), proposed: proposed.isEmpty ? nil : Fields(proposed),
          isSaved: request.query["saved"] != nil))
    },
    .post(
      path, .clinicalReader,
      again: { request in
        .page(try await page(request, at: try await place(request), posted: request.form))
      }, save),
    .post(path + "/items", .clinicalReader, audience: .programs, saveItems),
    .get(path + "/history", .clinicalReader, history),
    .get(path + "/verify", .permitted(.verifySource), VerifyPage.show),
    .post(path + "/verify", .permitted(.verifySource), VerifyPage.verify),
  ]

  /// Which form of whom.
  struct Place: Sendable {
    let participant: ParticipantState
    let key: FormKey
    var path: String { FormLink.path(key, participant.id) }
  }

  static func place(_ request: PageRequest) async throws -> Place {
    let parts = try ["visit", "number", "form", "row"].map { name in try request.parameter(name) { $0 } }
    guard let key = try? FormKey(parts.joined(separator: "/")) else { throw NotFound() }
    return Place(participant: try await request.participant(), key: key)
  }

  private static func page(
    _ request: PageRequest, at place: Place, refusal: Refusal? = nil, posted: Fields? = nil, proposed: Fields? = nil,
    isSaved: Bool = false
  ) async throws -> Page {
    let view = try await request.live.form(place.key, of: place.participant.id)
    let state = try await request.live.state()
    let now = try await request.now()
    let words = request.words
    let edition = try await request.edition(of: place.participant.id, in: state)
    let study = edition.study
    let measures = ItemMeasures(of: place.participant, laboratories: state.laboratories, book: edition.book)
    let isEntered = try await FormHand(request, at: place).isReaders
    let visit = try await visit(request, place)
    let title = FormTitle(view.plan, place.key, view.record, visit, words)
    return Page(
      title.text, at: .participants, status: refusal == nil ? .ok : .unprocessableContent,
      trail: trail(place, title, words),
      actions: .tag("span", ["class": "actions"]) {
        FormStateBadge.markup(view.standing.state, words)
        CasebookBadges.markup(view.standing.badges, words)
        Part.link(place.path + "/history", words["History"], class: "button second")
        Part.link(place.path + "/print", words["Print"], class: "button second")
      }
    ) {
      ParticipantHeader(
        participant: place.participant, state: state, now: now, study: study, words: words
      ).markup
      if isSaved { Notice.markup(.done, .text(words["Saved."])) }
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      if view.plan.provisional != nil {
        Notice.markup(.warning, .text(words["Provisional: the protocol's text does not settle this form."]))
      }
      UnplannedVisit.notice(visit, of: study, form: view.plan, words)
      FormQueries(view, place, ActLinks(request, back: place.path)).markup
      // What a link proposes stands only where nobody has answered yet.
      FormSheet(
        request, view, place, isEntered: isEntered, posted: posted ?? (view.record.isBegun ? nil : proposed),
        ranges: { measures.rangeInForce(of: $0, in: place.key, otherwise: now.date) }
      ).markup
      FormActs.markup(request, place, view)
    }
  }

  private static let save: Route.Handler = { request in
    let place = try await place(request)
    try await FormHand(request, at: place).require()
    do {
      _ = try await FormEntry(request, at: place).save()
    } catch let refusal as Refusal where refusal.id != "nothing-changed" {
      request.note(refusal)
      return .page(try await page(request, at: place, refusal: refusal, posted: request.form))
    } catch is Refusal {
      // What was sent once more, or item by item before, stands there already.
    }
    return .seeOther(place.path + "?saved=1")
  }

  /// Saves what a script sends when an item is left.
  private static let saveItems: Route.Handler = { request in
    let place = try await place(request)
    try await FormHand(request, at: place).require()
    do {
      _ = try await FormEntry(request, at: place).save()
    } catch let refusal as Refusal where refusal.id == "nothing-changed" {
      // What is sent once more stands there already.
    }
    let view = try await request.live.form(place.key, of: place.participant.id)
    return .json(FormAnswerJSON(view, request.words).text)
  }

  private static let history: Route.Handler = { request in
    let place = try await place(request)
    let view = try await request.live.form(place.key, of: place.participant.id)
    let words = request.words
    let title = try await title(request, place, view)
    let zone = try await request.live.state().zone(of: place.participant)
    return .page(
      Page(
        words("History: {form}", ["form": title.text]), at: .participants,
        trail: trail(place, title, words) + [(title.form, place.path)]
      ) {
        Markup.tag("p", ["class": "quiet"]) { words("All times are of {zone}.", ["zone": zone]) }
        for item in view.plan.items {
          if let record = view.record.items[item.id], !record.history.isEmpty {
            ItemHistory(item: item, record: record, zone: zone, words: words).markup
          }
        }
      })
  }
}

/// Every version of an item, the newest first: what, who, when, why, and whether it was verified.
struct ItemHistory {
  let item: ItemPlan
  let record: ItemRecord
  /// The zone in which all times are told: the site's, whose papers they are compared with.
  let zone: String
  let words: Words

  var markup: Markup {
    Part.section(words.study(item.label), id: item.id) {
      Part.table(
        item.id,
        [words["Answer"], words["By"], words["When"], words["Recorded"], words["Reason"]],
        record.history.reversed().map { version in
          [
            ItemText(item, words).markup(version.entry),
            .text(by(version.by) + (version.isCalculated ? " (\(words["calculated"]))" : "")),
            words.timeElement(here(version.happened.instant)), words.timeElement(here(version.recorded)),
            version.reason.map(Part.written) ?? .text(""),
          ]
        }, empty: words["Nothing is recorded."])
      if let verification = record.verification {
        Markup.tag("p", ["class": "quiet"]) {
          (verification.isTakenBack ? words["Changed since it was verified"] : words["Verified"])
            + ": \(by(verification.by)), \(words.moment(here(verification.at.instant))), "
          Part.written(verification.source)
        }
      }
    }
  }

  private func here(_ instant: Instant) -> Moment { ZoneClock.moment(instant, zone: zone) }

  /// Who, and in which role.
  private func by(_ actor: Actor) -> String {
    actor.account + (Role(rawValue: actor.role).map { ", " + words.title($0) } ?? "")
  }
}

/// What can be done with a form besides filling it in.
enum FormActs {
  static func markup(_ request: PageRequest, _ place: FormPage.Place, _ view: FormView) -> Markup {
    let words = request.words
    let role = request.session?.acting?.role
    let acts = ActLinks(request, back: place.path)
    let whom = [("participant", place.participant.id.description), ("form", place.key.description)]
    let badges = view.standing.badges
    return .tag("div", ["class": "actions"]) {
      if role?.extent(of: .verifySource) != nil {
        Part.link(place.path + "/verify", words["Verify against the source"], class: "button second")
      }
      acts.link(SignForm.self, words["Sign this form"], whom + [("content", view.content.description)])
      // What has answers, or is frozen or locked, is not marked as not done.
      if !view.record.isBegun, badges.frozen + badges.locked == 0 {
        acts.link(MarkFormNotDone.self, words["It was not done"], whom)
      }
      acts.link(RaiseQuery.self, words["Raise a query"], whom)
      LockActs.markup(acts, place.participant, .form(place.key))
    }
  }
}

/// How far a form has come, in a mark that the script keeps up with what it saves.
enum FormStateBadge {
  static func markup(_ state: FormState, _ words: Words) -> Markup {
    .element(
      "span", [Attribute("class", "badge \(state.tone.rawValue)"), Attribute("data-state", nil)],
      [.text(words.title(state))])
  }
}

/// The queries of a form, those that wait first, each with its thread.
struct FormQueries {
  private let view: FormView
  private let place: FormPage.Place
  private let acts: ActLinks
  private var words: Words { acts.words }

  /// - Parameter acts: what the reader's role may do about them.
  init(_ view: FormView, _ place: FormPage.Place, _ acts: ActLinks) {
    self.view = view
    self.place = place
    self.acts = acts
  }

  @MarkupBuilder var markup: Markup {
    let pending = view.queries.filter { $0.status.isPending }
    if !pending.isEmpty {
      Part.section(words("Queries ({count})", ["count": String(pending.count)]), id: "queries") {
        Markup.tag("ul", ["class": "tasks"]) { for query in pending { item(query) } }
      }
    }
  }

  private func item(_ query: QueryState) -> Markup {
    .tag("li", ["class": query.status == .open ? "late" : "soon", "id": "query-\(query.number)"]) {
      Markup.tag("div") {
        Part.badge(
          "\(query.number) " + (query.status == .open ? words["open"] : words["answered"]),
          query.status == .open ? .stop : .due)
      }
      Markup.tag("div") {
        Markup.tag("p") { words.asked(query.query) }
        Markup.tag("p", ["class": "quiet"]) {
          for id in query.query.items {
            Part.link("#\(FormLink.anchor(id))", view.plan.item(id).map { words.study($0.label) } ?? id)
            " · "
          }
          query.query.check == nil ? query.thread.first?.by.account ?? "–" : words["a check"]
          if let raised = query.raised { " · \(words.moment(raised)) \(raised.zone)" }
        }
        for turn in query.thread.dropFirst() {
          Markup.tag("p", ["class": "quiet"]) {
            "\(turn.by.account), \(words.moment(turn.at)) \(turn.at.zone): "
            Part.written(turn.text ?? "")
          }
        }
        QueryActs.markup(query, of: place.participant.id, acts)
      }
    }
  }
}
