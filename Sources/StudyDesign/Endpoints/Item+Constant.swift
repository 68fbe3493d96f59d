import ClinicalValues
public import Instruments

extension Item {
  /// The answer that a text of a study file is to this question; nil where it can be none.
  public func constant(_ text: String) -> Datum? {
    switch answer {
    case .yesNo: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .whole, .level, .number, .step, .choice: Decimal(exactly: text).map { .number($0) }
    case .word, .text: .text(text)
    case .date, .localTime, .numbers, .records: nil
    }
  }
}
