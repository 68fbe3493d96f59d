import Ledger
import LedgerTesting
import Testing

struct UpcasterTests {
  static let registry: Upcasters = {
    var upcasters = Upcasters()
    upcasters.register("noted", from: 1) { tree in
      var tree = tree
      tree["note"] = tree["text"]
      tree["text"] = nil
      return tree
    }
    upcasters.register("noted", from: 2) { tree in
      guard let note = tree["note"]?.string else { throw Refused() }
      var tree = tree
      tree["length"] = .integer(note.count)
      return tree
    }
    return upcasters
  }()

  struct Refused: Error {}

  @Test func `an old payload is brought to the newest shape, step by step`() async throws {
    let written = try await InMemoryEventStore().append(Facts.append("study", at: 0, "hello"))
    let event = try Self.registry.newest(written[0])
    #expect(event.payloadVersion == 3)
    #expect(event.payload.description == #"{"length":5,"note":"hello","records":[]}"#)
    #expect(event.happened == written[0].event.happened && event.actor == written[0].event.actor)
  }

  @Test func `what is stored keeps its payload and its hash`() async throws {
    let store = InMemoryEventStore()
    let written = try await store.append(Facts.append("study", at: 0, "hello"))
    _ = try Self.registry.newest(written[0])
    #expect(try await store.events(after: 0, limit: 1) == written)
    #expect(written[0].event.payloadVersion == 1 && written[0].hash == MerkleTree.leaf(written[0].canonical))
  }

  @Test func `a payload of the newest version, and a type without steps, stay as they are`() async throws {
    let written = try await InMemoryEventStore().append(Facts.append("study", at: 0, "hello"))
    #expect(try Upcasters().newest(written[0]) == written[0].event)
  }

  @Test func `a payload that a step refuses is named`() async throws {
    var upcasters = Upcasters()
    upcasters.register("noted", from: 1) { _ in throw Refused() }
    let written = try await InMemoryEventStore().append(Facts.append("study", at: 0, "hello"))
    #expect { try upcasters.newest(written[0]) } throws: {
      let failure = $0 as? UpcastFailure
      return failure?.position == 1 && failure?.type == "noted" && failure?.version == 1
    }
  }
}
