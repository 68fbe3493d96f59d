import ArgumentParser
import ClinicalValues
import Conduct
import Trial

/// The views of `tandem account`.
enum AccountViews {
  static let all: [any ParsableCommand.Type] = [List.self, Review.self, Delegations.self]

  /// Who has an account.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Every account: person, standing, roles.")

    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireAccountReader()
        let state = try await visit.running.live.state()
        let review = try await review(visit)
        return .view(
          text: {
            var table = Table("account", "name", "standing", "roles")
            for row in review.rows {
              table.add(row.account.description, row.name, row.standing.rawValue, roles(row).joined(separator: ", "))
            }
            return table.text(whenEmpty: "There is no account.")
          },
          json: { marked(state, [("accounts", .array(review.rows.map { json($0) }))]) })
      }
    }
  }

  /// The review of access.
  struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "review",
      abstract: "The periodic review of access: rights, last use, failed attempts, and what a reviewer should look at.")

    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireAccountReader()
        let state = try await visit.running.live.state()
        let review = try await AccountViews.review(visit)
        return .view(
          text: { AccountViews.text(review) },
          json: {
            marked(
              state,
              [
                ("at", .string(review.moment.description)), ("unknownAttempts", .integer(review.unknownAttempts)),
                ("accounts", .array(review.rows.map { json($0) })),
              ])
          })
      }
    }
  }

  /// The delegation log.
  struct Delegations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delegations", abstract: "The delegation log: who may do what, from when to when, signed by whom.")

    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try visit.requireOwnPassword()
        let state = try await visit.running.live.state()
        let site = visit.actor.role.isOfSite ? visit.actor.site : nil
        let rows = state.people.delegationLog(site: site, at: try await visit.now())
        return .view(
          text: {
            var table = Table("line", "person", "role", "site", "from", "to", "standing", "signed by")
            for row in rows {
              let line = row.delegation
              let signed = [line.delegator, line.accepted].compactMap { $0?.name }.joined(separator: " and ")
              table.add(
                "\(line.number)", row.name, line.role.rawValue, line.site?.description ?? "-", line.from.description,
                line.to?.description ?? "", EventText.words(ofName: row.standing.rawValue), signed)
            }
            return table.text(whenEmpty: "Nothing is delegated.")
          },
          json: { marked(state, [("delegations", .array(rows.map { AccountViews.json($0) }))]) })
      }
    }
  }

  private static func review(_ visit: Visit) async throws -> AccessReview {
    let state = try await visit.running.live.state()
    let now = try await visit.now()
    let version = state.study.version(at: now)?.version ?? visit.running.live.shelf.editions.last?.version.version ?? ""
    return state.people.accessReview(at: now, under: version)
  }

  private static func roles(_ row: AccessReview.Row) -> [String] {
    row.roles.map { $0.role.rawValue + ($0.site.map { " at \($0)" } ?? "") }
  }

  private static func text(_ review: AccessReview) -> String {
    var page = Page()
    page.line("Access at \(EventText.clock(review.moment))")
    for row in review.rows {
      page.line()
      page.line("\(row.account): \(row.name), \(row.standing.rawValue)")
      page.entry("  identity", row.identityCheck.map { "checked by \($0.rawValue)" } ?? "not checked", labelWidth: 14)
      page.entry("  2nd factor", row.hasSecondFactor ? "set" : "none", labelWidth: 14)
      page.entry("  last used", row.lastSignIn.map { EventText.clock($0) } ?? "never", labelWidth: 14)
      if row.failures > 0 { page.entry("  failures", "\(row.failures) since then", labelWidth: 14) }
      if row.isLocked { page.entry("  locked", "after failed attempts", labelWidth: 14) }
      for role in row.roles {
        let rights = role.rights.map(\.rawValue).joined(separator: ", ")
        page.entry(
          "  role",
          "\(role.role.title)\(role.site.map { " at site \($0)" } ?? ""): "
            + (rights.isEmpty ? role.because ?? "no rights" : rights), labelWidth: 14)
      }
      for remark in row.remarks { page.entry("  look at", remark, labelWidth: 14) }
    }
    page.line()
    page.line("Failed attempts under names that are no account: \(review.unknownAttempts)")
    return page.text
  }

  private static func json(_ row: AccessReview.Row) -> JSON {
    .object([
      ("account", .string(row.account.description)), ("name", .string(row.name)),
      ("standing", .string(row.standing.rawValue)), ("identityCheck", JSON(row.identityCheck?.rawValue)),
      ("secondFactor", .boolean(row.hasSecondFactor)), ("lastSignIn", JSON(row.lastSignIn?.description)),
      ("failures", .integer(row.failures)), ("locked", .boolean(row.isLocked)),
      (
        "roles",
        .array(
          row.roles.map { role in
            .object([
              ("role", .string(role.role.rawValue)), ("site", JSON(role.site?.description)),
              ("rights", .strings(role.rights.map(\.rawValue))), ("because", JSON(role.because)),
            ])
          })
      ), ("remarks", .strings(row.remarks)),
    ])
  }

  private static func json(_ row: DelegationLogRow) -> JSON {
    let line = row.delegation
    return .object([
      ("number", .integer(line.number)), ("account", .string(line.account.description)), ("name", .string(row.name)),
      ("role", .string(line.role.rawValue)), ("site", JSON(line.site?.description)),
      ("tasks", .strings(line.tasks.map(\.rawValue))), ("from", .string(line.from.description)),
      ("to", JSON(line.to?.description)), ("standing", .string(row.standing.rawValue)),
      ("delegator", JSON(line.delegator?.manifestation)), ("accepted", JSON(line.accepted?.manifestation)),
      ("ended", JSON(line.ended?.description)), ("endReason", JSON(line.endReason)),
    ])
  }
}
