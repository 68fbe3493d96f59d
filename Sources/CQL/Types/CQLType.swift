/// A type of the language.
///
/// Source: HL7 CQL 1.5, Appendix B "Types" and "Type Inference".
public indirect enum CQLType: Hashable, Sendable {
  /// The supertype of all; also the type of `null`.
  case any
  case boolean, integer, long, decimal, string, date, dateTime, time, quantity, ratio, code, concept, vocabulary
  case valueSet, codeSystem
  /// Type of an interval over points of a type.
  case interval(CQLType)
  /// Type of a list.
  case list(CQLType)
  /// Type of a tuple: its elements by name.
  case tuple([String: CQLType])
  /// One of several types (`Choice<Integer, String>`); never nested, never of one alternative, order has no meaning.
  case choice(Set<CQLType>)
  /// A class of a data model, such as FHIR.Observation.
  case named(model: String, name: String)

  // The rest never appears in a program's text.

  /// A count between two imprecise dates, an Integer known only to lie between two bounds; converts implicitly to
  /// Integer (null unless both bounds agree). Source: CQL 1.5, Developer's Guide, "Uncertainty".
  case uncertainInteger
  /// The precision named in a timing phrase (`same month as`): a static last operand of timing operators.
  case precision
  /// A type variable of a generic signature (`T` in `First(List<T>): T`).
  case variable(String)
}
