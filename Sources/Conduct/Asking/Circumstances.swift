import ClinicalValues
import Trial

/// What is given with every command beside its own fields: when it happened, why, and why so late; as texts.
public struct Circumstances: Sendable, Hashable {
  /// Keys of these fields; no command has a member of such a name.
  public enum Key {
    /// When it happened.
    public static let happened = "happenedAt"
    /// Why.
    public static let reason = "envelopeReason"
    /// Where it was written down meanwhile.
    public static let lateSource = "lateSource"
    /// Why it was not entered then.
    public static let lateReason = "lateReason"
    /// Whether it comes from the sheet for when the system is down.
    public static let afterDowntime = "afterDowntime"
  }

  /// The fields, in the order of a page or of the help.
  public static let fields: [CommandForm.Field] = [
    field(
      Key.happened, "When it happened, by the clocks of your site: 2026-11-23T09:30; now if left out.",
      FieldKind(.moment)),
    field(Key.reason, "Why, where that is asked for."),
    field(Key.lateSource, "Where it was written down meanwhile, if it is entered more than 24 h later."),
    field(Key.lateReason, "Why it was not entered then."),
    field(
      Key.afterDowntime, "true: it is entered by two people from the sheet for when the system is down.",
      FieldKind(.yesOrNo)),
  ]

  private static func field(_ key: String, _ help: String, _ kind: FieldKind = FieldKind(.text)) -> CommandForm.Field {
    CommandForm.Field(CommandField(key, help, optional: true), kind: kind)
  }

  private let given: Given

  /// The texts of these fields, by key; others are passed over.
  public init(_ texts: [String: [String]] = [:]) { given = Given(texts: texts) }

  /// Why.
  var reason: String? { given[Key.reason] }

  /// When it happened, by the clocks of a zone; nil for now.
  func happened(in zone: String) throws(FieldFaults) -> Moment? {
    guard let written = given[Key.happened] else { return nil }
    guard let moment = ZoneClock.moment(written: written, zone: zone) else {
      throw FieldFaults(
        Key.happened,
        .misread(
          "‘\(written)’ is no moment. Write 2026-11-23T09:30 by the clocks of \(zone), or 2026-11-23T09:30+08:00."))
    }
    return moment
  }

  /// From where and why it is entered late; nil for what is entered at the time.
  func late() throws(FieldFaults) -> EntrySource? {
    let isDowntime = given[Key.afterDowntime] == "true"
    guard let source = given[Key.lateSource] else {
      guard !isDowntime else {
        throw FieldFaults(
          Key.lateSource, .missingBeside(member: Key.afterDowntime, says: "where it was written down"))
      }
      return nil
    }
    guard let reason = given[Key.lateReason] else {
      throw FieldFaults(
        Key.lateReason, .missingBeside(member: Key.lateSource, says: "why it was not entered then"))
    }
    return EntrySource(source: source, reason: reason, downtime: isDowntime)
  }
}
