import Analysis
import ClinicalValues
import Conduct
import Instruments
import Markup
import StudyDesign
import Trial

/// How the disease answers: the measure of activity over time, each time with its verdicts and what it was told from, the
/// steroid dose and the B cells beside it.
enum ResponsePage {
  static let routes: [Route] = [.get("/participants/{participant}/response", .clinicalReader, show)]

  private static let show: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let grading = try await request.grading(of: participant.id)
    let responses = try await request.responses(of: participant.id)
    return .page(
      Page(of: participant.id, .response, words, isLive: true) {
        if let response = responses.first {
          ResponseSections(response: response, grading: grading, words: words).markup
        } else {
          Notice.markup(
            .note, .text(words["There is nothing to tell yet."]),
            .text(words["A participant has a cohort, and with it endpoints, from the decision on eligibility on."]))
        }
      })
  }
}

extension PageRequest {
  /// How the disease of a participant answers; computed once as long as nothing happens to them.
  ///
  /// - Returns: a list of one, or of none: what is kept is a value, and nil would read as "not kept".
  func responses(of participant: ParticipantID) async throws -> [ResponseView] {
    try await site.views.view("response \(participant)", at: try await live.basis(of: participant)) {
      let state = try await live.state()
      let found = try state.registered(participant)
      let study = try await edition(of: participant, in: state).study
      return [ResponseStudy(study)].compactMap(\.self).compactMap {
        ResponseView(of: found, laboratories: state.laboratories, study: $0)
      }
    }
  }
}

/// The sections about the response of one participant.
struct ResponseSections {
  let response: ResponseView
  let grading: Grading
  let words: Words

  private var plots: ResponsePlots { ResponsePlots(words: words) }

  @MarkupBuilder var markup: Markup {
    Part.facts([
      (words["Cohort"], .text(words.cohort(response.cohort))),
      (words["First day of lymphodepletion"], day(response.firstDose)),
      (words["Day 0"], day(response.dayZero)), (words["Baseline"], measure(response.baseline)),
      (words["At screening"], measure(response.screening)),
    ])
    if let treatment = response.newTreatment {
      Notice.markup(
        .warning,
        .text(
          words(
            "A new treatment of the disease was begun on {date}: non-responder since.",
            ["date": words.date(treatment.from)])))
    }
    Part.section(words["Over time"]) {
      FigureBox.markup(plots.activity(response), words)
      FigureBox.markup(plots.steroid(response), words)
      if let course = grading.bCells {
        FigureBox.markup(plots.bCells(course), words)
      }
    }
    Part.section(words["Each time"]) {
      Part.table(
        words["Every time at which response is looked at"],
        [
          words["Time"], words["Date"], words.study(response.baseline.title), words["Change from baseline"],
          words["Prednisone, mg/d"], words["Verdicts"],
        ], response.times.map(row), empty: words["Nothing is planned yet."])
    }
    for time in response.times where time.isAssessed { ResponseDetail(time: time, words: words).markup }
    remissions
    if !response.unverified.isEmpty {
      Part.section(words["To be checked against their sources"]) {
        Markup.tag("ul") { for mark in response.unverified { Markup.tag("li") { words.sentence(mark) } } }
      }
    }
  }

  private func row(_ time: TimePointView) -> [Markup] {
    let isAssessed = time.isAssessed
    let name = isAssessed ? Part.link("#\(time.id)", time.id) : Markup.text(time.id)
    let activity = number(time.activity.value, without: isAssessed ? words["not evaluable"] : "–")
    let dose = number(time.context.prednisone, without: isAssessed ? words["unknown"] : "–")
    return [
      name, day(time.day), .text(activity), .text(change(time.activity.change)), .text(dose),
      isAssessed ? verdicts(time) : .text(words["not assessed"]),
    ]
  }

  private func number(_ value: Decimal?, without nothing: String) -> String {
    value.map { $0.forReading.description } ?? nothing
  }

  private func change(_ value: Decimal?) -> String {
    guard let value else { return "–" }
    return (value.sign > 0 ? "+" : "") + value.forReading.description
  }

  private func verdicts(_ time: TimePointView) -> Markup {
    .fragment(
      time.evaluations.flatMap(\.outcomes).map { (outcome: OutcomeView) -> Markup in
        .tag("div") {
          words.study(outcome.title) + " "
          Part.badge(words.title(outcome.counts), outcome.counts.tone)
        }
      })
  }

