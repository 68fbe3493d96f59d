import ClinicalValues
import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// One candidate: the verdict first, then what bars, what is missing and what to obtain next, then every criterion.
enum CandidatePage {
  static let candidate: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let way = try await request.edition(of: participant.id, in: state).study.conduct.way
    let now = state.moment(request.site.clock(), of: participant)
    let path = "/screening/\(participant.id)"
    let decisions = try await request.decisions(of: participant.id)
    let screened = try await request.screeningToRead(of: participant.id)
    let seesIdentity = try await request.seesIdentity()
    let chosen = screened.flatMap { choice($0, request.query.text("cohort")) }
    let calendar = try await request.live.calendars(of: [participant.id]).first
    let decided = participant.isScreeningOver ? decisions.last : nil
    let acts = { (cohort: String?) in
      ScreeningActs(participant: participant, cohort: cohort, way: way, now: now, path: path)
    }
    let supposal = try await Supposal(request, participant.id, cohort: chosen?.cohort.id)
    return .page(
      Page(
        words("Screening of {participant}", ["participant": participant.id.description]), at: .screening,
        trail: [(words["Screening"], "/screening")], isLive: supposal.values.isEmpty,
        actions: Part.link("/participants/\(participant.id)", words["The participant"], class: "button second")
      ) {
        if let screened, let chosen {
          let texts = CriterionTexts(screened, of: participant.id, words, seesIdentity: seesIdentity)
          VerdictSummary(
            assessment: chosen, screened: screened, decided: decided, texts: texts,
            forms: ScreeningForms(participant, calendar, screened.study), request: request
          ).markup
          acts(chosen.cohort.id).markup(request)
          others(screened, besides: chosen, path, words)
          supposal.markup(FormParts(request), path, chosen, texts)
          CriterionList(assessment: chosen, texts: texts, decisions: decisions).markup
          UnrecognizedData(codes: screened.unrecognized, words: words).markup
        } else {
          Notice.markup(
            .warning, .text(words["Nothing is known yet: import the record, or fill in the screening forms."]))
          acts(participant.way.cohort).markup(request)
        }
        RecordDrop(candidate: .known(participant.id), request: request).markup
        DecisionHistory(decisions: decisions, words: words).markup
      })
  }

  /// The assessment that is asked for; else the one that comes nearest to eligible.
  private static func choice(_ screened: ScreenedParticipant, _ cohort: String?) -> Assessment? {
    screened.assessments.first { $0.cohort.id == cohort }
      ?? screened.assessments.min { $0.distance < $1.distance }
  }

  @MarkupBuilder private static func others(
    _ screened: ScreenedParticipant, besides chosen: Assessment, _ path: String, _ words: Words
  ) -> Markup {
    if screened.assessments.count > 1 {
      Part.section(words["Other cohorts"]) {
        Markup.tag("ul", ["class": "formlist"]) {
          for other in screened.assessments where other.cohort != chosen.cohort {
            Markup.tag("li") {
              Part.link("\(path)?cohort=\(Fields.encoded(other.cohort.id))", words.study(other.cohort.title))
              " "
              OutcomeMark.markup(other.verdict, words)
            }
          }
        }
      }
    }
  }
}

extension Assessment {
  /// The results with one outcome.
  func results(_ outcome: Outcome) -> [CriterionResult] { criteria.filter { $0.outcome == outcome } }

  /// How many criteria fail, and how many are unknown.
  fileprivate var distance: (Int, Int) { (results(.fail).count, results(.unknown).count) }
}

extension ParticipantState {
  /// Whether the last decision on eligibility is behind them: they were enrolled, or screening failed.
  fileprivate var isScreeningOver: Bool {
    if case .failed = way.eligibility { return true }
    return way.enrolled != nil
  }
}
