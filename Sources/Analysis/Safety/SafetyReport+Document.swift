import ClinicalValues
public import Ledger
import Trial

extension SafetyReport {
  typealias Section = ReportDocument.Section
  typealias Table = ReportDocument.Table
  typealias Fact = ReportDocument.Fact

  /// The report as it is printed; `digest` is that of its content.
  public func document(digest: Digest) -> ReportDocument {
    ReportDocument(
      title: "Safety report of \(source.study)", mark: source.isSynthetic ? "SYNTHETIC: every person is invented" : nil,
      head: source.facts(digest: digest),
      sections: [
        stoppingSection, setSection, exposureSection, toxicitySection, incidenceSection, specialInterestSection,
      ]
        + [
          seriousSection, deathSection, pregnancySection, reportSection, syndromeSection, cytopeniaSection,
        ]
        + [shiftSection, oversightSection, listingSection, provisionalSection],
      foot:
        "\(source.isSynthetic ? "SYNTHETIC. " : "")Safety report of \(source.study), cut-off \(Printed.time(source.cutoff)), "
        + "content SHA-256 \(digest.description.prefix(16))…")
  }

  private var setSection: Section {
    Section(
      "sets", "Participants",
      [
        .table(
          "Sets, as of the cut-off",
          Table(
            ["set", "participants", "open", "who is in it"],
            sets.map { [$0.name, "\($0.participants)", $0.open == 0 ? "" : "\($0.open)", $0.definition ?? ""] },
            nothing: "")),
        .note("Open are those of whom it cannot be told yet whether they are in the set."),
        .table(
          "Everybody ever enrolled (\(participants.count), of whom \(infusions.count) infused)",
          Table(
            ["participant", "cohort", "status", "enrolled", "LD 1", "Day 0", "days followed", "left or died"],
            participants.map(\.cells), nothing: "nobody was enrolled.")),
      ] + [swimmerFigure].compactMap(\.self))
  }

  private var exposureSection: Section {
    Section(
      "exposure", "Exposure",
      [
        .table(
          "Infusions, in their order (all infused, \(infusions.count))",
          Table(
            [
              "no", "participant", "cohort", "begun", "cells per kg", "mL", "bags", "LD on",
              "days since the one before",
            ],
            infusions.map(\.cells), nothing: "nobody was infused.")),
        .note(
          "The days since the infusion before stand with the fewest that the protocol asks for. Cells are CAR-positive and "
            + "viable."),
      ])
  }

  private var toxicitySection: Section {
    Section(
      "dlt", "Dose-limiting toxicity",
      [
        .table(
          "Questions (all, \(toxicity.questions.count))",
          Table(
            ["no", "participant", "cohort", "toxicity", "onset", "asked", "answer due", "answers", "dose-limiting"],
            toxicity.questions.map(\.cells), nothing: "none was asked.",
            marked: Set(toxicity.questions.indices.filter { toxicity.questions[$0].isDoseLimiting == true }))),
        .table(
          "Who can be evaluated (all infused, \(toxicity.infused.count); evaluable \(toxicity.evaluable.count))",
          Table(
            ["participant", "cohort", "window ends", "standing"],
            toxicity.infused.map {
              [
                $0.participant.description, Printed.known($0.cohort), Printed.known($0.windowEnds?.description),
                $0.standing.words,
              ]
            }, nothing: "nobody was infused.")),
        .note(
          "The window is Day 0 to Day \(toxicity.windowDays). Evaluable are those who had at least the least dose and either "
            + "a dose-limiting toxicity or a closed window; each counts once."),
      ])
  }

  private var deathSection: Section {
    Section(
      "deaths", "Deaths",
      [
        .table(
          "Deaths: \(deaths.count) of \(count("registered")) registered",
          Table(
            ["participant", "cohort", "died", "days after Day 0", "days after LD 1", "event no", "relation judged"],
            deaths.map(\.cells), nothing: "nobody died."))
      ] + [unrecordedDeaths].compactMap(\.self))
  }

