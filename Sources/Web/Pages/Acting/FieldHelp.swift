import Conduct
import Markup

/// What belongs in a field, as a page says it: the command line's sentence without the ways of writing that a control takes
/// over, such as an example of a date beside a calendar, or the values that a list shows.
struct FieldHelp {
  private let field: CommandForm.Field
  private let isChosen: Bool
  private let zone: String
  private let words: Words

  /// - Parameters:
  ///   - isChosen: whether it is chosen from a list.
  ///   - zone: by whose clocks moments are given.
  init(_ field: CommandForm.Field, isChosen: Bool, zone: String, _ words: Words) {
    self.field = field
    self.isChosen = isChosen
    self.zone = zone
    self.words = words
  }

  /// The sentence; nil where the control says it all.
  var markup: Markup? {
    let text = FieldHelp.plain(words.plain(field.help), control)
    let place = field.kind.content == .moment ? words("By the clocks of {zone}.", ["zone": zone]) : ""
    let said = [text.isEmpty ? "" : text.sentence, place].filter { !$0.isEmpty }.joined(separator: " ")
    return said.isEmpty ? nil : .text(said)
  }

  /// What the control takes over.
  enum Control: Sendable, Equatable {
    case nothing, list, calendar, yesOrNo
    case values([String])
  }

  private var control: Control {
    if isChosen { return .list }
    switch field.kind.content {
    case .yesOrNo: return .yesOrNo
    case .date, .moment: return .calendar
    case .choice(let values): return .values(values)
    case .text, .wholeNumber, .decimal: return .nothing
    }
  }

  /// A sentence without what a control says.
  static func plain(_ help: String, _ control: Control) -> String {
    switch control {
    case .nothing: return help
    case .list: return help.replacing(example, with: "")
    case .calendar:
      return help.replacing(" by the clocks of your site", with: "")
        .replacing(/[,:：，] ?(?:such as |如 ?)?\d{4}-\d\d-\d\d(?:T[\d:+]+)?(?:\[[\w\/]+\])?/, with: "")
    case .yesOrNo:
      return help.replacing(/^(?:true|是)[:：] ?/, with: "").replacing(/[:：,，] ?true (?:or|或) false$/, with: "")
        .replacing(/^true (?:or|或) false$/, with: "")
    case .values(let values):
      let isListed = values.count { help.contains($0) } > values.count / 2
      // Where each value is explained, the explanation stays.
      guard isListed, !help.contains("("), !help.contains("（") else { return help.replacing(example, with: "") }
      return help.replacing(/^(.*?)(?:[:：][^:：]*)$/) { String($0.1) }.replacing(/^[a-z]+[A-Za-z]*, .*$/, with: "")
        .replacing(example, with: "")
    }
  }

  /// `, such as 03-0007-L1-X` up to the end of its clause.
  private static var example: Regex<Substring> { /(?:^|[,，] ?)(?:such as |如 ?)[^;；]*/ }
}

extension String {
  /// With a capital at its beginning and a full stop at its end; Chinese ends by itself.
  fileprivate var sentence: String {
    let text = capitalizedFirst
    guard text.last?.isASCII == true, text.contains(where: { $0.isASCII && $0.isLetter }) else { return text }
    return text.last.map { ".!?)".contains($0) } ?? true ? text : text + "."
  }
}
