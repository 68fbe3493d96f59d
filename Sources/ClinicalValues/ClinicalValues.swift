// ClinicalValues is what one datum can be: an exact decimal, a UCUM unit and a quantity in it, a date or time with
// the precision it was written in, an interval, a code.
//
// Not here: languages over these values (CQL), resources that hold them (FHIR), where they come from.
//
// Always true: values are immutable and `Sendable`; nothing reads a clock or a locale; nothing passes through
// binary floating point; parsing bad text yields nil or a typed error, never a trap.

/// A part of the calendar or the clock, from coarse to fine; what a partial date or time is known to.
///
/// Source: HL7 CQL 1.5, Author's Guide, "Date and Time Operators" (precision).
public enum Precision: UInt8, Sendable, Comparable, CaseIterable {
  case year, month, week, day, hour, minute, second, millisecond

  /// A coarser precision is less than a finer one. `week` is no component of a value, only of a duration.
  public static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
}
