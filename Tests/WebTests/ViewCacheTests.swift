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
    #expect(try await cache.view("none", at: .init(position: 2, minute: 1)) { Optional(3) } == 3)
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
