import ClinicalValues

extension CTCAE {
  /// A number that is compared, exactly: a Decimal where it is one, and what has more digits than that, as a limit times a
  /// factor may, apart.
  enum Operand {
    case decimal(Decimal)
    case exact(ExactNumber)

    /// A number that a Decimal may or may not hold.
    init(_ number: ExactNumber) {
      self =
        if let (below, above) = number.neighbors, below == above { .decimal(below) } else { .exact(number) }
    }

    /// A limit times a factor.
    init(_ limit: Decimal, times factor: Decimal) {
      // The digits after the point add up; within eight of them the product is not rounded.
      if limit.scale + factor.scale <= 8, let product = limit * factor {
        self = .decimal(product)
      } else {
        self = Operand(ExactNumber(limit) * factor)
      }
    }

    private var number: ExactNumber {
      switch self {
      case .decimal(let decimal): ExactNumber(decimal)
      case .exact(let number): number
      }
    }
  }
}

extension CTCAE.Operand: Comparable {
  static func < (a: CTCAE.Operand, b: CTCAE.Operand) -> Bool {
    if case (.decimal(let a), .decimal(let b)) = (a, b) { a < b } else { a.number < b.number }
  }

  static func == (a: CTCAE.Operand, b: CTCAE.Operand) -> Bool {
    if case (.decimal(let a), .decimal(let b)) = (a, b) { a == b } else { a.number == b.number }
  }
}
