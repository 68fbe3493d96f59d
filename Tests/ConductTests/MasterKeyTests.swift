import Foundation
import Ledger
import Testing

@testable import Conduct

struct MasterKeyTests {
  /// A folder of its own for each test.
  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "tandem-key-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test func `a new key file is for its owner only, and opens what was sealed with it`() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = path + "/master.key"
    let made = try MasterKey.create(file)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    let sealed = try made.key(for: "a use").seal([1, 2, 3], context: "here", entropy: .system)
    let loaded = try MasterKey.load(file)
    #expect(try loaded.key(for: "a use").open(sealed, context: "here") == [1, 2, 3])
    #expect(throws: SealingFailure.self) { try loaded.key(for: "another").open(sealed, context: "here") }
    #expect(throws: SealingFailure.self) { try loaded.key(for: "a use").open(sealed, context: "there") }
  }

  @Test func `a key file is never overwritten, and none that others can read is used`() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = path + "/master.key"
    #expect(throws: KeyFileFailure.self) { try MasterKey.load(file) }
    _ = try MasterKey.create(file)
    #expect(throws: KeyFileFailure.self) { try MasterKey.create(file) }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    #expect(throws: KeyFileFailure.self) { try MasterKey.load(file) }
  }

  @Test func `a store that was sealed under another key is refused before anything is written`() async throws {
    let store = InMemorySealedStore()
    let key = MasterKey(bytes: Digest(of: "one").bytes)
    try await key.requireFit(store)
    try await key.requireFit(store)
    let before = await store.dump
    await #expect(throws: SealingFailure.self) {
      try await MasterKey(bytes: Digest(of: "two").bytes).requireFit(store)
    }
    #expect(await store.dump == before)
  }

  @Test(arguments: ["", "short", String(repeating: "0", count: 63), String(repeating: "g", count: 64)])
  func `a file without a key is refused`(_ text: String) throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = path + "/master.key"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(throws: KeyFileFailure.self) { try MasterKey.load(file) }
  }

  @Test func `a store of a study that runs bears the mark of its key; one that was emptied does not, and gets none`()
    async throws
  {
    let (one, two) = (MasterKey(bytes: Digest(of: "one").bytes), MasterKey(bytes: Digest(of: "two").bytes))
    let store = InMemorySealedStore()
    #expect(try await !one.hasMarked(store))
    #expect(try await !one.hasMarked(store))
    try await one.requireFit(store)
    #expect(try await one.hasMarked(store))
    await #expect(throws: SealingFailure.self) { _ = try await two.hasMarked(store) }
  }
}
