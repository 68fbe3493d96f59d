import ClinicalValues

// The range of Decimal, kept in one place: 28 digits in all, 8 of them after the point. The numbers of ClinicalValues reach further,
// so that conversions of units and instruments do not meet this limit on their way; what an operator gives, and what a program
// writes, is held to it. Two published tests name numbers beyond (DecimalPos10Pow28ToZeroOneStepDecimalMaxValue and its negative);
// they contradict DecimalMaxValue, which is followed as the text is.
//
// Source: HL7 CQL 1.5, Appendix B, "Decimal", "Maximum" and "Arithmetic Operators": a result that cannot be represented is null.

/// A type whose values may be numbers that the language does not hold.
protocol Ranged: Native {
  /// The same; nil where its number is beyond the largest Decimal or the smallest.
  var held: Self? { get }
}

extension Decimal: Ranged {
  /// The same; nil beyond `maximum Decimal` or `minimum Decimal`.
  var held: Decimal? { self < .cqlMinimum || self > .cqlMaximum ? nil : self }
}

extension Quantity: Ranged {
  /// The same; nil where its number is no Decimal of the language.
  var held: Quantity? { value.held == nil ? nil : self }
}

extension Value {
  /// The same; null where it is a number that the language does not hold.
  fileprivate var held: Value {
    switch self {
    case .decimal(let it): it.held == nil ? .null : self
    case .quantity(let it): it.held == nil ? .null : self
    default: self
    }
  }
}

extension Overload {
  /// The same, null in place of a number that the language does not hold.
  var held: Overload {
    switch result {
    case .decimal: bounded(as: Decimal.self)
    case .quantity: bounded(as: Quantity.self)
    default: self
    }
  }

  private func bounded<T: Ranged>(as type: T.Type) -> Overload {
    Overload(
      operands: operands, isVariadic: isVariadic, result: result,
      apply: { (values, environment) throws(EvaluationError) in try apply(values, environment).held },
      lower: { operands in lower(operands).bounded(as: type) })
  }
}

extension Compiled {
  fileprivate func bounded<T: Ranged>(as type: T.Type) -> Compiled {
    guard let typed = typed as? TypedCode<T> else {
      // A whole power is a Decimal by its type and an Integer by its value: it stays as it is.
      let run = run
      return Compiled { (frame) throws(EvaluationError) in try run(frame).held }
    }
    return Compiled(native: { (frame) throws(EvaluationError) -> T? in try typed.run(frame)?.held })
  }
}
