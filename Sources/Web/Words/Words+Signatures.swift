import ClinicalValues
import Markup
import Trial

extension Words {
  /// An electronic signature as it stands beside what was signed: the printed name, the role, date and time, and what signing it said
  /// (21 CFR 11.50).
  func signed(_ signature: Signature) -> Markup {
    .fragment([
      .text("\(signature.name), \(title(signature.role)), \(moment(signature.signed)) \(signature.signed.zone): "),
      sentence(signature.meaning),
    ])
  }
}
