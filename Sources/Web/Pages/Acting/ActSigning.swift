import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// The page on which an act is signed: what will be recorded, exactly what is signed and what that says, and for each who
/// acts the password.
struct ActSigning {
  private let request: PageRequest
  private let form: CommandForm
  private let proposal: Proposal
  private let people: [Acting]
  private let key: String
  private let telling: EventTelling
  private let names: [AccountID: String]
  private var words: Words { request.words }

  init(_ request: PageRequest, _ form: CommandForm, _ waiting: ActCourse.Waiting) async throws {
    self.request = request
    self.form = form
    proposal = waiting.proposal
    key = waiting.key
    people = waiting.people
    let state = try await request.live.state()
    telling = EventTelling(Vocabulary(request.site.newest, byClocksOf: state))
    names = Dictionary(
      people.map { ($0.account, state.people.name(of: $0.account)) }, uniquingKeysWith: { first, _ in first })
  }

  func page(_ refusal: Refusal? = nil) -> Page {
    let parts = FormParts(request)
    return Page(words["Sign"], at: .act, status: refusal == nil ? .ok : .unprocessableContent) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      Notice.markup(
        .note, .text(words["Nothing is recorded yet."]),
        .text(
          words("Sign within {minutes} minutes, or enter it again.", ["minutes": String(PendingActs.minutes)])))
      Part.section(words["What will be recorded"]) {
        Markup.tag("p", ["class": "quiet"]) { words.moment(proposal.happened) }
        Markup.tag("ul") {
          for fact in proposal.facts { Markup.tag("li") { words.told(fact.event, by: telling) } }
        }
      }
      Part.section(words["What is signed"]) { for asked in proposal.toSign { signed(asked) } }
      Markup.tag("section") {
        parts.form("/act/\(ActPath.slug(form.name))/sign") {
          parts.hidden("pending", key)
          for (number, person) in people.enumerated() where needsPassword(number) {
            Markup.tag("fieldset", ["class": "field stack"]) {
              Markup.tag("legend") { "\(names[person.account] ?? "") · \(words.role(person))" }
              parts.input(
                .init(
                  name: "password.\(number)", label: words["Password"], type: "password",
                  autocomplete: number == 0 ? "current-password" : "off"))
              parts.secondFactor("code.\(number)")
            }
          }
          Markup.tag("div", ["class": "actions"]) {
            parts.button(proposal.toSign.isEmpty ? words["Record"] : words["Sign and record"])
            Part.link("/act/\(ActPath.slug(form.name))", words["Do not"], class: "button second")
          }
        }
      }
    }
  }

  /// Whoever signs, and whoever acts along.
  private func needsPassword(_ number: Int) -> Bool {
    number > 0 || proposal.toSign.contains { $0.signer.account == people[number].account }
  }

  private func signed(_ asked: ToSign) -> Markup {
    .tag("div", ["class": "card"]) {
      Markup.tag("p") {
        Markup.tag("strong") { "\(asked.name), \(words.role(asked.signer))" }
        ": "
        words.sentence(asked.meaning)
      }
      if !request.scope.tellsWhole(asked.content.bytes) {
        Notice.markup(.note, .text(words["Numbers of participants of other sites are covered, and not shown."]))
      }
      Part.disclosure(
        .text(
          words("Exactly this is covered; SHA-256 {digest}", ["digest": Digest(of: asked.content.bytes).description]))
      ) { Markup.tag("pre", ["tabindex": "0"]) { asked.content.description } }
    }
  }
}

/// The page after an act: what was recorded, what else is to be known, what is handed over once.
struct ActDone {
  private let request: PageRequest
  private let form: CommandForm
  private let back: String
  private let telling: EventTelling
  private var words: Words { request.words }

  init(_ request: PageRequest, _ form: CommandForm, back: String) async throws {
    self.request = request
    self.form = form
    self.back = back
    telling = EventTelling(Vocabulary(request.site.newest, byClocksOf: try await request.live.state()))
  }

  func page(_ done: CarriedOut) throws -> Page {
    let recorded = try done.performed.envelopes.map { try Recorded<TrialEvent>($0) }
    let since = try done.since.map { try Recorded<TrialEvent>($0) }
    return Page(words["Recorded"], at: .act) {
      Notice.markup(.done, .text(words["This is in the record for good."]))
      list(words["What was recorded"], recorded)
      if let handOver = done.handOver { handedOver(handOver, recorded.map(\.event)) }
      for note in done.notes { Notice.markup(.note, words.sentence(note)) }
      list(words["What others recorded meanwhile"], done.performed.meanwhile)
      list(words["What has followed from time"], since)
      Markup.tag("p") { Part.link(back, words["Go on"], class: "button") }
    }
  }

  /// What is handed to a person, once: a given password as a link by which its person chooses their own.
  private func handedOver(_ handOver: HandOver, _ events: [TrialEvent]) -> Markup {
    let link = RecoveryLink(events, key: handOver.secret)?.address(request)
    return Notice.markup(
      .warning,
      link == nil
        ? words.sentence(handOver.what)
        : .text(
          words["Hand this link to its person, by a way that nobody else reads. It is good once, for a new password."]),
      .tag("code") { link ?? handOver.secret }, .text(words["It is shown this once and kept nowhere."]))
  }

  @MarkupBuilder private func list(_ title: String, _ events: [Recorded<TrialEvent>]) -> Markup {
    if !events.isEmpty {
      Part.section(title) {
        Markup.tag("ul") {
          for recorded in events {
            Markup.tag("li") {
              words.told(recorded.event, by: telling)
              for signature in recorded.signatures {
                Markup.tag("div", ["class": "quiet"]) { words.signed(signature) }
              }
            }
          }
        }
      }
    }
  }
}
