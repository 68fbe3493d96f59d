import ClinicalValues
import Conduct
import Markup
import Trial

/// The sites that the reader sees: name, time zone, the consent version in force, whether they are open.
struct SiteTable {
  let state: TrialState
  let acting: Acting
  let now: Moment
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    Part.section(words["Sites"], id: "sites") {
      Part.table(
        words["Every site"],
        [words["Site"], words["Name"], words["Time zone"], words["Consent"], words["State"], words["What you can do"]],
        state.sites.values.filter { acting.sees($0.id) }.sorted { $0.id < $1.id }.map(row),
        empty: words["There is no site yet."])
      Markup.tag("div", ["class": "actions"]) { acts.link(AddSite.self, words["Add a site"]) }
    }
  }

  private func row(_ site: SiteState) -> [Markup] {
    [
      .text(site.id.description), .text(site.name), .text(site.zone),
      .text(site.consentVersion(at: now) ?? words["none"]),
      state.study.open.contains(.site(site.id))
        ? Part.badge("✓ " + words["open for enrollment"], .done)
        : Part.badge(words["closed for enrollment"], .excluded),
      acts.link(PutConsentInForce.self, words["Put a consent version in force"], [("site", site.id.description)]),
    ]
  }
}
