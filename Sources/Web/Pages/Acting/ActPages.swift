import ClinicalValues
import Conduct
import FHIR
import HTTPTypes
import Ledger
import Markup
import Trial

/// Every command of the trial as a page: its fields, what it would lead to, the signatures, what was recorded.
enum ActPages {
  static let routes: [Route] = [
    .get("/act", .member, index),
    .get("/act/{command}", .member) { request in
      let form = try form(request)
      return .page(try await ActForm(request, form, given: Given(texts: request.query.texts)).page())
    },
    .post(
      "/act/{command}", .member, bodyLimit: 16 * 1024 * 1024,
      again: { request in
        let form = try form(request)
        return .page(try await ActForm(request, form, given: Given(posted: request.form, to: form)).page())
      }, propose),
    .post("/act/{command}/sign", .member, limit: .signIn, sign),
    .get("/act/{command}/recorded", .member, recorded),
  ]

  /// The command of the path, if the reader's role may do it at all.
  private static func form(_ request: PageRequest) throws -> CommandForm {
    let form = try request.parameter("command") { slug in
      guard let form = ActPath.form(slug) else { throw NotFound() }
      return form
    }
    let role = try request.acting().role
    guard role.extent(of: form.type.permission) != nil else { throw Refusal.mayNot(role, form.type.permission) }
    return form
  }

  private static let index: Route.Handler = { request in
    let words = request.words
    let role = try request.acting().role
    let allowed = CommandForm.all.filter { role.extent(of: $0.type.permission) != nil }
    let groups = Dictionary(grouping: allowed) { String($0.name.prefix { $0 != " " }) }
    return .page(
      Page(words["What I can record"], at: .act) {
        for group in groups.keys.sorted() {
          Part.section(words[group.capitalizedFirst]) {
            Markup.tag("ul") {
              for form in groups[group] ?? [] { Markup.tag("li") { line(form, request) } }
            }
          }
        }
      })
  }

  /// A command by what it does; one that the reader could not do now says why.
  @MarkupBuilder private static func line(_ form: CommandForm, _ request: PageRequest) -> Markup {
    let words = request.words
    if let refusal = request.offering?.refusal(of: form.type) {
      ActForm.title(form, words)
      Markup.tag("div", ["class": "quiet"]) { words.sentence(refusal.because) }
    } else {
      Part.link(ActPath.of(form.type), ActForm.title(form, words))
    }
  }

  private static let propose: Route.Handler = { request in
    let form = try form(request)
    guard let token = request.form.text(ActOnce.field) else { throw ForeignForm() }
    let given = Given(posted: request.form, to: form)
    return try await ActOnce(request, form, token: token).reply { try await propose(request, form, given) }
  }

  /// Decides an act, and carries it out where nobody signs it.
  static func propose(
    _ request: PageRequest, _ form: CommandForm, _ given: Given
  ) async throws -> ActOnce.Outcome {
    let page = try await ActForm(request, form, given: given)
    do {
      let named = request.form.text(ActTogether.account).map(ActTogether.Named.init(written:))
      let actor = try await ActByOther(request: request, form: form).actor()
      let step = try await ActCourse(request).propose(
        form, given, by: actor, with: named, circumstances: Circumstances(request.form.texts), back: page.back)
      switch step {
      case .done(let done): return .done(done, back: page.back)
      case .toSign(let waiting): return .page(try await ActSigning(request, form, waiting).page())
      }
    } catch let faults as FieldFaults {
      return .page(page.page(faults: faults))
    } catch let refusal as Refusal {
      request.site.note(refused: refusal.id, to: request.session?.account, at: request.path)
      return .page(page.page(refusal: refusal))
    } catch let record as RecordError {
      return .page(
        page.page(
          refusal: Refusal("record-unreadable", because: "\(record)", remedy: "Correct the file. Nothing was taken.")))
    }
  }

  private static let sign: Route.Handler = { request in
    let form = try form(request)
    let key = request.form["pending"] ?? ""
    // What waits is good once as well.
    return try await ActOnce(request, form, token: key).reply { try await sign(request, form, key) }
  }

  private static func sign(
    _ request: PageRequest, _ form: CommandForm, _ key: String
  ) async throws -> ActOnce.Outcome {
    let course = ActCourse(request)
    let pending = try course.pending(key)
    do {
      let fields = request.form
      let done = try await course.sign(key) { number, _ in
        ActTogether.Key(password: fields["password.\(number)"] ?? "", code: fields.text("code.\(number)"))
      }
      return .done(done, back: pending.back)
    } catch let refusal as Refusal where refusal.isOfAuthentication {
      return .page(try await ActSigning(request, form, try await course.waiting(pending, key)).page(refusal))
    }
  }

  /// What an act came to, for the session that did it.
  private static let recorded: Route.Handler = { request in
    let words = request.words
    let form = try form(request)
    guard let token = request.query.text("form"),
      let result = request.site.results.result(token, of: try request.signedIn().id)
    else {
      return .page(
        Page(words["Not kept any longer"], at: .act) {
          Notice.markup(.note, .text(words["This page is not kept any longer. What was recorded is in the record."]))
        })
    }
    var page = try await ActDone(request, form, back: result.back).page(result.done)
    page.answers = ActPath.of(form.type)
    return .page(page)
  }
}

extension Refusal {
  /// Whether somebody failed to show who they are, so that they can try again.
  fileprivate var isOfAuthentication: Bool {
    ["authentication-failed", "account-locked", "code-missing", "signature-needs-password"].contains(id)
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
