public import CQL
public import FHIR

/// A terminology that can list what is in a value set as codes, prefixes and ranges, so that an index finds them.
public protocol ListingTerminology: Terminology {
  /// What is in a value set; nil where it is not known here or cannot be listed.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]?
}

extension Terminology {
  /// What is in a value set, as far as this terminology lists it.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]? {
    if let listing = self as? any ListingTerminology { return listing.patterns(of: valueSet) }
    return expansion(of: valueSet)?.map(CodePattern.init)
  }
}
