import Ledger
import LedgerTesting
import Testing

struct ContractTests {
  @Test(arguments: EventStoreContract.all) func `the ledger in memory keeps the contract`(
    _ clause: EventStoreContract
  ) async throws {
    try await clause.check(InMemoryEventStore())
  }
}
