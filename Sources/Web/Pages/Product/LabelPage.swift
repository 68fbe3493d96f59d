import ClinicalValues
import Conduct
import Labels
import Markup
import Trial

/// One label in its real size, for the printer, before who has had it drawn; how many are printed is recorded first, and
/// that it was drawn, each by an act of its own.
enum LabelPage {
  /// Where the label of a number is shown.
  static func path(_ material: Material) -> String {
    "\(ParticipantTab.product.path(material.participant))/label?number=\(Fields.encoded(material.description))"
  }

  static let show: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let number = request.query.text("number").flatMap { try? Material($0) }
    guard let line = participant.product.labelReconciliation.first(where: { $0.material == number }),
      let identity = participant.product.identity
    else { throw NotFound() }
    let label = CellLabel(
      identity: identity.description, participant: participant.id.printed, number: line.material.description,
      caption: state.study.isSynthetic ? "SYNTHETIC" : state.study.study ?? "")
    let drawing = line.labels.drawing
    let latest = drawing?.at.adding(minutes: LabelDrawing.minutes)
    let isRecent = latest.map { request.site.clock() <= $0 } ?? false
    let isTheirs = isRecent && drawing?.by == request.session?.account.description
    let drawn = isTheirs ? try label.svg() : nil
    let acts = ActLinks(request, back: path(line.material))
    let given = [("participant", participant.id.description), ("material", line.material.description)]
    return .page(
      Page(of: participant.id, .product, words) {
        Part.section(words("Label of {number}", ["number": line.material.description])) {
          if let drawn {
            Markup.tag("div", ["class": "figure-box"]) { drawn }
            Markup.tag("p", ["class": "quiet"]) { words["Print it at 100 %: 70 mm by 25 mm."] }
          } else {
            Markup.tag("p", ["class": "quiet"]) {
              words["The label is drawn once for the labels that are counted as printed. Further ones are a reprint."]
            }
          }
          Markup.tag("p") {
            words(
              "{printed} printed, {used} used, {destroyed} destroyed, {hand} at hand",
              [
                "printed": String(line.labels.printed), "used": String(line.labels.used),
                "destroyed": String(line.labels.destroyed), "hand": String(line.labels.atHand),
              ])
          }
          Markup.tag("div", ["class": "actions"]) {
            acts.link(PrintLabels.self, words["Record that it is printed"], given)
            if drawing == nil { acts.link(DrawLabels.self, words["Draw it for the printer"], given) }
            acts.link(CountLabels.self, words["Count"], given)
          }
        }
      })
  }
}
