public import ClinicalValues
public import StudyDesign

/// What a participant's visits are counted from, with all that was planned before, and what shows that one was held.
public struct VisitHistory: Sendable, Hashable {
  /// Something that happened once more, or a day that was planned anew.
  public struct Booking: Sendable, Hashable {
    /// The booked day.
    public let day: CalendarDate
    /// Since when it was booked.
    public let since: Moment
  }

  /// A visit that somebody recorded.
  public struct HeldVisit: Sendable, Hashable {
    /// Its name, as it was recorded.
    public let visit: String
    /// When it was held.
    public let held: Moment
  }

  /// A re-check that was signed, whatever it found.
  public struct Recheck: Sendable, Hashable {
    /// Before which gate.
    public let kind: RecheckKind
    /// When.
    public let signed: Moment
  }

  /// The booked Day 0, each time that it was booked, oldest first.
  public private(set) var bookings: [Booking] = []
  /// When each round of screening began.
  public private(set) var screenings: [Moment] = []
  /// When the number of each collection was issued: from then on it is planned.
  public private(set) var collections: [Moment] = []
  /// The doses of each round of lymphodepletion.
  public private(set) var doses: [[Moment]] = []
  /// The re-checks that were signed, in the order in which they were recorded.
  public private(set) var rechecks: [Recheck] = []
  /// The visits that were recorded, in that order.
  public private(set) var visits: [HeldVisit] = []

  /// Nothing has happened yet.
  public init() {}

  /// The history after one more event of the way.
  mutating func apply(_ recorded: Recorded<WayEvent>) {
    let happened = recorded.happened
    switch recorded.event {
    case .dayZeroBooked(let day): bookings.append(Booking(day: day, since: happened))
    case .screeningStarted: screenings.append(happened)
    case .lymphodepletionGiven(let dose):
      if dose.number == 1 || doses.isEmpty { doses.append([]) }
      doses[doses.count - 1].append(happened)
    case .recheckSigned(let recheck): rechecks.append(Recheck(kind: recheck.kind, signed: happened))
    case .visitRecorded(let visit): visits.append(HeldVisit(visit: visit.visit, held: happened))
    default: break
    }
  }

  /// The history after one more event of the cells.
  mutating func apply(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .labelsPrinted(.collection(let number), _, _), .collectionBegun(let number, _, _):
      if number.collection == collections.count + 1 { collections.append(recorded.happened) }
    default: break
    }
  }

  /// The days on which a visit of that name was recorded, each once, the first first: the first day is number 1.
  func days(of visit: String) -> [Int] { Set(visits.filter { $0.visit == visit }.map(\.held.day)).sorted() }
}

extension ParticipantState {
  /// The booked Day 0 where it has passed without the infusion: it holds no longer, and no other is booked yet.
  func lapsedDayZero(onDay day: Int) -> CalendarDate? {
    guard product.infusion == nil, let booked = way.bookedDayZero, booked.daysSinceEpoch < day else { return nil }
    return booked
  }
}
