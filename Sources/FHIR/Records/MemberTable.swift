/// What the members of a document's objects are, by the class of the object and the symbol of the key; each is looked up
/// in the schema once.
struct MemberTable {
  struct Member {
    enum Kind { case element, unknown, passedOver }
    /// Members that are looked at for what they are.
    enum Role { case none, modifierExtension, implicitRules, fhirVersion }
    let kind: Kind
    let type: ClassID
    var primitive: Primitive?
    var isList = false
    var isAnyResource = false
    var role = Role.none
    var choice: Choice?
  }
  /// Which choice element a member is, and with which type.
  struct Choice {
    let element: Int
    let type: ClassID
  }

  private static let roles: [String: Member.Role] = [
    "modifierExtension": .modifierExtension, "implicitRules": .implicitRules, "fhirVersion": .fhirVersion,
  ]

  private let symbols: SymbolTable
  private var members: [Member] = []
  /// For each class the start of its row in `places`, -1 where there is none yet.
  private var rows: [Int]
  /// For each symbol of a row the place in `members`, -1 where it has not been looked up.
  private var places: [Int] = []
  private var choiceNumbers: [String: Int] = [:]

  init(_ document: JSONDocument) {
    symbols = document.symbols
    rows = [Int](repeating: -1, count: Schema.r4.classes.count)
  }

  subscript(symbol: Int, of type: ClassID) -> Member {
    mutating get {
      var row = rows[Int(type.number)]
      if row < 0 {
        row = places.count
        rows[Int(type.number)] = row
        places.append(contentsOf: repeatElement(-1, count: symbols.count))
      }
      if places[row + symbol] < 0 {
        places[row + symbol] = members.count
        members.append(lookUp(symbols[symbol], of: type))
      }
      return members[places[row + symbol]]
    }
  }

  private mutating func lookUp(_ name: String, of type: ClassID) -> Member {
    if name == "resourceType" { return Member(kind: .passedOver, type: type) }
    if let (element, valueType) = Schema.r4.member(name, of: type) {
      let definition = Schema.r4[valueType]
      var member = Member(kind: .element, type: valueType, primitive: definition.primitive, isList: element.isList)
      member.isAnyResource = definition.kind == .abstract
      member.role = Self.roles[name] ?? .none
      member.choice = choice(element, valueType)
      return member
    }
    if name.first == "_", let (element, valueType) = Schema.r4.member(String(name.dropFirst()), of: type) {
      return Member(kind: .passedOver, type: valueType, choice: choice(element, valueType))
    }
    return Member(kind: .unknown, type: type)
  }

  private mutating func choice(_ element: ElementDefinition, _ type: ClassID) -> Choice? {
    guard element.isChoice else { return nil }
    let number = choiceNumbers[element.name] ?? choiceNumbers.count
    choiceNumbers[element.name] = number
    return Choice(element: number, type: type)
  }
}
