import ClinicalValues
import Conduct
import HTTPTypes
import Markup
import StudyDesign
import Trial

/// A place to practise the bedside: two people, wristband, label, gate. It looks and decides as the real one does, with invented people in a
/// trial that exists in memory alone; nothing of it is recorded, no password is asked, and every part of it says so.
enum PracticePage {
  static let routes: [Route] = [
    .get("/practice", .member) { request in .page(try await page(request)) },
    .post("/practice/begin", .member, begin),
    .post("/practice/act", .member, act),
  ]

  private static func edition(_ request: PageRequest) async throws -> Study {
    try request.live.shelf.edition(at: try await request.now(), in: try await request.live.state()).study
  }

  private static func page(_ request: PageRequest, refusal: Refusal? = nil) async throws -> Page {
    let words = request.words
    let session = try request.signedIn()
    let study = try await edition(request)
    var room = request.site.practices.room(of: session.id, now: request.site.clock())
    room?.advance(to: request.site.clock())
    return Page(
      words["Practice: at the bedside"], at: .help, status: refusal == nil ? .ok : .unprocessableContent,
      trail: [(words["Help"], "/help")]
    ) {
      Notice.markup(
        .warning, .tag("strong") { words["PRACTICE"] },
        .text(words["Nobody here exists, and nothing here is recorded. It is forgotten when you sign out."]))
      if let refusal {
        Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy))
      }
      if let room {
        PracticeView(room: room, study: study, request: request, hidesGate: refusal?.lines.isEmpty == false).markup
      }
      choice(FormParts(request), isAgain: room != nil)
    }
  }

  private static func choice(_ parts: FormParts, isAgain: Bool) -> Markup {
    let words = parts.words
    return Part.section(
      isAgain ? words["Practise once more"] : words["Begin"],
      note: words["Something may be wrong at the bedside. Find it, or go on to the infusion where all is right."]
    ) {
      parts.form("/practice/begin") {
        parts.radios(
          .init(name: "case", label: words["What will you meet?"], value: "chance"),
          [("chance", words["that is left to chance"])] + PracticeCase.allCases.map { ($0.rawValue, words.title($0)) })
        parts.button(isAgain ? words["Begin anew"] : words["Begin"])
      }
    }
  }

  private static let begin: Route.Handler = { request in
    let session = try request.signedIn()
    let chosen = request.form.text("case").flatMap { PracticeCase(rawValue: $0) }
    let drawn = Int(request.site.entropy.bytes(1).first ?? 0) % PracticeCase.allCases.count
    let now = request.site.clock()
    let room = try PracticeRoom(try await edition(request), chosen ?? PracticeCase.allCases[drawn], now: now)
    request.site.practices.keep(room, for: session.id, now: now)
    return .seeOther("/practice")
  }

  private static let act: Route.Handler = { request in
    let session = try request.signedIn()
    let now = request.site.clock()
    guard var room = request.site.practices.room(of: session.id, now: now),
      let act = request.form.text("act").flatMap({ PracticeAct(rawValue: $0) })
    else { return .seeOther("/practice") }
    room.advance(to: now)
    do throws(Refusal) {
      try room.act(act, request.form)
    } catch {
      request.site.practices.keep(room, for: session.id, now: now)
      return .page(try await page(request, refusal: error))
    }
    request.site.practices.keep(room, for: session.id, now: now)
    return .seeOther("/practice")
  }
}

extension PracticeCase: Titled {
  var title: String {
    switch self {
    case .allFits: "everything fits"
    case .bagOfAnother: "the bag is somebody else's"
    case .personIsAnother: "the person is somebody else"
    case .labelSmudged: "the label cannot be read at first"
    }
  }
}
