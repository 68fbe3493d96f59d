import Markup
import StudyDesign
import Testing

@testable import Web

/// The protocol's text as a page.
struct ProtocolTextTests {
  @Test func `headings, paragraphs and anchors stand in the order of the text`() {
    let text = ProtocolText(
      "# Title\n\nfirst\nline\n\n---\n\n### 3.1 Head <a id=\"A-1\"></a>\n<a id=\"A-2\"></a>second\n")
    #expect(
      text.blocks == [
        .heading(level: 1, [.text("Title")]), .paragraph([.text("first line")]), .line,
        .heading(level: 3, [.text("3.1 Head"), .anchor("A-1")]), .paragraph([.anchor("A-2"), .text("second")]),
      ])
  }

  @Test func `every criterion is found at its anchor, which leads to it, and no word of the text is lost`() async throws
  {
    let study = try #require(try await SiteStage().site.newest)
    let words = Words(.english, messages: [:])
    let html = SourceView(study: study, words: words).markup.printed(as: .html)
    for criterion in study.criteria {
      let path = StudyCriteria.path(to: criterion, version: study.version).replacing("&", with: "&amp;")
      #expect(html.contains("<a id=\"\(criterion.anchor.value)\" href=\"\(path)\""), "\(criterion.id)")
    }
    let plain = html.replacing(/<[^>]*>/, with: " ").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    let shown = Set(plain.split(whereSeparator: \.isWhitespace))
    let source = study.source.text.replacing(/<a id="[^"]*"><\/a>/, with: " ")
    for word in source.split(whereSeparator: \.isWhitespace) where !word.allSatisfy({ "#-".contains($0) }) {
      #expect(shown.contains(word), "\(word)")
    }
  }
}
