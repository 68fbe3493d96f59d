public import ClinicalValues
import Instruments
import StudyDesign

/// A sample of CAR-T cells, B cells or the like, on a study day.
public struct CourseSample: Sendable, Hashable {
  /// The study day: calendar days from the day of the infusion.
  public let day: Int
  /// The value, in the unit of the course; nil where only that it lies below the limit is known.
  public let number: Decimal?
  /// Whether it lies below the limit of quantification.
  public let isBelowLimit: Bool
  /// The limit of quantification that was told with it.
  public let limit: Decimal?
}

/// The CAR transgene in blood over time, non-compartmental.
public struct KineticCourse: Sendable, Hashable {
  /// The samples, oldest first.
  public let samples: [CourseSample]
  /// The unit of the values.
  public let unit: String
  /// The limits of quantification that were told, ascending.
  public let limits: [Decimal]
  /// The highest value.
  public let cmax: Decimal?
  /// The first day of the highest value.
  public let tmax: Decimal?
  /// The last value that is quantifiable.
  public let clast: Decimal?
  /// Its day.
  public let tlast: Decimal?
  /// The area under the curve to the last quantifiable value, unit times days.
  public let aucLast: Decimal?
  /// The area from Day 0 to 28; nil where nothing was sampled to Day 28 and the last value is quantifiable.
  public let auc0To28: Decimal?
  /// Whether the last sample is quantifiable: then persistence lasts to `tlast` at least.
  public let isPersisting: Bool

  /// Where a figure draws a sample: its value, or what it lies below, which is its own limit, else the least one told, else the
  /// least value that was quantified. Nil where nothing of these is known.
  public func drawn(_ sample: CourseSample) -> Decimal? {
    guard sample.isBelowLimit else { return sample.number }
    return sample.limit ?? limits.first
      ?? samples.filter { !$0.isBelowLimit }.compactMap(\.number).filter { $0 > .zero }.min()
  }
}

/// Depletion and return of B cells.
public struct BCellCourse: Sendable, Hashable {
  /// The counts per microliter, oldest first.
  public let samples: [CourseSample]
  /// Whether they were depleted after the infusion; nil without a count.
  public let isDepleted: Bool?
  /// The first day of depletion.
  public let depletedOn: Int?
  /// The first day of their return.
  public let returnedOn: Int?
  /// Whether the next count confirmed the return; nil where there is none.
  public let isReturnConfirmed: Bool?
  /// Days from depletion to return.
  public let aplasiaDays: Int?
}

/// Immunoglobulin G below its limit of normal.
public struct ImmunoglobulinRecord: Sendable, Hashable {
  /// A value with what stood beside it.
  public struct Sample: Sendable, Hashable {
    /// The value.
    public let value: CasebookValue
    /// Whether it is below the lower limit of normal; nil where no range is known.
    public let isLow: Bool?
    /// Whether it is below the limit of a severe lack.
    public let isSevere: Bool
    /// Whether immunoglobulin was given in the weeks before: then it is not endogenous; nil where that is not known.
    public let isReplaced: Bool?
  }

  /// All values, oldest first.
  public let samples: [Sample]

  /// The first low value after the infusion.
  public let firstLow: Sample?
  /// The lowest value after the infusion that is not known to be replaced.
  public let nadir: Sample?
}

