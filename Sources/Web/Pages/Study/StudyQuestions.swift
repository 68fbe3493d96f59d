import ClinicalValues
import Markup
import Trial

/// Questions whether a toxicity was dose-limiting: what was answered, and who has to say something next.
struct StudyQuestions {
  let questions: [DLTQuestion]
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    Part.section(words["Questions of dose-limiting toxicity"], id: "questions") {
      Part.table(
        words("{count} questions", ["count": String(questions.count)]),
        [
          words["Number"], words["Participant"], words["Toxicity"], words["Since"], words["State"],
          words["What you can do"],
        ],
        questions.map(row), empty: words["Nothing was asked."])
      Markup.tag("div", ["class": "actions"]) { acts.link(OpenDLTQuestion.self, words["Ask a question"]) }
    }
  }

  private func row(_ question: DLTQuestion) -> [Markup] {
    let number = String(question.number)
    return [
      .text(number), Part.link("/participants/\(question.participant)", question.participant.description),
      .text(words.title(question.toxicity)), words.timeElement(question.opened), state(question.stage),
      .tag("div", ["class": "actions"]) {
        switch question.stage {
        case .asked:
          acts.link(
            AnswerDLTQuestion.self, words["Answer"],
            [("question", number), ("participant", question.participant.description)])
        case .answered:
          acts.link(ConfirmDLTAnswer.self, words["Confirm the answer"], [("question", number)])
          acts.link(DisputeDLTAnswer.self, words["Dispute the answer"], [("question", number)])
        case .disputed: acts.link(DecideDLTQuestion.self, words["Decide as the board"], [("question", number)])
        case .settled: Markup.fragment([])
        }
      },
    ]
  }

  private func state(_ stage: DLTQuestion.Stage) -> Markup {
    switch stage {
    case .asked: Part.badge(words["The principal investigator answers"], .due)
    case .answered(let answer, _):
      .fragment([
        .text(words.title(answer.basis) + " "), Part.badge(words["The safety officer confirms"], .due),
      ])
    case .disputed: Part.badge(words["The board decides"], .due)
    case .settled(let isDoseLimiting):
      isDoseLimiting
        ? Part.badge("✕ " + words["dose-limiting"], .stop) : Part.badge("✓ " + words["not dose-limiting"], .done)
    }
  }
}

extension DLTBasis: Titled {
  var title: String {
    switch self {
    case .meetsDefinition: "meets the protocol's definition"
    case .belowThreshold: "grade or duration is below the definition"
    case .unrelated: "not related to the product"
    case .outsideWindow: "did not begin within the window"
    case .expectedOnTarget: "what the therapy is meant to do"
    }
  }
}
