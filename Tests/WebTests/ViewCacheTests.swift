import Synchronization
import Testing

@testable import Web

struct ViewCacheTests {
  @Test func `a view that may be nil is made where another one is kept already`() async throws {
    let cache = ViewCache()
    let stamp = ViewCache.Stamp(position: 1, minute: 1)
    _ = try await cache.view("first", at: stamp) { 1 }
    let second: Int? = try await cache.view("second", at: stamp) { Optional(2) }
    #expect(second == 2)
  }

  @Test func `a view is made once for a stamp, a nil one too`() async throws {
    let cache = ViewCache()
    let stamp = ViewCache.Stamp(position: 1, minute: 1)
    let none: Int? = try await cache.view("none", at: stamp) { Int?.none }
    let again: Int? = try await cache.view("none", at: stamp) { Optional(3) }
    #expect(none == nil && again == nil)
    #expect(try await cache.view("none", at: ViewCache.Stamp(position: 2, minute: 1)) { Optional(3) } == 3)
  }

  @Test func `a view is kept by its own key, whatever other views were made for`() async throws {
    let cache = ViewCache()
    #expect(try await cache.view("of 01-0001", at: 4) { "at 4" } == "at 4")
    #expect(try await cache.view("of 01-0002", at: 9) { "at 9" } == "at 9")
    #expect(try await cache.view("of 01-0001", at: 4) { "made again" } == "at 4")
    #expect(try await cache.view("of 01-0001", at: 5) { "at 5" } == "at 5")
    #expect(try await cache.view("of 01-0002", at: "9") { "of another kind of key" } == "of another kind of key")
  }

  @Test func `so many views are kept, those that were asked for last`() async throws {
    let cache = ViewCache(most: 3)
    for name in ["a", "b", "c", "a", "d"] { _ = try await cache.view(name, at: 1) { name } }
    #expect(cache.count == 3)
    #expect(try await cache.view("a", at: 1) { "made again" } == "a")
    #expect(try await cache.view("b", at: 1) { "made again" } == "made again")
  }

  @Test func `who asks while a view is being made gets that one, and one that fails is made anew`() async throws {
    let cache = ViewCache()
    let stamp = ViewCache.Stamp(position: 1, minute: 1)
    let made = Counter()
    let all = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await cache.view("slow", at: stamp) {
            await Task.yield()
            return made.next()
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all == Array(repeating: 1, count: 20))
    struct Broken: Error {}
    await #expect(throws: Broken.self) { try await cache.view("broken", at: stamp) { () -> Int in throw Broken() } }
    #expect(try await cache.view("broken", at: stamp) { 4 } == 4)
  }
}

/// Counts how often something is made.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
