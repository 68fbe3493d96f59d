import ClinicalValues
import Conduct
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Simulation
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
    case .actingFor(let permission), .permitted(let permission):
      Set(Role.allCases.filter { $0.extent(of: permission) != nil })
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

  @Test
  func `what is open to everyone is sign-in, recovery, the look of pages, the API's document and the public page`() {
    let open = Set(Routes.all.filter { $0.access.isOpen }.map(\.path))
    #expect(
      open.isSubset(of: [
        "/assets/{name}", "/look", "/sign-in", "/sign-in/provider", "/sign-in/provider/return", "/begin", "/recover",
        "/about", "/api/openapi.json", "/api/sessions",
      ]), "\(open.sorted())")
  }

  @Test func `no two routes have the same method and path`() {
    let names = Routes.all.map { "\($0.method) \($0.path)" }
    #expect(Set(names).count == names.count)
  }

  @Test func `without a session every closed route leads to signing in, or tells a program so`() async throws {
    try await SiteStage().ask { asker in
      for route in Routes.all where !route.access.isOpen {
        let answer = try await asker.ask(route)
        switch route.audience {
        case .people:
          #expect(
            answer.headers[.location]?.hasPrefix("/sign-in") == true,
            "\(route.method) \(route.path): \(answer.status)")
        case .programs:
          #expect(answer.status == .unauthorized, "\(route.method) \(route.path): \(answer.status)")
          #expect(answer.headers[.contentType] == Problem.type)
          #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        }
      }
    }
  }

  @Test func `whoever signs in to nothing clinical is kept out of every route that is`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      for route in Routes.all where route.access == .clinicalReader {
        let answer = try await anna.ask(route)
        #expect(answer.status == .forbidden, "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  @Test(arguments: Role.allCases)
  func `somebody of the role is let in to read where the table lets the role, and is told so anywhere else`(
    role: Role
  ) async throws {
    let demonstration = try await SiteScopeTests.demonstration.value
    let login = try #require(demonstration.logins.first { $0.role == role })
    let ticking = TickingClock(demonstration.end.instant)
    let site = try Site(live: demonstration.live, kind: .demonstration, clock: { ticking.now() })
    // The feed of changes has no end.
    let closed = Routes.all.filter {
      $0.method == .get && !$0.access.isOpen && $0.access != .ownAccount && $0.path != "/changes"
    }
    try await Application(router: site.router()).test(.router) { client in
      let reader = try await SiteStage.Asker(client: client).signedIn(login.account.description, login.password)
      for route in closed {
        let status = try await reader.ask(route).status
        #expect(
          (status == .forbidden) == !Self.allowed(route.access).contains(role), "\(route.path) as \(role): \(status)")
      }
    }
  }

  @Test
  func `every place of the navigation is a route that lets in the same roles; the first page leads the others on`() {
    for place in NavigationPlace.allCases {
      let route = Routes.all.first { $0.path == place.path && $0.method == .get }
      #expect(route?.access == (place == .today ? .member : place.access), "\(place)")
    }
  }

  @Test func `every command of the trial has a page and a route of the API, for whom its permission is`() {
    for form in CommandForm.all {
      #expect(ActPath.form(ActPath.slug(form.name))?.name == form.name)
      let route = Routes.all.first { $0.path == CommandRoutes.path(form) }
      #expect(route?.access == .actingFor(form.type.permission), "\(form.name)")
    }
  }
}
