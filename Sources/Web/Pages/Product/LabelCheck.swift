import Markup
import Trial

/// What a code that was scanned or typed says of whose cells a label stands on. It is looked up and recorded nowhere: the act
/// at which a label is read records it.
enum LabelCheck: Sendable, Equatable {
  /// Of this participant, and issued.
  case own(Material)
  /// It would be of this participant, but that number was never issued.
  case notIssued(Material)
  /// Of another participant.
  case other(Material)
  /// Its codes do not belong together.
  case disagrees(Material)
  /// A check character does not fit, or it is no code of a label.
  case misread

  init(_ text: String, of id: ParticipantID, _ product: ProductState) {
    guard let reading = try? LabelReading(text) else {
      self = .misread
      return
    }
    let material = reading.material
    if material.participant != id {
      self = .other(material)
    } else if reading.participant.map({ $0 != id }) ?? false
      || reading.identity.map({ $0 != product.identity }) ?? false
    {
      self = .disagrees(material)
    } else if product.labelReconciliation.contains(where: { $0.material == material }) {
      self = .own(material)
    } else {
      self = .notIssued(material)
    }
  }

  func markup(_ id: ParticipantID, _ words: Words) -> Markup {
    switch self {
    case .own(let material):
      Notice.markup(
        .done,
        .tag("strong") {
          words("{number} is of {participant}.", ["number": material.description, "participant": id.description])
        })
    case .misread:
      Notice.markup(
        .warning, .tag("strong") { words["Read the label again."] },
        .text(words["A check character does not fit, or this is no code of a label. Nothing is known of it."]))
    case .notIssued(let material):
      stop(words("The number {number} was never issued.", ["number": material.description]), words)
    case .other(let material):
      stop(
        words(
          "{number} is not of {participant}.", ["number": material.description, "participant": id.description]), words)
    case .disagrees(let material):
      stop(words("The codes beside {number} are of somebody else.", ["number": material.description]), words)
    }
  }

  private func stop(_ what: String, _ words: Words) -> Markup {
    Notice.markup(
      .stop, .tag("strong") { what },
      .text(
        words["Stop: use nothing of it, keep it apart, and record the reading with the act that you are at."]))
  }
}
