import Conduct
import Markup
import StudyDesign
import Trial

/// What a role can record of a participant, as links into the acts; what can only be entered late says why.
enum ActMenu {
  /// An act that would not be refused now, or only because it is over.
  struct Offered: Sendable {
    let form: CommandForm
    /// Why it can no longer happen; nil where it can.
    let refusal: Refusal?
  }

  /// What whoever asks could record of a participant. Every command of the role is asked: kept until something is recorded.
  static func offered(_ request: PageRequest, _ participant: ParticipantID) async throws -> [Offered] {
    guard let acting = request.session?.acting else { return [] }
    let live = request.live
    return try await request.site.views.view("acts of \(participant) for \(acting)", at: try await request.stamp()) {
      let offering = try await live.offering(to: acting)
      let given = ["participant": participant.description]
      // What saves a casebook's form is done on the form's own page.
      return CommandForm.all.filter { form in
        form.fields.contains { $0.key == "participant" } && acting.role.extent(of: form.type.permission) != nil
          && !(form.type is any SavesEntries.Type)
      }
      .map { Offered(form: $0, refusal: offering.refusal(of: $0.type, given: given)) }
      .filter { each in each.refusal.map { Offering.mayHaveBeen(each.form.type, despite: $0) } ?? true }
    }
  }

  static func markup(_ acts: [Offered], of participant: ParticipantID, _ words: Words) -> Markup {
    let groups = Dictionary(grouping: acts) { String($0.form.name.prefix { $0 != " " }) }
    return .tag("div", ["class": "stack"]) {
      for group in groups.keys.sorted() {
        Part.disclosure(.text(words[group.capitalizedFirst])) {
          Markup.tag("ul") {
            for each in groups[group] ?? [] {
              Markup.tag("li") {
                Part.link(
                  ActPath.of(
                    each.form.type, ["participant": participant.description, "back": "/participants/\(participant)"]),
                  ActForm.title(each.form, words))
                if let refusal = each.refusal {
                  Markup.tag("div", ["class": "quiet"]) { words.sentence(refusal.because) }
                }
              }
            }
          }
        }
      }
    }
  }
}
