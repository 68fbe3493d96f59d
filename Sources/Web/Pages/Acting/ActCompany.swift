import Conduct
import Markup
import Trial

/// Who acts along: asked for from the start where a command is done together, and open to everybody else who wants it.
struct ActCompany {
  let request: PageRequest
  let choices: FieldChoices
  let parts: FormParts
  /// What is wrong with who was named.
  let fault: String?

  private var words: Words { request.words }
  private var named: String { request.form[ActTogether.account] ?? "" }

  var markup: Markup {
    switch choices.company {
    case .needed:
      together(words["Two people do this together; each gives their own password on the next page."], isOptional: false)
    case .atSteps(let titles):
      together(
        words(
          "Two people do this together, if it is one of these steps: {steps}.",
          ["steps": titles.map { "‘\(words.study($0))’" }.joined(separator: ", ")]), isOptional: true)
    case .possible:
      Part.disclosure(.text(words["Somebody acts with me"]), isOpen: !named.isEmpty || fault != nil) {
        person(words["The second person gives their own password on the next page."], isOptional: true)
      }
    }
  }

  private func together(_ note: String, isOptional: Bool) -> Markup {
    .tag("fieldset", ["class": "field stack company"]) {
      Markup.tag("legend") { words["Who does this"] }
      if let session = request.session, let acting = session.acting {
        Markup.tag("p") { words("You: {person}", ["person": "\(session.name), \(words.role(acting))"]) }
      }
      person(note, isOptional: isOptional)
    }
  }

  /// The second person, among those who may do it now; by account where nobody is found, so that it says why.
  private func person(_ note: String, isOptional: Bool) -> Markup {
    let field = FormParts.Field(
      name: ActTogether.account, label: words["Second person"], value: named, help: .text(note), fault: fault,
      isOptional: isOptional)
    let people = choices.companions
    guard !people.isEmpty else { return parts.input(field) }
    let names = ChoiceNames(participant: nil, plan: nil, words: words)
    let options = people.map { (value: $0.value, text: names.text($0, .account)) }
    let isKnown = named.isEmpty || people.contains { $0.value == named }
    return parts.select(field, options + (isKnown ? [] : [(value: named, text: named)]))
  }
}
