/// What custody is kept of: starting material, a manufacturing run, or a bag. Written as its number on the label.
public enum Material: Hashable, Comparable, Sendable, CustomStringConvertible {
  case collection(CollectionNumber)
  case lot(LotNumber)
  case bag(BagNumber)

  /// The number as read from a label, of whichever kind it is.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = text.split(separator: "-")
    switch (parts.count, parts.dropFirst(2).first?.first) {
    case (4, "C"), (4, "c"): self = .collection(try CollectionNumber(text))
    case (4, "L"), (4, "l"): self = .lot(try LotNumber(text))
    case (5, _): self = .bag(try BagNumber(text))
    default:
      throw InvalidCode(
        String(text),
        expected: "a number of a collection, lot or bag such as 03-0007-C1-X, 03-0007-L1-X, 03-0007-L1-B2-X"
      )
    }
  }

  /// Whose cells its number says they are.
  public var participant: ParticipantID {
    switch self {
    case .collection(let number): number.participant
    case .lot(let number): number.participant
    case .bag(let number): number.lot.participant
    }
  }

  /// With its check character.
  public var description: String {
    switch self {
    case .collection(let number): number.description
    case .lot(let number): number.description
    case .bag(let number): number.description
    }
  }

  /// By participant, then collections before lots before bags, then by number.
  public static func < (a: Material, b: Material) -> Bool { a.order < b.order }

  private var order: (ParticipantID, Int, Int, Int) {
    switch self {
    case .collection(let number): (number.participant, 0, number.collection, 0)
    case .lot(let number): (number.participant, 1, number.lot, 0)
    case .bag(let number): (number.lot.participant, 2, number.lot.lot, number.bag)
    }
  }
}

extension Material: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
