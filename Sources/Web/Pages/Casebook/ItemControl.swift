import ClinicalValues
import Markup
import StudyDesign
import Trial

/// The control for an item, by what an answer to it is.
struct ItemControl {
  let item: ItemPlan
  let parts: FormParts
  let words: Words
  /// Where a script fetches the terms of adverse events from.
  let terms: String

  /// How many answers are all shown; more of them stand in a list.
  private static let shownChoices = 6

  func markup(_ field: FormParts.Field, unit: String?) -> Markup {
    var field = field
    switch item.type {
    case .boolean:
      return parts.radios(field, [("true", words["yes"]), ("false", words["no"])])
    case .code where item.codes.count <= ItemControl.shownChoices:
      return parts.radios(field, item.codes.map { ($0.code, words.study($0.label)) })
    case .code:
      return parts.select(field, item.codes.map { ($0.code, words.study($0.label)) })
    case .integer:
      field.attributes.append(Attribute("inputmode", "numeric"))
      return parts.input(field)
    case .quantity: return quantity(field, unit)
    case .date:
      field.type = "date"
      return parts.input(field)
    case .partialDate:
      field.attributes += [Attribute("placeholder", "2026-03-13"), Attribute("inputmode", "numeric")]
      return parts.input(field)
    case .dateTime:
      field.type = "datetime-local"
      return parts.input(field)
    case .text: return item.isLong ? parts.area(field, rows: 3) : parts.input(field)
    case .adverseEventTerm:
      field.attributes.append(Attribute("data-terms", terms))
      return parts.input(field)
    case .medicine: return medicine(field)
    }
  }

  /// A text with the dictionary's medicines to choose from, by name or code; a browser offers them without a script. What
  /// the code that stands there means is said beside it.
  private func medicine(_ field: FormParts.Field) -> Markup {
    var field = field
    let list = "medicines-\(item.id)"
    field.attributes.append(Attribute("list", list))
    let named = words.medicine(field.value)
    return .fragment([
      parts.input(field),
      .tag("output", ["class": "quiet", "data-named": ""]) { named == field.value ? "" : named },
      .tag("datalist", ["id": list]) {
        for medicine in words.medicines { Markup.tag("option", ["value": medicine.code]) { medicine.name } }
      },
    ])
  }

  private func quantity(_ field: FormParts.Field, _ unit: String?) -> Markup {
    var field = field
    field.attributes.append(Attribute("inputmode", "decimal"))
    guard item.units.count > 1 else {
      field.unit = item.units.first.map { words.unit($0) }
      return .fragment([parts.input(field), parts.hidden("u.\(item.id)", item.units.first ?? "1")])
    }
    return .tag("div", ["class": "pair"]) {
      parts.input(field)
      parts.select(
        .init(name: "u.\(item.id)", label: words["Unit"], value: unit ?? item.units[0]),
        item.units.map { ($0, words.unit($0)) })
    }
  }
}

extension ItemPlan {
  /// Whether an answer takes several lines.
  fileprivate var isLong: Bool { id.hasSuffix("NARR") || id.hasSuffix("DESC") || id.hasSuffix("COMM") }
}

/// An answer as a person reads it, and as a control takes it.
struct ItemText {
  private let item: ItemPlan
  private let words: Words

  init(_ item: ItemPlan, _ words: Words) {
    self.item = item
    self.words = words
  }

  /// An entry in words: codes by their labels, dates by locale, numbers with unit and limits of normal.
  func markup(_ entry: Entry) -> Markup {
    guard let text = entry.answer.text else { return words.sentence(entry.answer.description) }
    var shown = text
    switch item.type {
    case .boolean: shown = text == "true" ? words["yes"] : words["no"]
    case .code: shown = item.codes.first { $0.code == text }.map { words.study($0.label) } ?? text
    case .date, .partialDate: shown = CalendarDate(text).map { words.date($0) } ?? text
    case .quantity: shown = words.quantity(text, entry.answer.unit)
    case .dateTime: shown = moment(text)
    case .adverseEventTerm: shown = words.study(text)
    case .medicine: shown = words.medicine(text)
    case .integer, .text: break
    }
    guard entry.low != nil || entry.high != nil else { return .text(shown) }
    return .text("\(shown) [\(entry.low.map { "\($0)" } ?? "")–\(entry.high.map { "\($0)" } ?? "")]")
  }

  /// A date and time by locale, by the clocks of the site.
  private func moment(_ text: String) -> String {
    guard let day = CalendarDate(text.prefix(10)), text.count >= 16 else { return text }
    return "\(words.date(day)) \(text.prefix(16).suffix(5))"
  }

  /// An answer's text as a control takes it: a date and time without its offset, which is that of the site.
  func control(_ text: String) -> String {
    item.type == .dateTime ? String(text.prefix(16)) : text
  }
}
