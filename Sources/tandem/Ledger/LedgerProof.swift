import ArgumentParser
import Ledger
import LedgerSQLite

/// `tandem ledger proof`: what convinces somebody who holds a root, without the ledger itself.
struct LedgerProof: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Show that an event is in the ledger, or that an earlier size is its beginning (RFC 6962).",
    discussion: """
      The nodes of the tree that lead to its root. Whoever holds a signed checkpoint of this size compares the root with \
      it, whoever holds an earlier checkpoint the beginning with that one; the rest of the ledger stays where it is.
      """)

  @Option(help: "The position of an event: the nodes from its leaf to the root.") var event: Int?
  @Option(help: "The size of an earlier checkpoint: the nodes that show it to be the beginning.") var since: Int?
  @OptionGroup var place: LedgerPlace

  func validate() throws {
    guard (event == nil) != (since == nil) else {
      throw ValidationError("Give either --event, the position of an event, or --since, an earlier size.")
    }
  }

  func run() async throws {
    try await Answer.printing(place.format) {
      let store = try place.folder.openLedger()
      defer { try? store.close() }
      let head = try await store.head()
      // Both are positions of the ledger; what is asked for anything else has no proof.
      guard let asked = event ?? since, asked >= 1, asked <= head.position,
        let proof = try await event == nil
          ? store.consistencyProof(from: asked, to: head.position)
          : store.inclusionProof(of: asked, size: head.position)
      else { throw Unusable("The ledger has \(head.position) events. Give one of them.") }
      let leaf = event == nil ? nil : try await store.events(after: asked - 1, limit: 1).first?.hash
      let name = event == nil ? "since" : "event"
      return .view(
        text: {
          var page = Page()
          page.entry("size", "\(head.position)", labelWidth: 5)
          page.entry("root", head.root.description, labelWidth: 5)
          page.entry(name, "\(asked)", labelWidth: 5)
          if let leaf { page.entry("leaf", leaf.description, labelWidth: 5) }
          for (number, node) in proof.enumerated() {
            page.entry(number == 0 ? "proof" : "", node.description, labelWidth: 5)
          }
          return page.text
        },
        json: {
          .object([
            ("size", .integer(head.position)), ("root", .string(head.root.description)), (name, .integer(asked)),
            ("leaf", JSON(leaf?.description)), ("proof", .strings(proof.map(\.description))),
          ])
        })
    }
  }
}
