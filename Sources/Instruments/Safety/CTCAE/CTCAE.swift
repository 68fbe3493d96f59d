public import ClinicalValues

/// The Common Terminology Criteria for Adverse Events, version 5.0 (NCI, 27 November 2017): grades by number, and terms.
///
/// The fact of a grade stands once, in the table `laboratory`. Not here: grades without a number (hypophosphatemia,
/// hyperglycemia, troponin, hypotension, hypoxia and infections are graded by a clinician), grade 5 (never derived from a
/// value), CRS and ICANS (graded after ASTCT).
public enum CTCAE {
  /// Its grades: 1 mild, 2 moderate, 3 severe or medically significant, 4 life-threatening, 5 death.
  public static let grades = 1...5
  /// Those that a number can give, 0 being none: death is never derived from a value.
  public static let gradesByNumber = 0...4
  /// The first grade that is severe or medically significant.
  public static let severe = 3

  /// What the text of a grade asks for beside the number.
  public enum Circumstance: String, Sendable, CaseIterable {
    case transfusionIndicated, symptomatic, physiologicConsequences, onAnticoagulation, bleeding, lifeThreatening
    case interventionIndicated

    /// Whether it is taken as present where it is not recorded, the worst case; the others count as absent.
    public var isAssumedWhereUnknown: Bool { self == .symptomatic || self == .physiologicConsequences }
  }

  /// One value of an analyte with what its grade depends on, all in the unit of the analyte.
  public struct Measurement: Sendable {
    /// The value; nil if there is none.
    public var value: Decimal?
    /// Lower limit of normal.
    public var lln: Decimal?
    /// Upper limit of normal.
    public var uln: Decimal?
    /// The participant's own value before treatment.
    public var baseline: Decimal?
    /// The lower limit of normal on the day of the baseline; nil: `lln`.
    public var baselineLln: Decimal?
    /// The upper limit of normal on the day of the baseline; nil: `uln`.
    public var baselineUln: Decimal?
    /// Albumin in g/L, for total calcium.
    public var albuminGPerL: Decimal?
    /// How long it has lasted, in hours, for fever.
    public var durationHours: Decimal?
    /// Circumstances that were assessed; absent where not.
    public var circumstances: [Circumstance: Bool]
    /// How the value is told where not by its number: of one beyond a limit of the method the limit, `<0.1`.
    public var valueText: String?
    /// How the baseline is told, in the same way.
    public var baselineText: String?

    /// A measurement.
    public init(
      value: Decimal?, lln: Decimal? = nil, uln: Decimal? = nil, baseline: Decimal? = nil,
      baselineLln: Decimal? = nil, baselineUln: Decimal? = nil, albuminGPerL: Decimal? = nil,
      durationHours: Decimal? = nil, circumstances: [Circumstance: Bool] = [:], valueText: String? = nil,
      baselineText: String? = nil
    ) {
      self.value = value
      self.lln = lln
      self.uln = uln
      self.baseline = baseline
      self.baselineLln = baselineLln
      self.baselineUln = baselineUln
      self.albuminGPerL = albuminGPerL
      self.durationHours = durationHours
      self.circumstances = circumstances
      self.valueText = valueText
      self.baselineText = baselineText
    }
  }

  /// A grade with the rule that gave it.
  public struct Grade: Sendable, Equatable {
    /// The term's key, `neutrophilCountDecreased`; nil for grade 0 and where none can be given, but in `grades`.
    public let term: String?
    /// The term as CTCAE's list has it, `Neutrophil count decreased`; nil as `term`.
    public let name: String?
    /// 0 to 4; nil where a limit is missing that decides whether the value is normal.
    public let grade: Int?
    /// The rule in words, with the numbers that it was applied to; or what is missing.
    public let rule: String
    /// Total calcium corrected for albumin, in mmol/L, rounded to six digits; nil for other analytes.
    public let correctedCalcium: Decimal?
  }

  /// The analyte of a key (`hemoglobin`), as `ctcaeLab` names it.
  public static func analyte(_ key: String) -> Analyte? { laboratory.first { $0.key == key } }
}
