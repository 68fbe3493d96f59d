import ClinicalValues

/// Walks through resources and finds what R4 cannot read: content of a wrong kind, dates that do not exist, numbers that
/// cannot be held exactly, signs of another FHIR version. What it warns of, `Element` reads as absent.
///
/// Every record passes through it whole, so it goes by numbers of nodes, symbols and classes; texts are made for findings.
struct Inspector {
  private(set) var findings: [Finding] = []
  /// What becomes of most of what cannot be used.
  static let absent = "it is read as absent"
  private var document: JSONDocument
  private var nodes: [JSONNode]
  private var members: MemberTable
  private var path: [Step] = []
  private var resource: Resource?
  /// Where findings that are told once stand in `findings`.
  private var toldOnce: [String: Int] = [:]

  private enum Step {
    case member(Int)
    case index(Int)
  }

  init(_ document: JSONDocument) {
    self.document = document
    nodes = document.nodes
    members = MemberTable(document)
  }

  /// Turns to another document.
  mutating func begin(_ document: JSONDocument) {
    guard document !== self.document else { return }
    self.document = document
    nodes = document.nodes
    members = MemberTable(document)
  }

  /// Looks through a resource.
  mutating func inspect(_ resource: Resource) {
    guard let json = resource.element.json else { return }
    self.resource = resource
    if let version = OtherVersion.ofResource(resource.type) {
      refuse(json.index, "The resource type \(resource.type)", version.rawValue)
      return
    }
    if Schema.r4[resource.type] == nil {
      once("unknown-type " + resource.type) { inspector in
        inspector.finding(
          .note, "unknown-type", json.index,
          "\(shortened(resource.type)) is no resource of FHIR R4; it is kept and passed over.")
      }
      return
    }
    inspect(object: json.index, resource.element.type, atTop: true)
    inspectStatus(of: resource, at: json.index)
  }

  /// A status that R4 does not know says nothing: the resource can neither be counted nor passed over.
  private mutating func inspectStatus(of resource: Resource, at index: Int) {
    guard let codes = RequiredStatus.codes[resource.type] else { return }
    let status = resource.element.first("status")?.text
    if let status, codes.contains(status) { return }
    // A status of a wrong kind has been told already.
    if status == nil, resource.element.json?["status"] != nil { return }
    let found = status.map { "has the status “\(shortened($0))”, which R4 does not know" } ?? "has no status"
    finding(.warning, "unknown-status", index, "\(found); expected one of \(codes.sorted().joined(separator: ", ")).")
  }

  /// Looks through a Bundle's own elements, not its entries.
  mutating func inspectBundle(_ bundle: Element, path place: String) {
    guard let json = bundle.json else { return }
    resource = nil
    let from = findings.count
    for (symbol, value) in json.members where document.symbols[symbol] != "entry" {
      path.append(.member(symbol))
      inspect(members[symbol, of: bundle.type], symbol, value.index, of: bundle.type, atTop: false)
      path.removeLast()
    }
    for i in from..<findings.count { findings[i].element = place + (findings[i].element ?? "") }
  }

  private mutating func inspect(object at: Int, _ type: ClassID, atTop: Bool = false) {
    let end = Int(nodes[at].word)
    var i = at + 1
    var choices: [MemberTable.Choice] = []
    while i < end {
      let symbol = Int(nodes[i].word)
      let member = members[symbol, of: type]
      path.append(.member(symbol))
      inspect(member, symbol, i + 1, of: type, atTop: atTop)
      if let choice = member.choice {
        if choices.contains(where: { $0.element == choice.element && $0.type != choice.type }) {
          finding(
            .warning, "contradictory-choice", i + 1,
            "stands beside the same element with another type; which one counts cannot be told",
            effect: "both are read as absent")
        }
        choices.append(choice)
      }
      path.removeLast()
      i = nodes.index(after: i + 1)
    }
  }

  private mutating func inspect(_ member: MemberTable.Member, _ symbol: Int, _ at: Int, of type: ClassID, atTop: Bool) {
    switch member.kind {
    case .passedOver: return
    case .unknown: inspect(unknown: document.symbols[symbol], at, of: type, atTop: atTop)
    case .element where nodes[at].kind == .null:
      finding(.warning, "null-member", at, "is null, which FHIR does not allow", effect: Inspector.absent)
    case .element where member.isList:
      guard nodes[at].kind == .array else {
        finding(.warning, "wrong-type", at, "is \(json(at).article), expected an array", effect: Inspector.absent)
        return
      }
      inspect(list: at, member)
    case .element where nodes[at].kind == .array:
      finding(.warning, "wrong-type", at, "is an array, expected one value", effect: Inspector.absent)
    case .element: inspect(value: at, member, atTop: atTop)
    }
  }

