import Markup

/// The parts that forms are made of: a label for every field, help and fault tied to it for whoever does not see them.
struct FormParts: Sendable {
  let words: Words
  /// What a form of this session must carry; nil where nobody is signed in.
  let csrf: String?

  init(_ request: PageRequest) { self.init(words: request.words, csrf: request.session?.csrf) }

  init(words: Words, csrf: String?) {
    self.words = words
    self.csrf = csrf
  }

  /// A form that is sent to a path of this site.
  func form(
    _ path: String, class name: String = "form", attributes: [Attribute] = [], @MarkupBuilder _ content: () -> Markup
  ) -> Markup {
    .element(
      "form", [Attribute("method", "post"), Attribute("action", path), Attribute("class", name)] + attributes,
      [csrf.map { hidden(Gatekeeper.csrfField, $0) } ?? .fragment([]), content()])
  }

  /// A form that only asks: its fields go into the address.
  func search(_ path: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .tag("form", ["method": "get", "action": path, "class": "filter", "role": "search"], content)
  }

  /// A field that is not shown.
  func hidden(_ name: String, _ value: String) -> Markup {
    .tag("input", ["type": "hidden", "name": name, "value": value])
  }

  /// What a field is.
  struct Field {
    /// Its name in what is sent.
    var name: String
    /// Its label.
    var label: String
    /// What stands in it.
    var value = ""
    /// `text`, `password`, `date`, `datetime-local`, `number`, `email`.
    var type = "text"
    /// What belongs in it, below the label.
    var help: Markup?
    /// What is wrong with it.
    var fault: String?
    /// Whether it may be left out.
    var isOptional = false
    /// Whether the label says so; not in a form of the casebook, where rules say what must be answered.
    var saysOptional = true
    /// Its unit, after it.
    var unit: String?
    /// What a browser may fill in (HTML Living Standard, 4.10.18.7).
    var autocomplete = "off"
    /// Further attributes of the control.
    var attributes: [Attribute] = []
    /// What tells its id from that of a field of the same name in another form of the page.
    var scope = ""
  }

  /// A field of one line.
  func input(_ field: Field) -> Markup {
    around(field) { control in
      Markup.element(
        "input",
        [Attribute("type", field.type), Attribute("value", field.type == "password" ? "" : field.value)] + control, [])
    }
  }

  /// The code of somebody's second factor, for those who have set one.
  func secondFactor(_ name: String, attributes: [Attribute] = []) -> Markup {
    input(
      .init(
        name: name, label: words["Code of your second factor"], help: .text(words["If you have set one."]),
        isOptional: true, autocomplete: "one-time-code", attributes: attributes))
  }

  /// A field of several lines.
  func area(_ field: Field, rows: Int = 4) -> Markup {
    around(field) { control in
      // The first line break of a text area is dropped on reading, so one more stands before the value.
      Markup.element("textarea", [Attribute("rows", String(rows))] + control, [.text("\n" + field.value)])
    }
  }

  /// One of several values, in a list; those of the second group stand apart under its name.
  func select(
    _ field: Field, _ options: [(value: String, text: String)],
    apart others: (name: String, options: [(value: String, text: String)]) = ("", [])
  ) -> Markup {
    func option(_ option: (value: String, text: String)) -> Markup {
      .element(
        "option",
        [Attribute("value", option.value)] + (option.value == field.value ? [Attribute("selected", nil)] : []),
        [.text(option.text)])
    }
    let blank = field.isOptional || field.value.isEmpty ? [(value: "", text: "")] : []
    return around(field) { control in
      Markup.element(
        "select", control,
        (blank + options).map(option)
          + (others.options.isEmpty
            ? [] : [.element("optgroup", [Attribute("label", others.name)], others.options.map(option))]))
    }
  }

  /// One of several values, all of them shown.
  func radios(_ field: Field, _ options: [(value: String, text: String)]) -> Markup {
    let needed = field.isOptional ? [] : [Attribute("required", nil)]
    return group(field, role: "radiogroup", options, type: "radio", needed) { $0 == field.value }
  }

  /// Any of several values, all of them shown; those that are given stand a line each in the field's value.
  func checkboxes(_ field: Field, _ options: [(value: String, text: String)]) -> Markup {
    let chosen = Set(field.value.split(whereSeparator: \.isNewline).map(String.init))
    return group(field, role: "group", options, type: "checkbox", []) { chosen.contains($0) }
  }

