import Conduct
import StudyDesign
import Trial

/// What a reader knows a choice by: a person by name and role, a bag by what is in it and where it is, a step by its title.
struct ChoiceNames {
  /// Whose cells there are to choose from; nil where it is about nobody.
  let participant: ParticipantState?
  let plan: ProductPlan?
  let words: Words
  /// That of the site that looks after the participant.
  var zone = "UTC"

  /// A choice as it stands in a list.
  func text(_ choice: FieldChoice, _ reference: FieldReference?) -> String {
    switch choice.name {
    case .person(let name, let roles):
      "\(name) (\(choice.value.prefix { $0 != ":" }))"
        + (roles.isEmpty ? "" : ", " + roles.map { words.title($0) }.joined(separator: ", "))
    case .study(let title):
      isCode(reference) ? words.study(title) : "\(choice.value) · \(words.study(title))"
    case .status(let status): "\(choice.value) · \(words.title(status))"
    case .term(let term): "\(choice.value) · \(words[ActForm.label(term)])"
    case .written(let text): "\(choice.value) · \(words.plain(text))"
    case .quarantine(let quarantine):
      "\(choice.value) · \(quarantine.material?.description ?? words["Everything of this participant"]) · "
        + words.title(quarantine.cause)
    case nil: described(choice.value, reference)
    }
  }

  /// Whether a value is an id of the study's files that nobody knows it by.
  private func isCode(_ reference: FieldReference?) -> Bool {
    switch reference {
    case .custodyStep, .releaseTest, .treatment, .cohort, .enrollmentScope: true
    default: false
    }
  }

  /// A number with what is known of it.
  private func described(_ value: String, _ reference: FieldReference?) -> String {
    switch reference {
    case .collection, .lot, .bag, .material:
      let clauses = (try? Material(value)).map(clauses) ?? []
      return clauses.isEmpty ? value : "\(value) · \(clauses.joined(separator: "; "))"
    case .visit: return words["unscheduled visit"]
    case .enrollmentScope: return words["The whole study"]
    default: return value
    }
  }

  private func clauses(_ material: Material) -> [String] {
    guard let product = participant?.product else { return [] }
    let materials = MaterialWords(plan: plan, zone: zone, words: words)
    return switch material {
    case .collection(let number): product[number].map { materials.clauses($0) } ?? []
    case .lot(let number): product[number].map { materials.clauses($0) } ?? []
    case .bag(let number): product[number].map { materials.clauses($0) } ?? []
    }
  }
}
