public import ClinicalValues

/// No data: every retrieve comes back empty. For expressions that need none.
public struct EmptyData: DataSource {
  /// No data.
  public init() {}
  /// Nothing.
  public func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    []
  }
}

/// No terminology: every value set and code system is unknown here.
public struct EmptyTerminology: Terminology {
  /// No terminology.
  public init() {}
  /// Unknown.
  public func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? { nil }
  /// Unknown.
  public func expansion(of valueSet: ValueSetName) -> [Code]? { nil }
  /// Unknown.
  public func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? { nil }
}
