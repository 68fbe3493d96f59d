import HTTPTypes
import HummingbirdTesting
import StudyDesign
import Testing

@testable import Web

/// The public page: what it shows, and what it never does.
struct AboutPageTests {
  private static var on: SiteSettings {
    var settings = SiteSettings()
    settings.publicPage = true
    return settings
  }

  @Test func `it is off until it is turned on`() async throws {
    try await SiteStage().ask { asker in
      let (about, signIn) = (try await asker.get("/about"), try await asker.get("/sign-in"))
      #expect(about.status == .notFound && !signIn.text.contains("/about"))
    }
    try await SiteStage(settings: Self.on).ask { asker in
      let about = try await asker.get("/about")
      #expect(about.status == .ok)
    }
  }

  @Test func `it shows every field of the registry, and says where nothing is stated`() async throws {
    let stage = try await SiteStage(settings: Self.on)
    let registry = stage.site.newest?.registry ?? []
    try await stage.ask { asker in
      let text = try await asker.get("/about").text
      #expect(registry.count == 17)
      for field in registry { #expect(text.contains(">\(field.label)<"), "\(field.id)") }
      let unstated = registry.count { $0.value == nil }
      #expect(text.matches(of: /not stated in the source/).count >= unstated)
    }
  }

  @Test func `it explains every criterion and every visit in plain words`() async throws {
    let stage = try await SiteStage(settings: Self.on)
    let study = try #require(stage.site.newest)
    try await stage.ask { asker in
      let page = try await asker.get("/about").text
      let text = page.replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
      for lay in study.criteria.compactMap(\.lay) + study.schedule.visits.compactMap(\.lay) {
        #expect(text.contains(lay), "\(lay)")
      }
    }
  }

  @Test func `the self-check cannot be sent, and promises nothing`() async throws {
    try await SiteStage(settings: Self.on).ask { asker in
      let text = try await asker.get("/about").text
      let check = try #require(text.firstMatch(of: /<section id="check"[\s\S]*?<\/section>/)).0
      #expect(check.contains("type=\"radio\"") && !check.contains("<form") && !check.contains("type=\"submit\""))
      #expect(check.contains("Talk to the site."))
      #expect(!text.lowercased().contains("you are eligible") && !text.contains("you can join the study"))
      // The only form of the page changes how it looks.
      #expect(text.matches(of: /<form/).count == 1 && text.contains("action=\"/look\""))
    }
  }

  @Test func `it speaks Chinese, also in the study's words`() async throws {
    let stage = try await SiteStage(settings: Self.on)
    try await stage.ask { asker in
      let text = try await asker.get("/about", headers: [.acceptLanguage: "zh-CN"]).text
      #expect(text.contains("谁可以参加") && text.contains("您是成年人吗？") && text.contains("请与研究中心面谈。"))
      for lay in stage.site.newest?.criteria.compactMap(\.lay) ?? [] { #expect(!text.contains(lay)) }
    }
  }
}