  private func group(
    _ field: Field, role: String, _ options: [(value: String, text: String)], type: String, _ needed: [Attribute],
    _ isOn: (String) -> Bool
  ) -> Markup {
    let id = FormParts.id(field.name)
    // A group of boxes has no state of its own: its fault is told by its description.
    let described = describedBy(field, id).filter { role == "radiogroup" || $0.name != "aria-invalid" }
    return .element(
      "fieldset",
      [
        Attribute("class", field.fault == nil ? "field choices" : "field choices wrong"), Attribute("role", role),
        Attribute("aria-labelledby", "\(id)-legend"),
      ] + described,
      [
        .tag("legend", ["id": "\(id)-legend"]) { label(field) }, help(field, id),
        .tag("div", ["class": "choices"]) {
          for (place, option) in options.enumerated() {
            Markup.tag("label", ["class": "choice"]) {
              Markup.element(
                "input",
                [
                  Attribute("type", type), Attribute("name", field.name), Attribute("value", option.value),
                  Attribute("id", place == 0 ? id : "\(id)-\(place)"),
                ] + needed + (isOn(option.value) ? [Attribute("checked", nil)] : []) + field.attributes, [])
              option.text
            }
          }
        },
        fault(field, id),
      ])
  }

  /// What is wrong, at the top of a page: each fault leads to its field.
  func summary(_ title: String, _ faults: [(field: String?, label: String, words: String)]) -> Markup {
    .tag("div", ["class": "notice stop", "role": "alert", "id": "faults", "tabindex": "-1"]) {
      Markup.tag("p") { title }
      Markup.tag("ul") {
        for fault in faults {
          Markup.tag("li") {
            if let field = fault.field {
              Part.link("#\(FormParts.id(field))", fault.label)
            } else {
              Markup.tag("strong") { fault.label }
            }
            ": " + fault.words
          }
        }
      }
    }
  }

  /// Yes or not said.
  func checkbox(_ name: String, _ label: String, isOn: Bool = false) -> Markup {
    .tag("label", ["class": "choice"]) {
      Markup.element(
        "input",
        [Attribute("type", "checkbox"), Attribute("name", name), Attribute("value", "true")]
          + (isOn ? [Attribute("checked", nil)] : []), [])
      label
    }
  }

  /// What sends the form.
  func button(_ text: String, class name: String = "primary", name field: String? = nil, value: String? = nil) -> Markup
  {
    .element(
      "button",
      [Attribute("type", "submit"), Attribute("class", name)] + (field.map { [Attribute("name", $0)] } ?? [])
        + (value.map { [Attribute("value", $0)] } ?? []), [.text(text)])
  }

  private func around(_ field: Field, _ control: ([Attribute]) -> Markup) -> Markup {
    let id = FormParts.id(field.name) + field.scope
    var attributes = [
      Attribute("id", id), Attribute("name", field.name), Attribute("autocomplete", field.autocomplete),
    ]
    if !field.isOptional { attributes.append(Attribute("required", nil)) }
    attributes += describedBy(field, id) + field.attributes
    return .tag("div", ["class": field.fault == nil ? "field" : "field wrong"]) {
      Markup.tag("label", ["for": id]) { label(field) }
      help(field, id)
      Markup.tag("div", ["class": "control"]) {
        control(attributes)
        if let unit = field.unit { Markup.tag("span", ["class": "unit"]) { unit } }
      }
      fault(field, id)
    }
  }

  private func label(_ field: Field) -> Markup {
    .fragment([
      .text(field.label),
      field.isOptional && field.saysOptional
        ? .tag("span", ["class": "quiet"]) { " " + words["(may be left out)"] } : .fragment([]),
    ])
  }

  private func help(_ field: Field, _ id: String) -> Markup {
    field.help.map { help in .tag("div", ["class": "help", "id": "\(id)-help"]) { help } } ?? .fragment([])
  }

  private func fault(_ field: Field, _ id: String) -> Markup {
    field.fault.map { fault in .tag("div", ["class": "fault", "id": "\(id)-fault"]) { fault } } ?? .fragment([])
  }

  private func describedBy(_ field: Field, _ id: String) -> [Attribute] {
    let ids = (field.help == nil ? [] : ["\(id)-help"]) + (field.fault == nil ? [] : ["\(id)-fault"])
    return (ids.isEmpty ? [] : [Attribute("aria-describedby", ids.joined(separator: " "))])
      + (field.fault == nil ? [] : [Attribute("aria-invalid", "true")])
  }

  /// A field's name as an id: letters, figures, hyphens.
  static func id(_ name: String) -> String {
    "f-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
