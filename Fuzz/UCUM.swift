// A libFuzzer program for what reads units, numbers, dates and times. `Fuzz/ucum [SECONDS]` builds and runs it.
//
// The first byte chooses the reader. A trap, a hang, or a law that does not hold stops it and leaves the input in a file.

import ClinicalValues

/// Called by libFuzzer with one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 0 else { return 0 }
  let text = String(decoding: UnsafeBufferPointer(start: data + 1, count: size - 1), as: UTF8.self)
  switch data[0] % 4 {
  case 0, 1: readUnit(text)
  case 2: readNumber(text)
  default: readTime(text)
  }
  return 0
}

private func readUnit(_ text: String) {
  guard let unit = try? UCUM.unit(text) else { return }
  precondition(!unit.displayName.isEmpty && !unit.kind.isEmpty && !unit.canonicalForm.isEmpty)
  _ = unit.printSymbol
  guard (try? UCUM.convert("1", from: text, to: text)) != nil else { return }
  precondition((try? UCUM.convert("1", from: text, to: text)) == "1", "a unit is itself")
  if text.utf8.count < 900, let order = Quantity(1, text).compare(Quantity(1, "(\(text))")) {
    precondition(order == .equal, "parentheses change nothing")
  }
  let two = Quantity(2, text)
  if let square = two * two { precondition(square.value == 4 || unit.isDimensionless || text.contains { $0.isNumber }) }
  if let ratio = two / two { precondition(ratio.value == 1 || !unit.isDimensionless) }
}

private func readNumber(_ text: String) {
  if let number = Decimal(text) {
    precondition(Decimal(number.description) == number && Decimal(exactly: number.literal) == number)
    precondition((number + -number) == 0 && number.rounded(to: 8) == number)
    if let exact = Decimal(exactly: text) { precondition(exact == number) }
    if !number.isZero, let one = number / number { precondition(one == 1) }
    _ = (number.power(number), number.naturalLogarithm, number.exponential, number.floor, number.ceiling)
  }
  _ = try? UCUM.convert(text, from: "Cel", to: "[degF]")
  _ = try? UCUM.convert(text, from: "mol/L", to: "[pH]")
  _ = try? UCUM.convert(text, from: "%[slope]", to: "deg")
}

private func readTime(_ text: String) {
  if let date = CalendarDate(text) {
    precondition(date.description == text && CalendarDate(daysSinceEpoch: date.daysSinceEpoch) == date.earliest)
    if let next = date.successor { precondition(next.predecessor == date && date.compare(next) == .less) }
  }
  if let time = TimeOfDay(text) { precondition(TimeOfDay(time.description) == time) }
  if let moment = DateTime(text) {
    precondition(DateTime(moment.description) == moment && moment.compare(moment) == .equal)
    precondition(moment.earliestMillisecond() <= moment.latestMillisecond())
    for unit in Precision.allCases {
      if let later = moment.adding(37, unit) { precondition(moment.duration(to: later, in: unit).upperBound >= 0) }
      _ = moment.adding(-1_000_003, unit)
    }
    _ = moment.moved(toOffset: 345)
  }
}
