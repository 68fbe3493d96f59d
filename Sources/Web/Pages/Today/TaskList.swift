import ClinicalValues
import Markup
import Trial

/// Tasks as a list: how urgent, what, whom it is about, until when, why it waits, and the way to what settles it.
struct TaskList {
  let worklist: Worklist
  let links: TaskLinks

  private var words: Words { links.words }

  func markup(_ tasks: [StudyTask]) -> Markup {
    guard !tasks.isEmpty else { return Notice.markup(.done, .text(words["Nothing is left to do."])) }
    return .tag("ol", ["class": "tasks"]) { for task in tasks { item(task) } }
  }

  private func item(_ task: StudyTask) -> Markup {
    let isLate = worklist.isLate(task)
    return .tag("li", ["class": isLate ? "late" : task.waits == nil ? "soon" : "waits"]) {
      Markup.tag("div") {
        if isLate {
          Part.badge(words["late"], .stop)
        } else if task.waits == nil {
          Part.badge(words["due"], .due)
        } else {
          Part.badge(words["waits"])
        }
      }
      Markup.tag("div") {
        if let participant = task.participant {
          Part.link("/participants/\(participant)", participant.description)
          " "
        }
        title(task)
        Markup.tag("div", ["class": "quiet"]) {
          deadline(task)
          if let waits = task.waits {
            " "
            words.sentence(waits)
          }
        }
        links.markup(task)
      }
    }
  }

  /// What is to be done. What a query asks is told apart: a check asks in sentences of its own, and a person in other words.
  private func title(_ task: StudyTask) -> Markup {
    guard case .query(let number, _) = task.about,
      let query = task.participant.flatMap({ links.participants[$0]?.casebook.queries })?.first(where: {
        $0.number == number
      })?.query,
      case let asked = ": " + query.text, task.title.hasSuffix(asked)
    else { return words.sentence(task.title) }
    return .fragment([
      words.sentence(String(task.title.dropLast(asked.count))), .text(words[": "]), words.asked(query),
    ])
  }

  private func deadline(_ task: StudyTask) -> Markup {
    switch task.deadline {
    case .at(let instant):
      .fragment([
        .text(words["Until"] + " "),
        Part.countdown(until: links.moment(instant, of: task.participant), from: links.now, words),
      ])
    case .through(let date): .text(words("Through {date}", ["date": words.date(date)]))
    case .before(let activity): .text(words("Before {activity}", ["activity": words.title(activity)]))
    case nil: .text(words("Since {date}", ["date": words.date(task.since)]))
    }
  }
}
