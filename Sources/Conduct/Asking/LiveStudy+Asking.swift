import ClinicalValues
public import Ledger
public import Trial

extension LiveStudy {
  /// Somebody's request, from what they gave to the fields of a command: members that are not given are found, documents
  /// are attached. Nothing is recorded by it.
  ///
  /// - Parameters:
  ///   - circumstances: when it happened by the clocks of who acts, why, and why so late.
  /// - Throws: `FieldFaults` with what is missing or cannot be understood; `Refusal`, `RecordError` or `StoreFailure` of
  ///   what is found.
  public func request(
    _ form: CommandForm, _ given: Given, by actor: Acting, together: [Acting] = [],
    circumstances: Circumstances = Circumstances(), origin: Origin
  ) async throws -> Request {
    let sites = try await state().sites
    let zone = actor.site.flatMap { sites[$0]?.zone } ?? "UTC"
    let given = form.dated(given, zone: zone)
    try form.requireFields(in: given)
    let supplement = form.supplement
    let found = try await supplement.find?(self, given) ?? given
    let command = try form.command(from: found.texts)
    let request = Request(
      command, by: actor, together: together,
      happened: try circumstances.happened(in: zone),
      reason: circumstances.reason, late: try circumstances.late(), origin: origin,
      attachments: supplement.attached.flatMap { given.documents($0).map(\.bytes) })
    return try await supplement.complete?(self, given, request) ?? request
  }

  /// Carries a request out, with all that belongs to it beside its events, and records what time alone has led to since
  /// for whom it was about.
  ///
  /// - Parameters:
  ///   - given: what the request was made of.
  ///   - sign: as of `perform`.
  /// - Throws: as `perform`; `FieldFaults`. Once it is done it is done, whatever comes of what time has led to.
  public func carryOut(
    _ request: Request, _ given: Given, sign: @Sendable ([ToSign]) async throws -> [Authenticated]
  ) async throws -> CarriedOut {
    let supplement = CommandForm.of(type(of: request.command)).supplement
    var done =
      if let carryOut = supplement.carryOut {
        try await carryOut(self, given, request, sign)
      } else {
        CarriedOut(try await perform(request, sign: sign))
      }
    do {
      done.since = try await watch(request.command.participants)
    } catch {
      done.notes.append("What time has led to could not be recorded: \(error)")
    }
    return done
  }

  /// A chain-of-identity identifier that nobody has.
  func newChainOfIdentity() -> ChainOfIdentity {
    ChainOfIdentity(random: vault.entropy.bytes(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}

extension CommandForm {
  /// The same with every moment that was written by the clocks of a zone as that moment.
  fileprivate func dated(_ given: Given, zone: String) -> Given {
    var given = given
    for field in fields where field.kind.content == .moment {
      given.texts[field.key] = given.texts[field.key]?.map {
        ZoneClock.moment(written: $0, zone: zone)?.description ?? $0
      }
    }
    return given
  }

  /// Refuses what lacks a field or has one too many, together with the members that cannot be understood.
  fileprivate func requireFields(in given: Given) throws(FieldFaults) {
    let faults = faults(in: given).filter { $0.problem != .missing || !supplement.neededLast.contains($0.member) }
    guard !faults.isEmpty else { return }
    let told = Set(faults.map(\.member))
    let asked = Set(fields.filter { !$0.isFile }.map(\.key)).subtracting(told)
    var others: [FieldFault] = []
    do throws(FieldFaults) { _ = try command(from: given.texts) } catch {
      others = error.all.filter { asked.contains($0.member) && $0.problem != .missing }
    }
    throw FieldFaults(faults + others)
  }
}