  private mutating func inspect(list at: Int, _ member: MemberTable.Member) {
    let end = Int(nodes[at].word)
    var i = at + 1
    var position = 0
    while i < end {
      path.append(.index(position))
      if nodes[i].kind != .null {
        inspect(value: i, member, atTop: false)
      } else if member.primitive == nil {
        finding(.warning, "null-member", i, "is null, which FHIR does not allow here", effect: "it is passed over")
      }
      path.removeLast()
      position += 1
      i = nodes.index(after: i)
    }
  }

  private mutating func inspect(value at: Int, _ member: MemberTable.Member, atTop: Bool) {
    if let primitive = member.primitive {
      inspect(primitive: at, primitive, member, atTop: atTop)
      return
    }
    guard nodes[at].kind == .object else {
      inspect(notObject: at, member, atTop: atTop)
      return
    }
    if member.role == .modifierExtension {
      finding(
        .warning, "modifier-extension", at,
        "may change the meaning of what it stands in, and is not understood",
        effect: "the rest is read as if it were not there")
    }
    let type = member.isAnyResource ? Element(resource: json(at))?.type ?? member.type : member.type
    inspect(object: at, type)
  }

  private mutating func inspect(primitive at: Int, _ primitive: Primitive, _ member: MemberTable.Member, atTop: Bool) {
    if primitive.accepts(nodes[at], in: document) {
      if member.role == .implicitRules {
        finding(
          .warning, "implicit-rules", at,
          "names rules without which the resource is not understood, and they are not known",
          effect: "it is read as if it named none")
      }
      if atTop, member.role == .fhirVersion, let text = json(at).string, let version = OtherVersion.ofNumber(text) {
        refuse(at, "fhirVersion", shortened(version))
      }
      return
    }
    if resource == nil, primitive == .instant, json(at).string.flatMap({ CalendarDate($0) })?.precision == .day {
      finding(.note, "day-only", at, "is a day without a time of day; FHIR wants a moment, and the day is what counts.")
      return
    }
    let (id, message) = primitive.fault(in: json(at))
    finding(.warning, id, at, message, effect: primitive.effect(of: json(at)))
  }

  private mutating func inspect(notObject at: Int, _ member: MemberTable.Member, atTop: Bool) {
    let value = json(at)
    if atTop, value.kind == .string, let type = resource?.type, case .member(let symbol)? = path.last {
      let name = "\(type).\(document.symbols[symbol])"
      if OtherVersion.codesBeforeR4.contains(name) {
        refuse(at, "\(name) as a bare code", "\(OtherVersion.stu3.rawValue) or older")
        return
      }
    }
    finding(
      .warning, "wrong-type", at,
      "is \(value.article), expected an object (\(Schema.r4[member.type].name))", effect: Inspector.absent)
  }

  private mutating func inspect(unknown name: String, _ at: Int, of type: ClassID, atTop: Bool) {
    let className = Schema.r4[type].name
    if atTop, let version = OtherVersion.ofElement(name, in: className) {
      refuse(at, "\(className).\(name)", version.rawValue)
      return
    }
    once("unknown-element \(className).\(name)") { inspector in
      inspector.finding(
        .note, "unknown-element", at, "\(className) has no element “\(shortened(name))” in FHIR R4; it is passed over.")
    }
  }

  private mutating func refuse(_ at: Int, _ what: String, _ version: String) {
    once("other-version \(what)") { inspector in
      inspector.finding(
        .error, "other-version", at, "\(what) is of FHIR \(version); R4 (4.0) is read here.",
        remedy: "Export the record as FHIR R4.")
    }
  }

  private func json(_ at: Int) -> JSON { JSON(document: document, index: at) }

  private mutating func finding(
    _ severity: Problem.Severity, _ id: String, _ at: Int, _ message: String, effect: String = "", remedy: String = ""
  ) {
    var element = resource?.path ?? ""
    for step in path {
      switch step {
      case .member(let symbol): element += ".\(document.symbols[symbol])"
      case .index(let i): element += "[\(i)]"
      }
    }
    findings.append(
      Finding(
        severity, id, at: json(at), element: element, resource: resource?.reference, message, effect: effect,
        remedy: remedy))
  }

  /// Adds a finding, or counts it where the same was found before.
  private mutating func once(_ key: String, _ add: (inout Inspector) -> Void) {
    if let told = toldOnce[key] {
      findings[told].count += 1
    } else {
      toldOnce[key] = findings.count
      add(&self)
    }
  }
}
