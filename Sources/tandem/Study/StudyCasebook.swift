import ArgumentParser
import ClinicalValues
import StudyDesign

extension StudyCommand {
  struct Forms: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the forms of a study's casebook; with --form what one of them asks.")

    @OptionGroup var choice: Choice

    @Option(help: "A form's id: every item of it.")
    var form: String?

    func run() throws {
      let study = try choice.study()
      var forms = study.forms
      if let form {
        forms = forms.filter { $0.id == form }
        guard !forms.isEmpty else {
          throw Unusable("The study has no form ‘\(form)’. ‘tandem study forms’ lists those that it has.")
        }
      }
      switch choice.format {
      case .json: Terminal.print(FormList.json(forms).text)
      case .text: Terminal.print(form == nil ? FormList.text(forms) : FormList.items(of: forms[0]))
      }
    }
  }

  struct Schedule: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the schedule of a study: visits with their days, and what is done at each.")

    @OptionGroup var choice: Choice

    func run() throws {
      let study = try choice.study()
      switch choice.format {
      case .json: Terminal.print(ScheduleTable.json(study.schedule).text)
      case .text: Terminal.print(ScheduleTable.text(study.schedule))
      }
    }
  }
}

/// The forms, as `study forms` prints them.
enum FormList {
  static func text(_ forms: [FormPlan]) -> String {
    var table = Table("form", "domain", "occurs", "items", "checks", "title")
    for form in forms {
      table.add(
        form.id, form.domain, form.occurs.rawValue, "\(form.items.count)", "\(form.checks.count)", form.title)
    }
    let items = forms.map(\.items.count).reduce(0, +)
    let checks = forms.map(\.checks.count).reduce(0, +)
    let total = forms.isEmpty ? "" : "\n\(forms.count) forms, \(items) items, \(checks) checks.\n"
    return table.text(whenEmpty: "The study has no forms.") + total
  }

  /// What one form asks.
  static func items(of form: FormPlan) -> String {
    var page = Page()
    page.line("\(form.title) (\(form.id), \(form.domain), \(form.occurs.rawValue))")
    var section: String?
    for item in form.items {
      if item.section != section, let heading = item.section {
        page.line()
        page.line(heading)
      }
      section = item.section
      page.entry("  \(item.id)", "\(item.label) [\(answer(item))]\(conditions(item))", labelWidth: 24)
    }
    if !form.checks.isEmpty {
      page.line()
      page.line("Checks")
      for check in form.checks { page.entry("  \(check.id)", check.message, labelWidth: 24) }
    }
    return page.text
  }

  private static func answer(_ item: ItemPlan) -> String {
    let type = item.type == .quantity ? item.units.joined(separator: ", ") : item.type.rawValue
    let codes = item.codes.isEmpty ? "" : ": \(item.codes.map(\.label).joined(separator: " | "))"
    let usual = item.usual.map { ", usual \($0.lowerBound) to \($0.upperBound)" } ?? ""
    return type + codes + usual
  }

  private static func conditions(_ item: ItemPlan) -> String {
    var parts: [String] = []
    if let shown = item.shown { parts.append("shown if \(shown.text)") }
    switch item.required {
    case .never: break
    case .always: parts.append("required")
    case .when(let expression): parts.append("required if \(expression.text)")
    }
    if let calculated = item.calculated { parts.append("= \(calculated.text)") }
    return parts.isEmpty ? "" : "; " + parts.joined(separator: "; ")
  }

  static func json(_ forms: [FormPlan]) -> JSON {
    .array(
      forms.map { form in
        .object([
          ("id", .string(form.id)), ("title", .string(form.title)), ("domain", .string(form.domain)),
          ("occurs", .string(form.occurs.rawValue)), ("source", .string(form.source.rawValue)),
          ("signed", text(form.signed?.rawValue)), ("resource", text(form.resource)),
          ("provisional", text(form.provisional)), ("items", .array(form.items.map(json))),
          (
            "checks",
            .array(
              form.checks.map { check in
                .object([
                  ("id", .string(check.id)), ("message", .string(check.message)), ("items", .strings(check.items)),
                  ("fires", .string(check.fires.text)),
                ])
              })
          ),
        ])
      })
  }

  private static func json(_ item: ItemPlan) -> JSON {
    let required: JSON =
      switch item.required {
      case .never: .boolean(false)
      case .always: .boolean(true)
      case .when(let expression): .string(expression.text)
      }
    return .object([
      ("id", .string(item.id)), ("label", .string(item.label)), ("section", text(item.section)),
      ("type", .string(item.type.rawValue)), ("concept", text(item.concept)), ("gives", .string(item.gives.rawValue)),
      ("units", .strings(item.units)),
      (
        "codes",
        .array(item.codes.map { .object([("code", .string($0.code)), ("label", .string($0.label))]) })
      ),
      ("possible", range(item.possible)), ("usual", range(item.usual)), ("shown", text(item.shown?.text)),
      ("required", required), ("calculated", text(item.calculated?.text)), ("critical", .boolean(item.critical)),
    ])
  }

  private static func range(_ range: ClosedRange<Decimal>?) -> JSON {
    guard let range else { return .null }
    return .object([("low", .number("\(range.lowerBound)")), ("high", .number("\(range.upperBound)"))])
  }

  private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
