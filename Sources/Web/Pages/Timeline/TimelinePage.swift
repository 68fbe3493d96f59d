import ClinicalValues
import Conduct
import Figures
import Markup
import StudyDesign
import Trial

/// A participant's way on one axis: consent, cells, treatment, visits, adverse events with their grades.
enum TimelinePage {
  static let routes: [Route] = [.get("/participants/{participant}/timeline", .clinicalReader, show)]

  private static let show: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let now = try await request.now()
    let edition = try await request.edition(of: participant.id, in: state)
    let calendar = try await request.live.calendars(of: [participant.id]).first
    let course = TimelineCourse(
      participant, calendar, plan: edition.study.conduct.safety,
      manufactured: try await manufactured(participant.id, request), now: now, words: words)
    return .page(
      Page(of: participant.id, .timeline, words, isLive: true) {
        if let weeks = course.plotAroundDayZero() {
          Part.section(words["Around Day 0"]) { FigureBox.markup(weeks, words) }
        }
        Part.section(words["The whole way"]) {
          if course.isEmpty {
            Markup.tag("p", ["class": "quiet"]) { words["Nothing is recorded."] }
          } else {
            FigureBox.markup(course.plot(), words)
          }
        }
      })
  }
}

extension TimelinePage {
  /// When the making of each lot was begun, in the order of time.
  private static func manufactured(_ id: ParticipantID, _ request: PageRequest) async throws -> [Moment] {
    try await request.timeline(of: id).entries.compactMap { entry -> Moment? in
      if case .product(_, .manufacturingBegun) = entry.recorded.event { entry.recorded.happened } else { nil }
    }
  }
}

/// What stands on a participant's timeline, by days since 1970-01-01.
struct TimelineCourse {
  private let zero: Int?
  private let events: [TimelineEvent]
  private let spans: [TimelineSpan]
  private let words: Words
  private let id: ParticipantID

  init(
    _ participant: ParticipantState, _ calendar: ParticipantCalendar?, plan: SafetyPlan, manufactured: [Moment],
    now: Moment, words: Words
  ) {
    self.words = words
    id = participant.id
    zero = participant.product.infusion?.begun.day
    events =
      Self.milestones(participant, manufactured, death: participant.death(by: plan), words)
      + Self.visits(calendar, words)
    spans =
      Self.treatment(participant, words)
      + Self.adverse(participant.adverseEvents(by: plan), now: min(now, participant.ended ?? now), words)
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { events.isEmpty && spans.isEmpty }

  /// The whole way; the days are counted from Day 0 where there is one, and are dates before.
  func plot() -> TimelinePlot {
    TimelinePlot(
      Caption("timeline", title: words("The way of {participant}", ["participant": id.description]), width: 960),
      time: zero == nil ? Axis(words["Date"], kind: .dates) : Axis(words["Days from Day 0"], kind: .days),
      events: counted.events, spans: counted.spans)
  }

  /// The days of lymphodepletion and the four weeks after the infusion, in which most happens; nil before the infusion.
  func plotAroundDayZero() -> TimelinePlot? {
    guard zero != nil else { return nil }
    let window = -14.0...28.0
    return TimelinePlot(
      Caption(
        "timeline-day-0",
        title: words("The way of {participant} around Day 0", ["participant": id.description]), width: 960),
      time: Axis(words["Days from Day 0"], kind: .days, atLeast: window),
      events: counted.events.filter { window.contains($0.at) },
      spans: counted.spans.filter { window.overlaps($0.times) }.map { span in
        TimelineSpan(span.label, span.times.clamped(to: window), tone: span.tone)
      })
  }

  /// The same with times counted from Day 0, where there is one.
  private var counted: (events: [TimelineEvent], spans: [TimelineSpan]) {
    let origin = Double(zero ?? 0)
    return (
      events.map { TimelineEvent($0.label, at: $0.at - origin, tone: $0.tone, shape: $0.shape) },
      spans.map { span in
        TimelineSpan(span.label, (span.times.lowerBound - origin)...(span.times.upperBound - origin), tone: span.tone)
      }
    )
  }

  private static func milestones(
    _ participant: ParticipantState, _ manufactured: [Moment], death: RecordedDeath?, _ words: Words
  ) -> [TimelineEvent] {
    var found: [TimelineEvent] = []
    func add(_ label: String, _ moment: Moment?, _ tone: Tone, _ shape: MarkerShape) {
      if let moment { found.append(TimelineEvent(label, at: Double(moment.day), tone: tone, shape: shape)) }
    }
    let way = participant.way
    let product = participant.product
    for consent in way.consents {
      add(words("Consent {version}", ["version": consent.version]), consent.signed, .series(0), .square)
    }
    for collection in product.collections { add(words["Leukapheresis"], collection.ended, .series(1), .diamond) }
    for moment in manufactured { add(words["Manufacturing begun"], moment, .series(1), .circle) }
    for lot in product.lots { add(words["Product released"], lot.released, .series(1), .square) }
    for lot in product.lots { add(words["Cells harvested"], lot.harvested.map { Moment($0) }, .series(1), .triangle) }
    add(words["Infusion, Day 0"], product.infusion?.begun, .strong, .star)
    add(words["Study completed"], way.completed, .strong, .square)
    if let day = death?.earliestDay {
      found.append(TimelineEvent(words["Death"], at: Double(day), tone: .alert, shape: .cross))
    }
    if death == nil { add(words["Left the study"], way.left, .alert, .triangleDown) }
    return found
  }

  private static func visits(_ calendar: ParticipantCalendar?, _ words: Words) -> [TimelineEvent] {
    (calendar?.visits ?? []).compactMap { visit in
      guard let held = visit.held else { return nil }
      return TimelineEvent(words.study(visit.title), at: Double(held.daysSinceEpoch), tone: .neutral)
    }
  }

  private static func treatment(_ participant: ParticipantState, _ words: Words) -> [TimelineSpan] {
    var found: [TimelineSpan] = []
    let doses = participant.way.lymphodepletionDoses.map(\.day).sorted()
    if let first = doses.first, let last = doses.last {
      found.append(TimelineSpan(words["Lymphodepletion"], Double(first)...Double(last), tone: .series(2)))
    }
    if let infusion = participant.product.infusion {
      let first = infusion.begun.day
      let last = max(first, infusion.ended?.day ?? first)
      found.append(TimelineSpan(words["Infusion"], Double(first)...Double(last), tone: .series(3)))
    }
    return found
  }

  /// Adverse events from their first to their last day, or to now while they go on; one whose first day is not known is
  /// left out.
  private static func adverse(_ events: [AdverseEvent], now: Moment, _ words: Words) -> [TimelineSpan] {
    events.compactMap { event in
      guard let days = event.days(until: now) else { return nil }
      let grade = event.worstGrade.map { words("grade {grade}", ["grade": String($0)]) } ?? words["grade unknown"]
      return TimelineSpan(
        "\(words.event(event)), \(grade)", Double(days.lowerBound)...Double(days.upperBound),
        tone: .level(event.worstGrade ?? 0, of: 6))
    }
  }
}
