import ClinicalValues

extension LibraryChecker {
  func integer(_ digits: String, isNegative: Bool = false, at location: SourceLocation) throws(Reported) -> Node {
    guard let value = Int32((isNegative ? "-" : "") + digits) else {
      throw fail(
        "\(isNegative ? "-" : "")\(digits) is beyond the range of Integer (-2147483648 to 2147483647)",
        "Write \(digits)L for a Long, or \(digits).0 for a Decimal.", at: location)
    }
    return Node(.literal(.integer(value)), type: .integer, at: location)
  }

  func long(_ digits: String, isNegative: Bool = false, at location: SourceLocation) throws(Reported) -> Node {
    guard let value = Int64((isNegative ? "-" : "") + digits) else {
      throw fail(
        "\(isNegative ? "-" : "")\(digits)L is beyond the range of Long", "Write \(digits).0 for a Decimal.",
        at: location)
    }
    return Node(.literal(.long(value)), type: .long, at: location)
  }

  func number(_ digits: String, at location: SourceLocation) throws(Reported) -> Node {
    guard digits.contains(".") else { return try integer(digits, at: location) }
    if let value = Decimal(exactly: digits)?.held {
      return Node(.literal(.decimal(value)), type: .decimal, at: location)
    }
    throw fail(
      Decimal(digits)?.held == nil
        ? "\(digits) is beyond the range of Decimal (20 digits before the point)"
        : "\(digits) has more than 8 digits after the point", "Write fewer digits.", at: location)
  }

  func quantity(_ digits: String, _ unit: String, at location: SourceLocation) throws(Reported) -> Quantity {
    guard let value = Decimal(digits)?.held else {
      throw fail("\(digits) is beyond the range of Decimal", "Write fewer digits.", at: location)
    }
    if Decimal(exactly: digits) == nil {
      warn("\(digits) has more than 8 digits after the point", "It is taken as \(value).", at: location)
    }
    try check(unit: unit, at: location)
    return Quantity(value, unit)
  }

  /// Refuses what is neither a unit of UCUM nor of the calendar.
  func check(unit: String, at location: SourceLocation) throws(Reported) {
    if Quantity.isUnit(unit) { return }
    var remedy = "Write a code of UCUM."
    do throws(UnitError) { _ = try UCUM.unit(unit) } catch {
      remedy = error.suggestion.map { "Did you mean '\($0)'?" } ?? error.description
    }
    throw fail("'\(unit)' is no unit", remedy, at: location)
  }

  func ratio(_ numerator: Expression, _ denominator: Expression, at location: SourceLocation) throws(Reported) -> Node {
    let ratio = Ratio(numerator: try part(numerator), denominator: try part(denominator))
    return Node(.literal(.ratio(ratio)), type: .ratio, at: location)
  }

  private func part(_ expression: Expression) throws(Reported) -> Quantity {
    switch expression.kind {
    case .quantity(let digits, let unit): try quantity(digits, unit, at: expression.location)
    case .number(let digits): try quantity(digits, "1", at: expression.location)
    default: throw Reported()
    }
  }

  func date(_ text: String, at location: SourceLocation) throws(Reported) -> Node {
    do throws(InvalidTime) {
      return Node(.literal(.date(try CalendarDate(parsing: text))), type: .date, at: location)
    } catch {
      throw fail(error, sign: "@", at: location)
    }
  }

  func dateTime(_ text: String, at location: SourceLocation) throws(Reported) -> Node {
    do throws(InvalidTime) {
      return Node(.literal(.dateTime(try DateTime(parsing: text))), type: .dateTime, at: location)
    } catch {
      throw fail(error, sign: "@", at: location)
    }
  }

  func time(_ text: String, at location: SourceLocation) throws(Reported) -> Node {
    do throws(InvalidTime) {
      return Node(.literal(.time(try TimeOfDay(parsing: text))), type: .time, at: location)
    } catch {
      throw fail(error, sign: "@T", at: location)
    }
  }

  private func fail(_ error: InvalidTime, sign: String, at location: SourceLocation) -> Reported {
    // The reason says what was expected as a second sentence.
    let reason = error.reason.split(separator: ". ", maxSplits: 1)
    let first = reason.first.map(String.init) ?? ""
    return fail(
      "'\(sign)\(error.text)' " + (first.last == "." ? String(first.dropLast()) : first),
      reason.count > 1 ? String(reason[1]) : "Correct it.", at: location)
  }

  // MARK: Codes in place

  func code(_ selector: CodeSelector) throws(Reported) -> Code {
    let system = try codeSystem(selector.system)
    return Code(selector.code, system: system.id, version: system.version, display: selector.display)
  }

  func concept(_ selectors: [CodeSelector], _ display: String?) throws(Reported) -> Concept {
    var codes: [Code] = []
    for selector in selectors { codes.append(try code(selector)) }
    return Concept(codes, display: display)
  }
}