extension Grading {
  /// CAR-T kinetics; nil where nothing was infused or sampled. Days are calendar days after the infusion, so that a sample of
  /// the morning of Day 28 is one of Day 28.
  public var kinetics: KineticCourse? {
    guard infused != nil, let plan = book.grading.courses, let instrument = Instrument.named("cellularKinetics") else {
      return nil
    }
    let samples = copies(plan)
    guard !samples.isEmpty else { return nil }
    let limits = Set(values[plan.copiesLimit].compactMap(\.number)).sorted()
    let result = instrument([
      // Each sample was compared with its own limit; one limit for all is told where there is one.
      "lloq": limits.count == 1 ? .number(limits[0]) : .null,
      "samples": .list(
        samples.map { sample in
          .object([
            "day": .whole(sample.day), "value": sample.number.map { .number($0) } ?? .null,
            "blq": .bool(sample.isBelowLimit),
          ])
        }),
    ])
    return KineticCourse(
      samples: samples, unit: book.units[plan.copies]?.unit ?? "", limits: limits, cmax: result.number("cmax"),
      tmax: result.number("tmax"), clast: result.number("clast"), tlast: result.number("tlast"),
      aucLast: result.number("aucLast"), auc0To28: result.number("auc0To28"),
      isPersisting: result.flag("persistenceOngoing") ?? false)
  }

  private func copies(_ plan: CoursePlan) -> [CourseSample] {
    let told = values[plan.copies] + values[plan.copiesBelow].filter { $0.flag == true }
    var seen: Set<FormKey> = []
    return told.compactMap { value -> CourseSample? in
      let form = value.source.form
      guard let day = studyDay(of: value.when), seen.insert(form).inserted else { return nil }
      let number = value.number
      let limit = values.value(plan.copiesLimit, in: form)?.number
      let isBelow =
        values.value(plan.copiesBelow, in: form)?.flag == true
        || (number.flatMap { number in limit.map { number < $0 } } ?? false)
      return number == nil && !isBelow
        ? nil : CourseSample(day: day, number: number, isBelowLimit: isBelow, limit: limit)
    }.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
  }

  /// B-cell depletion and return; nil where nothing was infused or counted.
  public var bCells: BCellCourse? {
    guard infused != nil, let plan = book.grading.courses, let instrument = Instrument.named("bCell") else {
      return nil
    }
    let samples = values[plan.bCells].compactMap { value -> CourseSample? in
      guard let day = studyDay(of: value.when), let count = value.number(in: "/uL") else { return nil }
      return CourseSample(day: day, number: count, isBelowLimit: false, limit: nil)
    }
    guard !samples.isEmpty else { return nil }
    let result = instrument([
      "depletionThreshold": .number(plan.bCellsDepleted), "depletionInclusive": .bool(plan.bCellsDepletedInclusive),
      "reconstitutionThreshold": .number(plan.bCellsReturned),
      "samples": .list(
        samples.map { .object(["day": .whole($0.day), "cellsPerUl": $0.number.map { .number($0) } ?? .null]) }),
    ])
    return BCellCourse(
      samples: samples, isDepleted: result.flag("depleted"), depletedOn: result.whole("depletionDay"),
      returnedOn: result.whole("reconstitutionDay"), isReturnConfirmed: result.flag("reconstitutionConfirmed"),
      aplasiaDays: result.whole("aplasiaDays"))
  }

  /// Immunoglobulin G with its lower limit and replacement; nil where none was measured.
  public var immunoglobulin: ImmunoglobulinRecord? {
    guard let plan = book.grading.courses else { return nil }
    let samples = values[plan.immunoglobulin].compactMap { value -> ImmunoglobulinRecord.Sample? in
      guard let number = value.number else { return nil }
      let given = book.grading.items.immunoglobulinGiven.flatMap { item in
        item.form == value.source.form.form
          ? participant.casebook.forms[value.source.form]?.entry(item.item)?.answer.text : nil
      }
      return ImmunoglobulinRecord.Sample(
        value: value, isLow: value.range?.low.map { number < $0 }, isSevere: number < plan.immunoglobulinSevere,
        isReplaced: given.flatMap { Bool($0) })
    }
    guard !samples.isEmpty else { return nil }
    let later = samples.filter { studyDay(of: $0.value.when).map { $0 > 0 } ?? false }
    return ImmunoglobulinRecord(
      samples: samples, firstLow: later.first { $0.isLow == true || $0.isSevere },
      nadir: later.filter { $0.isReplaced != true }.min { ($0.value.number ?? .zero) < ($1.value.number ?? .zero) })
  }
}
