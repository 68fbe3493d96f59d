import Markup
import StudyDesign
import Trial

/// Whom to call, and what to bring: the contact that the registry names, and the sites that take people in.
struct AboutContact {
  let study: Study
  let sites: [SiteID: SiteState]
  let recruitment: Recruitment
  let words: Words

  var markup: Markup {
    Part.section(words["Whom to call"], id: "contact") {
      Markup.tag("div", ["class": "stack"]) {
        for field in study.registry where field.id == "contact" {
          Markup.tag("p") {
            words.study(field.label) + ": "
            Markup.tag("strong") { field.value.map { words.study($0) } ?? words["not stated in the source"] }
          }
        }
        table
        Markup.tag("p") {
          words[
            "If you are already your doctor's patient there, ask your doctor: a site is a hospital that does the study."
          ]
        }
        Markup.tag("p") {
          words["In an emergency call the emergency services, not the study."]
        }
        // Where there is a self-check it ends with the same list.
        if SelfCheck.isAsked(study) {
          Part.link("#\(AboutContact.listName)", words["What to bring"])
        } else {
          AboutContact.toBring(words)
        }
      }
    }
  }

  @MarkupBuilder private var table: Markup {
    let sites = self.sites.values.sorted { $0.id < $1.id }
    if sites.isEmpty {
      Markup.tag("p") { words["No site takes people in yet."] }
    } else {
      Part.table(
        words["The sites of the study"], [words["Site"], words["Takes people in"]],
        sites.map { site in
          [.text(site.name), recruitment.standing(of: site.id).badge(words)]
        }, empty: words["No site takes people in yet."])
    }
  }

  /// The name by which the list of what to bring is found.
  private static let listName = "bring"

  /// What to bring to the first talk.
  static func toBring(_ words: Words) -> Markup {
    .tag("div", ["id": listName]) {
      Markup.tag("h3") { words["What to bring"] }
      Markup.tag("ul") {
        for line in [
          words["a paper that shows who you are and when you were born"],
          words["letters of doctors and hospitals about your illness, from when it was found until now"],
          words["a list of all medicines, with doses and with the days on which you began and stopped each"],
          words["blood results, scans and other tests that you have at home"],
          words["your vaccine card, and a list of your allergies"],
          words["your own questions, written down, and somebody whom you trust"],
        ] { Markup.tag("li") { line } }
      }
    }
  }
}
