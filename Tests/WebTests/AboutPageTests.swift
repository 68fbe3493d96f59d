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
      // “it is the arm below”: the arm stands below, with the words that it was read from.
      let arms = stage.site.newest?.arms ?? []
      #expect(arms.count == 1)
      for arm in arms { #expect(text.contains(arm.title) && text.contains(arm.source ?? "–")) }
      #expect(text.contains(stage.site.newest?.titleNote ?? "–"))
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
      // It ends in whom to talk to, and what to bring.
      let end = try #require(check.firstRange(of: "Talk to the site."))
      #expect(check[end.upperBound...].contains("What to bring") && check.contains("href=\"#contact\""))
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

  @Test func `whoever is signed in sees what everybody sees`() async throws {
    try await SiteStage(settings: Self.on).ask { asker in
      let signed = try await asker.signedIn()
      let (open, own) = (try await asker.get("/about").text, try await signed.get("/about").text)
      #expect(open == own)
      #expect(!own.contains("Anna Berg") && !own.contains("anna.berg") && !own.contains("_csrf"))
    }
  }

  @Test func `as long as nobody is taken in it says so, with the places that are free`() async throws {
    let stage = try await SiteStage(settings: Self.on)
    let slots = try #require(stage.site.newest).conduct.way.slots
    try await stage.ask { asker in
      let text = try await asker.get("/about").text
      let told = try #require(text.firstMatch(of: /<section id="recruiting">[\s\S]*?<\/section>/)).0
      #expect(told.contains("takes nobody in at present") && told.contains("\(slots) of \(slots) places are free."))
      #expect(!told.contains("takes people in"))
    }
  }
}