  @MarkupBuilder private var remissions: Markup {
    if !response.remissions.isEmpty {
      Part.section(words["Remissions without drugs"]) {
        Part.table(
          words["Every remission without drugs"],
          [words["From"], words["Last assessment in it"], words["Days"], words["Ended"]],
          response.remissions.map { remission in
            [
              day(remission.start), day(remission.lastSeen), .text(String(remission.days)),
              remission.loss.map { loss in
                .fragment([.text(words.date(loss.day) + ": "), words.sentence(loss.detail)])
              } ?? .text(words["goes on"]),
            ]
          }, empty: words["There was none."])
      }
    }
  }

  private func day(_ date: CalendarDate?) -> Markup { .text(date.map { words.date($0) } ?? "–") }

  private func measure(_ measure: MeasureView) -> Markup {
    .text(
      (measure.value.map { "\($0.forReading)" } ?? words["not evaluable"])
        + (measure.day.map { " (\(words.date($0)))" } ?? ""))
  }
}

/// One time with everything that its verdicts were told from.
struct ResponseDetail {
  let time: TimePointView
  let words: Words

  var markup: Markup {
    .tag("section", ["id": time.id]) {
      Part.disclosure(
        .fragment([.tag("strong") { time.id }, .text(" " + (time.day.map { words.date($0) } ?? ""))])
      ) {
        Markup.tag("div", ["class": "stack"]) {
          if let note = time.note { Notice.markup(.note, .text(words.study(note))) }
          beside
          for evaluation in time.evaluations { self.evaluation(evaluation) }
          missing(time.activity.missing + time.context.unknownDoses)
        }
      }
    }
  }

  private var beside: Markup {
    var facts: [(String, Markup)] = ([time.activity] + time.beside).map { measure in
      (words.study(measure.title), .text(number(measure.value, without: words["not evaluable"])))
    }
    let highest = number(time.context.highestPrednisone, without: words["unknown"])
    facts.append((words["Highest prednisone before it, mg/d"], .text(highest)))
    facts.append((words["Immunoglobulin"], .text(listed(time.context.immunoglobulin))))
    facts.append((words["Blood products"], .text(listed(time.context.transfusions))))
    facts.append((words["In remission without drugs"], Part.truth(time.remission.isRemission, words)))
    return Part.facts(facts)
  }

  private func number(_ value: Decimal?, without nothing: String) -> String {
    value.map { $0.forReading.description } ?? nothing
  }

  private func listed(_ texts: [String]) -> String { texts.isEmpty ? "–" : texts.joined(separator: "; ") }

  private func evaluation(_ evaluation: EvaluationView) -> Markup {
    .tag("div", ["class": "stack"]) {
      Markup.tag("h3") { words.study(evaluation.title) }
      Markup.tag("p", ["class": "quiet"]) { evaluation.source }
      Markup.tag("ul") {
        for outcome in evaluation.outcomes {
          Markup.tag("li") {
            words.study(outcome.title) + " "
            Part.badge(words.title(outcome.counts), outcome.counts.tone)
            if !outcome.failed.isEmpty {
              Markup.tag("span", ["class": "quiet"]) { " " + outcome.failed.joined(separator: ", ") }
            }
          }
        }
      }
      Part.table(
        words["What it was told from"], [words["Item"], words["Value"], words["Visit"], words["Missing"]],
        evaluation.keys.map { key in
          [
            .tag("code") { key.key }, .text(shown(key.value)), .text(key.visit ?? "–"),
            .text(
              key.missing.map { missing in missing.label.isEmpty ? missing.item : words.study(missing.label) }
                .joined(separator: "; ")),
          ]
        }, empty: words["Nothing is recorded."])
    }
  }

  @MarkupBuilder private func missing(_ answers: [MissingAnswer]) -> Markup {
    if !answers.isEmpty {
      Markup.tag("div") {
        Markup.tag("strong") { words["What is missing"] }
        Markup.tag("ul") {
          for answer in answers {
            Markup.tag("li") {
              (answer.label.isEmpty ? answer.item : words.study(answer.label)) + ": "
              words.sentence(answer.reason)
            }
          }
        }
      }
    }
  }

  private func shown(_ value: Datum) -> String {
    switch value {
    case .null: words["unknown"]
    case .bool(let flag): flag ? words["yes"] : words["no"]
    case .number(let number): "\(number.forReading)"
    case .text(let text): text
    case .list(let list): list.map { shown($0) }.joined(separator: ", ")
    case .object: "…"
    }
  }
}