  /// Fatal events of those of whom neither form nor command tells a death; nil where there are none.
  private var unrecordedDeaths: ReportDocument.Block? {
    let events = deaths.filter { !$0.isOnRecord }.flatMap { line in
      line.fatalEvents.map { "\(line.participant) no \($0)" }
    }
    guard !events.isEmpty else { return nil }
    let counted = events.count == 1 ? "1 fatal event" : "\(events.count) fatal events"
    return .finding("\(counted) without a death on record, counted as deaths above: \(events.joined(separator: ", ")).")
  }

  /// How many are in a set.
  private func count(_ set: String) -> Int { sets.first { $0.name == set }?.participants ?? 0 }

  private var provisionalSection: Section {
    Section(
      "provisional", "What is provisional in this protocol version",
      [
        .table(
          "Provisional items (\(source.provisional.count), of which "
            + "\(source.provisional.filter(\.isSettled).count) adopted or changed)",
          Table(
            ["item", "adopted", "about"], source.provisional.map { [$0.id, Printed.flag($0.isSettled), $0.title] },
            nothing: "nothing is."))
      ])
  }
}

extension ReportSource {
  fileprivate func facts(digest: Digest) -> [ReportDocument.Fact] {
    [
      ReportDocument.Fact("study", "\(study): \(title)"),
      .init(
        "protocol", "version \(version)\(isInForce ? "" : " (not in force at the cut-off)"), files SHA-256 \(files)"),
      .init("cut-off", "\(cutoff): what was recorded up to then, whenever it had happened"),
      .init("ledger", "event \(position), root \(root)"), .init("content", "SHA-256 \(digest)"),
    ]
  }
}

extension ParticipantLine {
  fileprivate var cells: [String] {
    let end =
      (isDead ? "died \(Printed.known(died?.description))" : nil)
      ?? left.map { "left \($0)\(leftBecause.map { ", \(Printed.words($0.rawValue))" } ?? "")" }
    return [
      participant.description, Printed.known(cohort), Printed.words(status.rawValue),
      Printed.known(enrolled?.description),
      firstLymphodepletion?.description ?? "-", dayZero?.description ?? "-", daysFollowed.map(String.init) ?? "-",
      end ?? "-",
    ]
  }
}

extension DeathLine {
  fileprivate var cells: [String] {
    let judged = TreatmentPart.allCases.compactMap { part in
      relations[part.rawValue].map { "\(part.words): \($0.rawValue.lowercased())" }
    }
    return [
      participant.description, Printed.known(cohort), Printed.known(died?.description),
      Printed.days(daysAfterInfusion), Printed.days(daysAfterLymphodepletion), Printed.known(event.map(String.init)),
      judged.isEmpty ? "not judged" : judged.joined(separator: "; "),
    ]
  }
}

extension InfusionLine {
  fileprivate var cells: [String] {
    let remarks = [
      pauses > 0 ? "paused \(pauses)x" : nil, isOutsideGate ? "OUTSIDE THE GATE" : nil, ended == nil ? "running" : nil,
    ]
    .compactMap(\.self)
    let interval = daysSincePrevious.map { "\($0) (at least \(daysRequired.map(String.init) ?? "unknown"))" } ?? "first"
    return [
      "\(number)", participant.description, Printed.known(cohort),
      Printed.time(begun) + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))"),
      Printed.count(dosePerKg.map { $0.rounded() ?? $0 }), Printed.known(volumeML?.description), "\(bags)",
      lymphodepletion.map(\.description).joined(separator: ", "), interval,
    ]
  }
}

extension LimitingToxicity.Question {
  fileprivate var cells: [String] {
    let told = answers.map { answer in
      let who: String =
        switch answer.by {
        case .principalInvestigator: "PI"
        case .safetyOfficer: "safety officer"
        case .board: "board"
        }
      return "\(who) \(answer.on): \(answer.isDoseLimiting ? "yes" : "no") (\(Printed.words(answer.basis.rawValue)))"
    }
    let all = told + (confirmed.map { ["safety officer \($0): confirmed"] } ?? [])
    return [
      "\(number)", participant.description, Printed.known(cohort), toxicity.rawValue,
      onsetDay.map { "Day \($0)" } ?? "unknown", asked.description,
      Printed.time(due) + (isLate ? answers.isEmpty ? ", OVERDUE" : ", LATE" : ""),
      all.isEmpty ? "none" : all.joined(separator: "; "), isDoseLimiting.map { $0 ? "YES" : "no" } ?? "open",
    ]
  }
}
