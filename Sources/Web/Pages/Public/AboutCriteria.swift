import Markup
import StudyDesign

/// Who can join: every criterion in plain words, first those for everybody, then those of each illness, then what keeps somebody out; the
/// text of the study is one click away.
struct AboutCriteria {
  let study: Study
  let words: Words

  var markup: Markup {
    Part.section(words["Who can join"], id: "join") {
      Markup.tag("div", ["class": "stack"]) {
        Markup.tag("p") {
          words["Only the doctors of the study can find out whether you can join. They examine you and make tests."]
        }
        group(words["For everybody"]) { $0.kind == .inclusion && $0.cohorts.isEmpty }
        for cohort in study.cohorts {
          group(words("If you have {illness}", ["illness": words.study(cohort.title)])) { criterion in
            criterion.cohorts.contains { $0.value == cohort.id }
          }
        }
        group(words["What keeps somebody out"]) { $0.kind == .exclusion && $0.cohorts.isEmpty }
      }
    }
  }

  private func group(_ title: String, _ belongs: (Criterion) -> Bool) -> Markup {
    .tag("section") {
      Markup.tag("h3") { title }
      Markup.tag("ul", ["class": "plain-list"]) {
        for criterion in study.criteria where belongs(criterion) { item(criterion) }
      }
    }
  }

  private func item(_ criterion: Criterion) -> Markup {
    .tag("li") {
      Markup.tag("p") { words.study(criterion.lay ?? criterion.text) }
      Part.disclosure(.text(words["The text of the study"])) {
        Markup.tag("div", ["class": "quiet"]) {
          Markup.tag("p") { "\(criterion.id) · \(words.study(criterion.title))" }
          if let source = criterion.source {
            Markup.tag("blockquote") { words.study(source) }
          } else {
            Markup.tag("p") { Markup.tag("em") { words["not stated in the source"] } }
          }
          if criterion.isProvisional {
            Markup.tag("p") { words["Not settled yet: whoever leads the study has still to confirm it."] }
          }
        }
      }
    }
  }
}
