import Conduct
import HTTPTypes
import HummingbirdTesting
import Testing
import Trial

@testable import Web

/// Every route with every role and with none, against the protocol's table of roles.
struct RouteTests {
  /// Who may read what is clinical, by that table: everybody but the administrator (accounts only) and the sponsor's
  /// signatory (who reads nothing).
  static let readers = Set(Role.allCases).subtracting([.administrator, .sponsor])

  static func allowed(_ access: Access) -> Set<Role> {
    switch access {
    case .everyone, .ownAccount, .member: Set(Role.allCases)
    case .clinicalReader: readers
    case .accountReader: Set(Role.allCases)
    case .permitted(let permission): Set(Role.allCases.filter { $0.extent(of: permission) != nil })
    }
  }

  @Test func `a role enters where the table lets it, and nowhere else`() {
    for route in Routes.all {
      for role in Role.allCases {
        #expect(
          route.access.allows(role) == Self.allowed(route.access).contains(role),
          "\(route.method) \(route.path) as \(role)")
      }
    }
  }

  @Test func `what is open to everyone is sign-in, the look of pages, the founding link, recovery and the public page`()
  {
    let open = Set(Routes.all.filter { $0.access.isOpen }.map(\.path))
    #expect(
      open.isSubset(of: [
        "/assets/{name}", "/look", "/sign-in", "/begin", "/recover", "/about",
      ]), "\(open.sorted())")
  }

  @Test func `no two routes have the same method and path`() {
    let names = Routes.all.map { "\($0.method) \($0.path)" }
    #expect(Set(names).count == names.count)
  }

  @Test func `without a session every closed route leads to signing in`() async throws {
    try await SiteStage().ask { asker in
      for route in Routes.all where !route.access.isOpen {
        let path = route.path.replacing(/\{\w+\}/, with: "x")
        let answer = route.isUnsafe ? try await asker.post(path, [:]) : try await asker.get(path)
        #expect(
          answer.headers[.location]?.hasPrefix("/sign-in") == true,
          "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  @Test func `every place of the navigation is a route that lets in the same roles`() {
    for place in NavigationPlace.allCases {
      let route = Routes.all.first { $0.path == place.path && $0.method == .get }
      #expect(route?.access == place.access, "\(place)")
    }
  }

  @Test func `every command of the trial has a page`() {
    #expect(CommandForm.all.allSatisfy { ActPath.form(ActPath.slug($0.name))?.name == $0.name })
  }
}
