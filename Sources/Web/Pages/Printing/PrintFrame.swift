import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// The frame of a sheet that is printed: A4, black on white, in the style of the sheet for when the system is down. It says of what study it
/// is, as of when, and by whom it was printed.
struct PrintFrame {
  private let site: Site
  private let words: Words
  private let state: TrialState
  private let head: String

  /// The name of its style sheet.
  static let stylesheetName = "print.css"

  init(_ request: PageRequest, state: TrialState) async throws {
    site = request.site
    words = request.words
    self.state = state
    let now = try await request.now()
    let position = try await request.live.store.head().position
    let acting = try request.acting()
    head =
      request.words(
        "Study {study}, as of {moment} {zone}, event {position} of the ledger.",
        [
          "study": state.study.study ?? request.site.newest?.id ?? "", "moment": request.words.moment(now),
          "zone": now.zone,
          "position": String(position),
        ]) + " " + request.words("Printed by {person}.", ["person": state.people.name(of: acting.account)])
  }

  func document(_ title: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .tag("html", ["lang": words.language.tag]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        Markup.tag("title") { title }
        Markup.tag("link", ["rel": "stylesheet", "href": site.assets.path(PrintFrame.stylesheetName)])
      }
      Markup.tag("body") {
        Markup.tag("main") {
          Markup.tag("header") {
            if state.study.isSynthetic {
              Markup.tag("p", ["class": "mark"]) {
                words["SYNTHETIC"] + " " + words["Every person and every value here is invented."]
              }
            }
            Markup.tag("h1") { title }
            Markup.tag("p") { head }
          }
          content()
        }
      }
    }
  }

  /// Its rules: those of the downtime sheet, and what marks a change.
  static let stylesheet =
    DowntimePage.stylesheet + """

      .changed > td:first-child { border-left: 1.2mm solid #000; }
      .former { font-size: 8.5pt; } .former s { text-decoration-thickness: .3mm; }
      .choice { display: inline-block; margin-right: 5mm; } .small { font-size: 8.5pt; }
      .form { break-inside: auto; } .form + .form { margin-top: 6mm; }
      """
}
