import Markup
import StudyDesign

/// Questions that somebody can ask themselves before they talk to a site. It never says that anybody can join.
///
/// The answers are controls outside any form and have no way to the server; the script only shows which points to talk about. Without it
/// the questions are a list to be printed and ticked.
struct SelfCheck {
  let study: Study
  let words: Words

  /// Whether a study has such questions.
  static func isAsked(_ study: Study) -> Bool { study.criteria.contains { $0.ask != nil } }

  private var asked: [Criterion] { study.criteria.filter { $0.ask != nil } }
  /// The illnesses that have questions of their own.
  private var illnesses: [Cohort] {
    study.cohorts.filter { cohort in asked.contains { $0.cohorts.contains { $0.value == cohort.id } } }
  }

  @MarkupBuilder var markup: Markup {
    if !asked.isEmpty {
      Markup.tag("section", ["id": "check", "data-check": ""]) {
        Markup.tag("h2") { words["Prepare for a talk: questions to yourself"] }
        Markup.tag("div", ["class": "stack"]) {
          Markup.tag("p") {
            words[
              "You can print them and tick them with a pen. What you tick here stays here: it is neither sent nor kept."
            ]
          }
          choice("illness", words["Which illness do you have?"], illnesses.map { ($0.id, words.study($0.title)) })
          for criterion in asked where !criterion.cohorts.isEmpty { question(criterion) }
          for criterion in asked where criterion.cohorts.isEmpty { question(criterion) }
          outcome
        }
      }
    }
  }

  private func question(_ criterion: Criterion) -> Markup {
    .element(
      "div",
      [
        Attribute("data-question", criterion.id), Attribute("data-speaks", criterion.kind == .inclusion ? "yes" : "no"),
        Attribute("data-illness", criterion.cohorts.map(\.value).joined(separator: " ")),
      ],
      [
        choice(
          criterion.id, words.study(criterion.ask ?? ""),
          [("yes", words["yes"]), ("no", words["no"]), ("unknown", words["I do not know"])])
      ])
  }

  private func choice(_ name: String, _ legend: String, _ options: [(value: String, text: String)]) -> Markup {
    .tag("fieldset", ["class": "field choices"]) {
      Markup.tag("legend") { legend }
      Markup.tag("div", ["class": "choices"]) {
        for option in options {
          Markup.tag("label", ["class": "choice"]) {
            Markup.tag(
              "input",
              ["type": "radio", "name": "check-\(name)", "value": option.value, "autocomplete": "off"])
            option.text
          }
        }
      }
    }
  }

  /// Where it ends, whatever was answered.
  private var outcome: Markup {
    .tag("div", ["class": "notice note", "role": "status"]) {
      Markup.tag("p") { Markup.tag("strong") { words["Talk to the site."] } }
      Markup.tag("p") {
        words[
          "These questions decide nothing. Whatever you answered: only the doctors, with tests, can say what it means for you."
        ]
      }
      Markup.tag("div", ["data-points": "", "hidden": nil]) {
        Markup.tag("p") { words["Talk about these points:"] }
        Markup.tag("ul") {
          for criterion in asked {
            Markup.tag("li", ["data-point": criterion.id, "hidden": nil]) {
              words.study(criterion.lay ?? criterion.title)
            }
          }
        }
      }
      AboutContact.toBring(words)
      Markup.tag("p") {
        Part.link("#contact", words["Whom to call"])
      }
      Markup.tag("button", ["type": "button", "class": "second", "data-clear": "", "hidden": nil]) {
        words["Clear my answers"]
      }
    }
  }
}
