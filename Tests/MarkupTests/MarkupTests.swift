import Markup
import Testing

@Suite struct MarkupTests {
  @Test(
    arguments: [
      (Markup.text("a < b & c > d"), "a &lt; b &amp; c &gt; d"),
      (.tag("p", ["title": "say \"no\" & <go>"]) { "x" }, "<p title=\"say &quot;no&quot; &amp; &lt;go&gt;\">x</p>"),
      (.tag("br"), "<br>"),
      (.tag("input", ["hidden": nil]), "<input hidden>"),
      (.tag("div"), "<div></div>"),
      (.tag("style") { "a > b { content: '</style>' }" }, "<style>a > b { content: '<\\/style>' }</style>"),
      (.text("bell \u{7} stays out"), "bell \u{FFFD} stays out"),
      (.fragment([]), ""),
    ])
  func `prints HTML`(_ markup: Markup, _ expected: String) {
    #expect(markup.printed(as: .html) == expected)
  }

  @Test func `prints XML with empty elements closed and bare attributes written out`() {
    let svg = Markup.tag("svg", ["viewBox": "0 0 1 1"]) {
      Markup.tag("circle", ["r": "1", "hidden": nil])
      Markup.tag("g") { "" }
    }
    #expect(svg.printed(as: .xml) == "<svg viewBox=\"0 0 1 1\"><circle r=\"1\" hidden=\"hidden\"/><g/></svg>")
    #expect(Markup.tag("a") { "1" }.xmlDocument == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>1</a>\n")
  }

  @Test func `a name that is no name is dropped, with what is inside`() {
    #expect(Markup.tag("img onerror=x") { "boo" }.printed(as: .html) == "")
    #expect(Markup.tag("p", ["on load": "x"]) { "ok" }.printed(as: .html) == "<p>ok</p>")
  }

  @Test func `content is built from conditions and loops`() {
    let show = true
    let list = Markup.tag("ul") {
      for item in ["a", "b"] { Markup.tag("li") { item } }
      if show { "!" } else { "?" }
      if !show { "never" }
    }
    #expect(list.printed(as: .html) == "<ul><li>a</li><li>b</li>!</ul>")
    #expect(list.plainText == "ab!")
  }
}
