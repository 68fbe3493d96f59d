import Markup
import StudyDesign

/// What happens visit by visit, in plain words, in the order of a participant's way.
struct AboutVisits {
  let schedule: SchedulePlan
  let words: Words

  var markup: Markup {
    Part.section(
      words["What happens, visit by visit"], id: "visits",
      note: words[
        "Day 0 is the day on which the cells are given. The plan is not settled yet; the site tells you your own days."]
    ) {
      Markup.tag("div", ["class": "stack"]) {
        for epoch in epochs { part(epoch) }
      }
    }
  }

  /// The parts of the way, in order; what can happen at any time comes last.
  private var epochs: [String] {
    var seen: [String] = []
    for visit in schedule.visits where !seen.contains(visit.epoch) { seen.append(visit.epoch) }
    return seen.filter { $0 != VisitPlan.anyEpoch } + seen.filter { $0 == VisitPlan.anyEpoch }
  }

  private func part(_ epoch: String) -> Markup {
    .tag("section") {
      Markup.tag("h3") { title(epoch) }
      Markup.tag("ol", ["class": "plain-list"]) {
        for visit in schedule.visits where visit.epoch == epoch {
          Markup.tag("li") {
            Markup.tag("strong") { words.study(visit.title) }
            Markup.tag("span", ["class": "quiet"]) { " · \(place(visit.mode))" }
            Markup.tag("p") { visit.lay.map { words.study($0) } ?? "" }
          }
        }
      }
    }
  }

  private func title(_ epoch: String) -> String {
    switch epoch {
    case "screening": words["Finding out whether it fits you"]
    case "treatment": words["Collecting your cells, treatment and the weeks after"]
    case "followUp": words["The time after"]
    default: words["At any time"]
    }
  }

  private func place(_ mode: VisitMode) -> String {
    switch mode {
    case .site: words["at the hospital"]
    case .siteOrCall: words["at the hospital or by telephone"]
    case .laboratory: words["at a laboratory near you"]
    }
  }
}
