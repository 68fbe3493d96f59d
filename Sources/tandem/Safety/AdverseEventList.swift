import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem safety events`
struct AdverseEventList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Adverse events, with what they rest on and what they call for.",
    discussion: """
      What an event rests on follows from the casebook by itself: the values of its CTCAE term on its days, and for CRS and \
      ICANS the assessments. 'tandem participant grades' shows each value with its rule.
      """)

  @Argument(help: "The participant's number, 03-0007; everybody without it.") var participant: String?
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.openToRead()
      let (state, now) = (try await visit.running.live.state(), try await visit.now())
      let shown =
        if let participant { [try await visit.participant(participant)] } else {
          state.participants.values.filter { visit.sees($0.way.site) }.sorted { $0.id < $1.id }
        }
      let lines = try shown.flatMap { someone in
        let edition = try visit.running.live.shelf.edition(of: someone.id, at: now, in: state)
        return AdverseEventLine.all(of: someone, in: state, by: edition)
      }
      return .view(
        text: {
          guard !lines.isEmpty else { return "No adverse event is recorded.\n" }
          var page = Page()
          for line in lines { line.write(to: &page) }
          return page.text
        },
        json: { marked(state, [("events", .array(lines.map(\.json)))]) })
    }
  }
}

/// An adverse event with its clocks and what was measured of it, for people and for programs.
struct AdverseEventLine: Sendable {
  let event: AdverseEvent
  let basis: EventBasis
  let clocks: [ClockState]
  /// What it went on until, where nobody follows it any more.
  let outlasted: Outlasted?

  static func all(
    of participant: ParticipantState, in state: TrialState, by edition: ProtocolShelf.Edition
  ) -> [AdverseEventLine] {
    let book = edition.book
    let grading = Grading(of: participant, laboratories: state.laboratories, book: book)
    return zip(grading.events, grading.bases).map { event, basis in
      AdverseEventLine(
        event: event, basis: basis, clocks: participant.clocks(of: event),
        outlasted: participant.outlasted(by: event, plan: edition.study.conduct.safety, schedule: book.schedule))
    }
  }

  /// What it is and when, then what it rests on and what is due.
  func write(to page: inout Page) {
    let end: String =
      if let end = event.end {
        " to \(end)"
      } else if event.isResolved == true {
        " to a day that is not known"
      } else {
        outlasted.map { ", \($0.words)" } ?? " to now, it goes on"
      }
    page.entry(
      "\(event.participant) no \(event.number)",
      "\(event.title), grade \(event.worstGrade.map(String.init) ?? "not known"), from "
        + "\(event.start?.description ?? "a day that is not known")\(end); serious: \(word(event.isSerious)).",
      labelWidth: Self.width)
    if let rests = basis.words { page.entry("", "Rests on \(rests).", labelWidth: Self.width) }
    for clock in clocks where clock.submitted == nil {
      page.entry("", "Report due (\(clock.clock)) \(EventText.clock(clock.due)).", labelWidth: Self.width)
    }
  }

  private static let width = 13

  var json: JSON {
    .object([
      ("participant", .string(event.participant.description)), ("event", .integer(event.number)),
      ("term", JSON(event.term)), ("title", .string(event.title)), ("grade", JSON(event.worstGrade)),
      ("start", JSON(event.start?.description)), ("end", JSON(event.end?.description)),
      ("outlasted", JSON(outlasted?.rawValue)),
      ("serious", .string(word(event.isSerious))), ("suspectedUnexpected", .string(word(event.isSUSAR))),
      ("specialInterest", JSON(event.specialInterest)), ("outcome", JSON(event.outcome?.rawValue)),
      ("values", .array(basis.values.map(Self.json))), ("assessments", .array(basis.assessments.map(Self.json))),
      ("clocks", .array(clocks.map(Self.json))),
    ])
  }

  private func word(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "unknown" }

  private static func json(_ proposal: GradeProposal) -> JSON {
    .object([
      ("form", .string(proposal.value.source.form.description)), ("item", .string(proposal.value.source.item)),
      ("when", JSON(proposal.value.when?.description)), ("entered", .string(proposal.value.answer.description)),
      ("grade", .integer(proposal.counting)), ("standing", .string(proposal.standing.rawValue)),
    ])
  }

  private static func json(_ assessment: SyndromeAssessment) -> JSON {
    .object([
      ("form", .string(assessment.form.description)), ("when", JSON(assessment.when?.description)),
      ("grade", JSON(assessment.grade)), ("minimum", JSON(assessment.minimum)),
    ])
  }

  private static func json(_ clock: ClockState) -> JSON {
    .object([
      ("number", .integer(clock.number)), ("clock", .string(clock.clock)), ("due", .string(clock.due.description)),
      ("submitted", JSON(clock.submitted?.description)),
    ])
  }
}

extension EventBasis {
  /// In a clause: `12 values, worst 0.1 10*9/L on 2026-03-14 (grade 4)`; nil where nothing was measured of it.
  var words: String? {
    let measured = worst.map { worst in
      let count = values.count == 1 ? "" : "\(values.count) values, worst "
      return "\(count)\(worst.value.answer) on \(worst.value.day?.description ?? "?") (grade \(worst.counting))"
    }
    let most = assessments.max { ($0.minimum ?? -1) < ($1.minimum ?? -1) }
    let assessed = most.map { most in
      let count = assessments.count == 1 ? "1 assessment" : "\(assessments.count) assessments"
      return "\(count), worst grade \(most.text) on \(most.when?.date.description ?? "?")"
    }
    let all = [assessed, measured].compactMap(\.self)
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }
}
