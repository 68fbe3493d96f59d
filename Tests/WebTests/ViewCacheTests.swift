import Testing

@testable import Web

struct ViewCacheTests {
  @Test func `a view that may be nil is made where another one is kept already`() async {
    let cache = ViewCache()
    let stamp = ViewCache.Stamp(position: 1, minute: 1)
    _ = await cache.view("first", at: stamp) { 1 }
    let second: Int? = await cache.view("second", at: stamp) { Optional(2) }
    #expect(second == 2)
  }

  @Test func `a view is made once for a stamp, a nil one too`() async {
    let cache = ViewCache()
    let stamp = ViewCache.Stamp(position: 1, minute: 1)
    let none: Int? = await cache.view("none", at: stamp) { Int?.none }
    let again: Int? = await cache.view("none", at: stamp) { Optional(3) }
    #expect(none == nil && again == nil)
    #expect(await cache.view("none", at: .init(position: 2, minute: 1)) { Optional(3) } == 3)
  }
}
