import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// Whether the study takes people in, as the ledger stands: what the gate of enrollment asks of study, sites and cohorts, without what it asks
/// of a person.
struct Recruitment {
  private let state: TrialState
  private let study: Study
  private let isAdopted: Bool

  init(_ state: TrialState, _ edition: ProtocolShelf.Edition) {
    self.state = state
    study = edition.study
    isAdopted = state.study.unadopted(of: edition.version).isEmpty
  }

  /// How it stands, from what is worst to what is best for whoever wants to take part.
  enum Standing: Int, CaseIterable, Comparable {
    /// Not open, or not ready to be.
    case closed
    /// Every place is taken.
    case full
    /// Open, and held.
    case paused
    case open

    static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
  }

  /// Places in all, and those that nobody holds.
  var places: (all: Int, free: Int) { (study.conduct.way.slots, state.study.freeSlots(of: study.conduct.way)) }

  /// Of the whole study: the best of any site for any cohort.
  var standing: Standing { best { _, _ in true } }

  /// Of a site, for any cohort.
  func standing(of site: SiteID) -> Standing { best { other, _ in other == site } }

  /// Of a cohort, at any site.
  func standing(of cohort: Cohort) -> Standing { best { _, other in other == cohort.id } }

  private func best(_ isMeant: (SiteID, String) -> Bool) -> Standing {
    if places.free == 0 { return .full }
    let meant = state.sites.keys.flatMap { site in
      study.cohorts.map(\.id).filter { isMeant(site, $0) }.map { standing(site, $0) }
    }
    return meant.max() ?? .closed
  }

  private func standing(_ site: SiteID, _ cohort: String) -> Standing {
    guard isAdopted, state.study.isOpen(site: site, cohort: cohort) else { return .closed }
    return state.study.holds(on: .enrollment, site: site, cohort: cohort).isEmpty ? .open : .paused
  }
}

extension Recruitment.Standing: Titled {
  var title: String {
    switch self {
    case .closed: "takes nobody in at present"
    case .full: "full: every place is taken"
    case .paused: "paused: nobody is taken in at present"
    case .open: "takes people in"
    }
  }

  /// Its mark and words.
  func badge(_ words: Words) -> Markup {
    self == .open ? Part.badge("✓ " + words.title(self), .done) : Part.badge("✕ " + words.title(self), .excluded)
  }
}

/// Whether somebody can come now: the study, its places, and each illness.
struct AboutRecruitment {
  let recruitment: Recruitment
  let study: Study
  let today: String
  let words: Words

  var markup: Markup {
    Part.section(
      words["Does the study take people in?"], id: "recruiting", note: words("As of {date}.", ["date": today])
    ) {
      Markup.tag("div", ["class": "stack"]) {
        Markup.tag("p") {
          recruitment.standing.badge(words)
          " "
          words(
            "{free} of {all} places are free.",
            ["free": String(recruitment.places.free), "all": String(recruitment.places.all)])
        }
        Markup.tag("ul", ["class": "plain-list"]) {
          for cohort in study.cohorts {
            Markup.tag("li") {
              words.study(cohort.title) + ": "
              recruitment.standing(of: cohort).badge(words)
            }
          }
        }
        if recruitment.standing != .open {
          Markup.tag("p") { words["You can call all the same: this changes, and the site tells you when."] }
        }
      }
    }
  }
}
