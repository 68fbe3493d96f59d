import ClinicalValues
import Conduct
import HTTPTypes
import Markup

/// The clock of a demonstration that runs in the time of its story: what it shows, and putting it forward.
enum ClockPage {
  static let path = "/clock"

  static let routes: [Route] = [
    .get(path, .member) { request in
      _ = try story(request)
      return .page(try await page(request))
    },
    .post(path, .member, bodyLimit: 4096, advance),
  ]

  /// The story's clock; a site that tells the machine's time has none.
  private static func story(_ request: PageRequest) throws(NotFound) -> StoryClock {
    guard let story = request.site.story else { throw NotFound() }
    return story
  }

  /// Puts the clock forward, and records what time alone has led to meanwhile.
  private static let advance: Route.Handler = { request in
    let story = try story(request)
    let zone = try await request.now().zone
    guard let moment = request.form["to"].flatMap({ ZoneClock.moment(written: $0, zone: zone) }) else {
      return .page(try await page(request, fault: request.words["Give a day and a time."]))
    }
    guard story.advance(to: moment.instant) else {
      return .page(try await page(request, fault: request.words["The clock goes forward only."]))
    }
    _ = try await request.live.watch()
    return .seeOther(path)
  }

  private static func page(_ request: PageRequest, fault: String? = nil) async throws -> Page {
    let words = request.words
    let now = try await request.now()
    let parts = FormParts(request)
    return Page(words["The demonstration's clock"], at: nil, status: fault == nil ? .ok : .unprocessableContent) {
      Part.facts([(words["Now, by the clocks of your place"], .text("\(words.moment(now)) \(now.zone)"))])
      parts.form(path) {
        parts.input(
          .init(
            name: "to", label: words["Put the clock forward to"], value: request.form["to"] ?? "",
            type: "datetime-local",
            help: .text(
              words[
                "Visits fall due, clocks run out and sessions end as they would; sign in again where that is asked."]),
            fault: fault))
        parts.button(words["Put it forward"])
      }
    }
  }
}
