import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign

/// The doses of lymphodepletion as a form: for each agent of the protocol its dose by body surface, with its unit and limits.
///
/// A command takes each as one JSON document; nobody types that on a page.
struct DoseForm {
  private static let key = "doses"
  private static let prefix = "doses."

  /// Whether this is the form of a field: of a list of doses, not of how many there are.
  static func takes(_ field: CommandForm.Field) -> Bool { field.key == key && field.kind.isList }

  let plan: Study
  let parts: FormParts
  private var words: Words { parts.words }

  /// The fields, with what was given to the command.
  func markup(given: [String], fault: String?) -> Markup {
    let agents = plan.conduct.way.lymphodepletionAgents
    return .tag(
      "fieldset", ["class": fault == nil ? "field stack" : "field stack wrong", "id": FormParts.id(Self.key)]
    ) {
      Markup.tag("legend") { words["Doses at full renal function"] }
      if let fault { Markup.tag("div", ["class": "fault"]) { fault } }
      for agent in agents {
        parts.input(
          .init(
            name: Self.prefix + agent.concept, label: title(agent),
            value: Self.dose(of: agent.concept, in: given) ?? "",
            help: .text(
              words(
                "{low} to {high}", ["low": "\(agent.lowestDose.trimmed)", "high": "\(agent.highestDose.trimmed)"])),
            unit: words.unit(agent.unit), attributes: [Attribute("inputmode", "decimal")]))
      }
    }
  }

  private func title(_ agent: LymphodepletionAgent) -> String {
    plan.dictionary.concepts.first { $0.id == agent.concept }.map { words.study($0.display) } ?? agent.concept
  }

  /// The doses that such a form says, each as the command takes it; nil where none was filled in.
  static func doses(posted fields: Fields) -> [String]? {
    let doses = fields.pairs.compactMap { pair -> String? in
      guard pair.name.hasPrefix(prefix), let dose = fields.text(pair.name) else { return nil }
      return try? CanonicalJSON(
        .object([
          "concept": .string(String(pair.name.dropFirst(prefix.count))), "perSquareMeter": .string(dose),
        ])
      ).description
    }
    return doses.isEmpty ? nil : doses
  }

  private static func dose(of concept: String, in given: [String]) -> String? {
    for text in given {
      guard let dose = try? CanonicalJSON(parsing: Array(text.utf8)).value, dose["concept"]?.string == concept else {
        continue
      }
      return dose["perSquareMeter"]?.string
    }
    return nil
  }
}
