import Foundation
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

struct SealedStoreTests {
  /// A path of its own for each test, in a folder that is removed.
  private func withPath<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = NSTemporaryDirectory() + "tandem-sealed-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder + "/sealed.sqlite")
  }

  @Test(arguments: SealedStoreContract.all)
  func `keeps to the contract of sealed stores`(_ clause: SealedStoreContract) async throws {
    try await withPath { path in
      let store = try SQLiteSealedStore(path: path)
      #expect(try await clause.holds(store))
    }
    #expect(try await clause.holds(InMemorySealedStore()))
  }

  @Test func `what was written is there when the file is opened again`() async throws {
    try await withPath { path in
      let store = try SQLiteSealedStore(path: path)
      try await store.write([.put([1, 2, 3], SealedName("kind", "key"))])
      try store.close()
      let opened = try SQLiteSealedStore(path: path)
      #expect(try await opened.bytes(SealedName("kind", "key")) == [1, 2, 3])
    }
  }

  @Test func `removed and replaced bytes are no longer in the file, nor in any beside it`() async throws {
    try await withPath { path in
      let store = try SQLiteSealedStore(path: path)
      let removed = Array("the-removed-bytes-0123456789".utf8)
      let replaced = Array("the-replaced-bytes-0123456789".utf8)
      let long = Array(repeating: Array("the-long-bytes".utf8), count: 2000).flatMap { $0 }
      try await store.write([.put(removed, SealedName("k", "1")), .put(replaced, SealedName("k", "2"))])
      try await store.write([.put(long, SealedName("k", "3"))])
      try await store.write([.remove(SealedName("k", "1")), .put(Array("erased".utf8), SealedName("k", "2"))])
      try await store.write([.remove(SealedName("k", "3"))])
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        let content = try Data(contentsOf: file)
        for gone in [removed, replaced, Array("the-long-bytes".utf8)] {
          #expect(content.range(of: Data(gone)) == nil, "\(file.lastPathComponent)")
        }
      }
    }
  }

  @Test func `a file that is no sealed store is refused and left as it was`() async throws {
    try await withPath { path in
      let text = Data(String(repeating: "no database ", count: 100).utf8)
      try text.write(to: URL(fileURLWithPath: path))
      #expect(throws: StoreFailure.self) { try SQLiteSealedStore(path: path) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }
    try await withPath { path in
      let ledger = try SQLiteEventStore(path: path)
      try ledger.close()
      #expect(throws: StoreFailure.self) { try SQLiteSealedStore(path: path) }
    }
  }
}
