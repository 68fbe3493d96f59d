import ClinicalValues
import Conduct
import FHIR
import HTTPTypes
import Ledger
import Markup
import Trial

/// Every command of the trial as a page: its fields, what it would lead to, the signatures, what was recorded.
///
/// The path of an act: fields -> request -> decided; where nothing is signed and nobody acts along, carried out at once;
/// else shown, signed by everybody with their password, and carried out if it is still what was shown.
enum ActPages {
  static let routes: [Route] = [
    .get("/act", .member, index),
    .get("/act/{command}", .member) { request in
      let form = try form(request)
      return .page(ActForm(request, form, given: Given(texts: request.query.texts)).page())
    },
    .post("/act/{command}", .member, bodyLimit: 16 * 1024 * 1024, propose),
    .post("/act/{command}/sign", .member, limit: .signIn, sign),
  ]

  /// The command of the path, if the reader's role may do it at all.
  private static func form(_ request: PageRequest) throws -> CommandForm {
    let form = try request.parameter("command") { slug in
      guard let form = ActPath.form(slug) else { throw NotFound() }
      return form
    }
    let role = try request.acting().role
    guard role.extent(of: form.type.permission) != nil else {
      throw Refusal(
        "role-may-not", because: "As \(role.title) you may not: \(form.type.permission.title).",
        remedy: "Ask somebody whose role may.")
    }
    return form
  }

  private static let index: Route.Handler = { request in
    let words = request.words
    let role = try request.acting().role
    let allowed = CommandForm.all.filter { role.extent(of: $0.type.permission) != nil }
    let groups = Dictionary(grouping: allowed) { String($0.name.prefix { $0 != " " }) }
    return .page(
      Page(words["What I can record"], at: nil) {
        for group in groups.keys.sorted() {
          Part.section(words[group.capitalizedFirst]) {
            Markup.tag("ul") {
              for form in groups[group] ?? [] {
                Markup.tag("li") { Part.link(ActPath.of(form.type), ActForm.title(form, words)) }
              }
            }
          }
        }
      })
  }

  private static let propose: Route.Handler = { request in
    let form = try form(request)
    let given = Given(posted: request.form, to: form)
    let page = ActForm(request, form, given: given)
    do {
      let together = try await ActTogether(request).acting()
      var made = try await request.live.request(
        form, given, by: try request.acting(), together: together,
        circumstances: Circumstances(request.form.texts), origin: .web)
      let proposal = try await request.live.propose(made)
      if proposal.toSign.isEmpty, together.isEmpty {
        let done = try await request.live.carryOut(made, given, sign: { _ in [] })
        return .page(try await ActDone(request, form, back: page.back).page(done))
      }
      made.shown = proposal
      let key = request.site.pending.keep(
        .init(
          session: try request.signedIn().id, request: made, given: given,
          shown: proposal.toSign.map { Digest(of: $0.content.bytes) }, back: page.back,
          until: request.site.clock().adding(minutes: PendingActs.minutes)),
        entropy: request.site.entropy, now: request.site.clock())
      return .page(try await ActSigning(request, form, proposal, together: together, key: key).page())
    } catch let faults as FieldFaults {
      return .page(page.page(faults: faults))
    } catch let refusal as Refusal {
      return .page(page.page(refusal: refusal))
    } catch let record as RecordError {
      return .page(
        page.page(
          refusal: Refusal("record-unreadable", because: "\(record)", remedy: "Correct the file. Nothing was taken.")))
    }
  }

  private static let sign: Route.Handler = { request in
    let form = try form(request)
    let session = try request.signedIn()
    guard
      let key = request.form["pending"],
      let pending = request.site.pending.pending(key, of: session.id, now: request.site.clock())
    else {
      throw Refusal(
        "signing-took-too-long", because: "What was shown is older than \(PendingActs.minutes) minutes.",
        remedy: "Nothing was recorded. Enter it again, and sign what is shown then.")
    }
    let people = [pending.request.actor] + pending.request.together
    do {
      // Whoever acts along without signing anything shows who they are as well.
      if pending.shown.isEmpty { _ = try await ActTogether(request).authenticate(people, signing: []) }
      let done = try await request.live.carryOut(pending.request, pending.given) { asked in
        guard asked.map({ Digest(of: $0.content.bytes) }) == pending.shown else {
          throw ChangedMeanwhile(events: [])
        }
        let shown = try await ActTogether(request).authenticate(
          people, signing: Set(asked.map(\.signer.account)))
        return asked.compactMap { shown[$0.signer.account] }
      }
      request.site.pending.remove(key)
      return .page(try await ActDone(request, form, back: pending.back).page(done))
    } catch let refusal as Refusal where refusal.isOfAuthentication {
      let proposal = try await request.live.propose(pending.request)
      return .page(
        try await ActSigning(request, form, proposal, together: pending.request.together, key: key).page(refusal))
    }
  }
}

extension Refusal {
  /// Whether somebody failed to show who they are, so that they can try again.
  fileprivate var isOfAuthentication: Bool {
    ["authentication-failed", "code-missing", "signature-needs-password"].contains(id)
  }
}

extension Fields {
  /// The fields as texts by name, blank ones left out.
  var texts: [String: [String]] {
    Dictionary(grouping: pairs.filter { $0.value.contains { !$0.isWhitespace } }) { $0.name }
      .mapValues { $0.map(\.value) }
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
