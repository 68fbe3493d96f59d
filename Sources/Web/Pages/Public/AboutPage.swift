import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The public page: what the study is, who can join, what happens visit by visit, whom to call. Nobody signs in for it, and nothing that a
/// visitor enters leaves the browser: it has no form that is sent.
///
/// It is off until whoever runs the site turns it on; then it shows what the study's files say in the version in force, and of the ledger only
/// the names of its sites, how many places are free and where people are taken in. It is the same for everybody: a session adds nothing to it.
enum AboutPage {
  static let routes: [Route] = [.get("/about", .everyone, about)]

  private static let about: Route.Handler = { request in
    guard request.site.settings.publicPage else { throw NotFound() }
    let words = request.words
    let state = try await request.live.state()
    let now = Moment(request.site.clock())
    let edition = try request.live.shelf.edition(at: now, in: state)
    let study = edition.study
    let recruitment = Recruitment(state, edition)
    let criteria = AboutCriteria(study: study, words: words)
    return .document(
      AboutFrame(request).document(words.study(study.title)) {
        lead(study, words)
        AboutRecruitment(recruitment: recruitment, study: study, today: words.date(now.date), words: words).markup
        contents(words)
        criteria.markup
        SelfCheck(study: study, words: words).markup
        AboutVisits(schedule: study.schedule, words: words).markup
        AboutContact(study: study, sites: state.sites, recruitment: recruitment, words: words).markup
        AboutRegistry(study: study, words: words).markup
      })
  }

  private static func lead(_ study: Study, _ words: Words) -> Markup {
    Part.section(words["What the study is about"], id: "study") {
      for field in study.registry where field.id == "about" {
        Markup.tag("p") { field.value.map { words.study($0) } ?? words["not stated in the source"] }
      }
      Markup.tag("p") { words["The illnesses that are treated in it:"] }
      Markup.tag("ul") {
        for cohort in study.cohorts { Markup.tag("li") { words.study(cohort.title) } }
      }
      Markup.tag("p") {
        words[
          "A study tries out what is not yet known. The treatment can do harm, and nobody can promise that it helps you."
        ]
      }
    }
  }

  private static func contents(_ words: Words) -> Markup {
    .tag("nav", ["class": "actions no-print", "aria-label": words["On this page"]]) {
      for (id, title) in [
        ("join", words["Who can join"]), ("check", words["Prepare for a talk: questions to yourself"]),
        ("visits", words["What happens, visit by visit"]), ("contact", words["Whom to call"]),
        ("registry", words["As the registry shows it"]),
      ] { Part.link("#\(id)", title, class: "button second") }
    }
  }
}

/// The registry's page, field by field in its order; what it does not state is said to be not stated.
struct AboutRegistry {
  let study: Study
  let words: Words

  var markup: Markup {
    Part.section(
      words["As the registry shows it"], id: "registry",
      note: words["Every field of the public registry, in its order. Nothing is filled in for what it does not state."]
    ) {
      Markup.tag("dl", ["class": "stack"]) {
        for field in study.registry { entry(words.study(field.label), field.value, field.note) }
        for arm in study.arms { entry(words["Arm"], arm.title, arm.source) }
        if let note = study.titleNote { entry(words["Title"], study.title, note) }
      }
    }
  }

  /// A field, or what the study's file says beside them; with where it comes from.
  private func entry(_ label: String, _ value: String?, _ note: String?) -> Markup {
    .tag("div") {
      Markup.tag("dt", ["class": "label"]) { label }
      Markup.tag("dd") {
        if let value {
          words.study(value)
        } else {
          Markup.tag("em") { words["not stated in the source"] }
        }
        if let note { Markup.tag("div", ["class": "quiet"]) { words.study(note) } }
      }
    }
  }
}
