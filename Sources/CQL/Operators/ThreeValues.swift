// Three-valued logic on `Bool?`, nil for unknown: the truth tables of HL7 CQL 1.5, Appendix B, "Logical Operators".

/// a and b.
func both(_ a: Bool?, _ b: Bool?) -> Bool? {
  if a == false || b == false { return false }
  return a == nil || b == nil ? nil : true
}

/// a or b.
func either(_ a: Bool?, _ b: Bool?) -> Bool? {
  if a == true || b == true { return true }
  return a == nil || b == nil ? nil : false
}

/// not a.
func negated(_ a: Bool?) -> Bool? { a.map { !$0 } }
