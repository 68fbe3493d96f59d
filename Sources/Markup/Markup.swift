// Markup is a tree of elements that prints HTML, SVG and XML. It is the only place that escapes.
//
// Not here: what a page or a figure shows, styles, routes.
//
// Always true: text and attribute values print escaped, whoever wrote them; there is no way to hand in printed markup.
// Names of elements and attributes come from the program, never from input: one that is no XML name is dropped.

/// A piece of markup: an element, text, or several pieces side by side.
public indirect enum Markup: Sendable, Equatable {
  /// An element, its attributes in order, and what is inside.
  case element(String, [Attribute], [Markup])
  /// Text, to be escaped on printing.
  case text(String)
  /// Pieces side by side; the empty list prints nothing.
  case fragment([Markup])
}

/// An attribute. A nil value prints the name alone in HTML (`hidden`) and `name="name"` in XML.
public struct Attribute: Sendable, Equatable {
  /// Its name.
  public let name: String
  /// Its value, unescaped.
  public let value: String?

  /// An attribute.
  public init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

/// Collects the content of an element from statements, conditions and loops.
@resultBuilder
public enum MarkupBuilder {
  /// A piece as itself.
  public static func buildExpression(_ piece: Markup) -> Markup { piece }
  /// Text.
  public static func buildExpression(_ text: String) -> Markup { .text(text) }
  /// Several pieces.
  public static func buildExpression(_ pieces: [Markup]) -> Markup { .fragment(pieces) }
  /// The pieces of a block.
  public static func buildBlock(_ pieces: Markup...) -> Markup { .fragment(pieces) }
  /// `if` without `else`.
  public static func buildOptional(_ piece: Markup?) -> Markup { piece ?? .fragment([]) }
  /// `if` with its first branch.
  public static func buildEither(first piece: Markup) -> Markup { piece }
  /// `if` with its other branch.
  public static func buildEither(second piece: Markup) -> Markup { piece }
  /// A loop.
  public static func buildArray(_ pieces: [Markup]) -> Markup { .fragment(pieces) }
}

extension Markup {
  /// An element: `.tag("td", ["class": "verdict"]) { "pass" }`.
  public static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], @MarkupBuilder _ content: () -> Markup
  ) -> Markup {
    .element(name, attributes.map { Attribute($0.key, $0.value) }, [content()])
  }

  /// An element with nothing inside.
  public static func tag(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) -> Markup {
    .element(name, attributes.map { Attribute($0.key, $0.value) }, [])
  }
}
