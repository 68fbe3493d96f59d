import ClinicalValues
import Ledger
import StudyDesign

@testable import Simulation
@testable import Trial

// What the forms of the whole demonstration must hold.

extension StoryItem {
  static let casebook = [
    StoryItem("everybody who consented has a casebook, and no form in it lacks an answer") { trail in
      trail.state.participants.values.filter { $0.way.screeningRound > 0 }.allSatisfy { participant in
        !participant.casebook.forms.isEmpty && participant.casebook.forms.values.allSatisfy(\.missing.isEmpty)
      }
    },
    StoryItem("the form of every collection, with its times and its yield") { trail in
      trail.state.participants.values.allSatisfy { participant in
        participant.product.collections.filter { $0.ended != nil }.allSatisfy { collection in
          participant.casebook.forms.contains { key, record in
            key.form == "leukapheresis" && record.missing.isEmpty
              && record.entry("PRCOLLNO")?.answer.text == collection.number.description
          }
        }
      }
    },
    StoryItem("what was missed is what the story means, and people have judged every deviation of before the last days")
    {
      trail in
      let missed = trail.events.flatMap { recorded -> [DeviationSubject] in
        guard case .record(_, .deviationOpened(let deviation)) = recorded.event, deviation.kind == .missedActivity
        else {
          return []
        }
        return deviation.about ?? []
      }
      let last = trail.events.map(\.happened.day).max() ?? 0
      let open = trail.state.participants.values.flatMap(\.record.deviations).filter {
        !$0.isClosed && $0.noticed.day < last - 4
      }
      return missed.sorted() == [.visit("M13", 1), .visit("M14", 1), .visit("M9", 1)] && open.isEmpty
    },
    StoryItem("one number of the screening visit a round of screening, and no form of it twice") { trail in
      trail.state.participants.values.allSatisfy { participant in
        let numbers = Set(participant.casebook.forms.keys.filter { $0.visit == "SCR" }.map(\.number))
        return numbers.isSubset(of: Set(1...max(participant.way.screeningRound, 1)))
      }
    },
    StoryItem("of each serious event that is over a first and a final report; the fatal one and the death are signed") {
      trail in
      let signed = Set(
        trail.events.compactMap { recorded -> String? in
          if case .casebook(let id, .signed(.form(let form), _)) = recorded.event { "\(id) \(form.form)" } else { nil }
        })
      return trail.state.participants.values.allSatisfy { participant in
        let reports = participant.casebook.forms.filter { $0.key.form == "sae" }.map(\.value)
        let versions = reports.compactMap { $0.entry("SAEVERS")?.answer.text }
        let isDead = participant.way.died != nil
        return versions.count(where: { $0 == "FIRST" }) == versions.count(where: { $0 == "FINAL" }) + (isDead ? 1 : 0)
          && (!isDead || (signed.contains("\(participant.id) sae") && signed.contains("\(participant.id) death")))
      }
    },
    StoryItem("B cells gone by Day 14, and back between Month 3 and Month 9 in those who were seen so long") { trail in
      trail.infused.allSatisfy { participant in
        guard let gone = participant.number("LBORRES_CD19", of: "lymphocyteSubsets", at: "D14") else { return true }
        let early = participant.number("LBORRES_CD19", of: "lymphocyteSubsets", at: "M3") ?? 0
        guard let late = participant.number("LBORRES_CD19", of: "lymphocyteSubsets", at: "M9") else { return gone <= 5 }
        return gone <= 5 && early <= 5 && late >= 50
      }
    },
    StoryItem("low immunoglobulin G in all who were infused and seen at Month 3") { trail in
      trail.infused.allSatisfy { participant in
        participant.number("LBORRES_IGG", of: "immunoglobulins", at: "M3").map { $0 < 6_000 } ?? true
      }
    },
    StoryItem("most respond: the activity of the illness at Month 6 is less than half of that at baseline") { trail in
      let totals = [
        ("sledai2k", "SLEDAI_TOTAL"), ("mrss", "MRSS_TOTAL"), ("essdai", "ESSDAI_TOTAL"),
        ("imacsGlobal", "IMACS_PHYSGLOB"),
      ]
      let falls = trail.infused.compactMap { participant -> Bool? in
        totals.lazy.compactMap { form, item in
          guard let before = participant.number(item, of: form, at: "BL"),
            let after = participant.number(item, of: form, at: "M6")
          else { return nil }
          return after * 2 < before
        }.first
      }
      return falls.count(where: \.self) * 2 > falls.count
    },
    StoryItem("a slip is asked about by a check, corrected with its reason, and the query goes by itself") { trail in
      trail.somebody { way, _ in
        way.show([
          { if case .casebook(_, .queryRaised(let query)) = $0 { query.check == "IG-UNIT" } else { false } },
          {
            if case .casebook(_, .saved(_, _, _, let reason?)) = $0 { reason.contains("decimal point") } else { false }
          },
          { if case .casebook(_, .queryMended) = $0 { true } else { false } },
        ])
      }
    },
    StoryItem("a monitor asks, the site answers, the monitor closes; forms are verified, signed, frozen and locked") {
      trail in
      let kinds: [(TrialEvent) -> Bool] = [
        { if case .casebook(_, .queryRaised(let query)) = $0 { query.check == nil } else { false } },
        { if case .casebook(_, .queryAnswered) = $0 { true } else { false } },
        { if case .casebook(_, .queryClosed) = $0 { true } else { false } },
        { if case .casebook(_, .verified) = $0 { true } else { false } },
        { if case .casebook(_, .signed) = $0 { true } else { false } },
        { if case .casebook(_, .frozen) = $0 { true } else { false } },
        { if case .casebook(_, .locked) = $0 { true } else { false } },
      ]
      return kinds.allSatisfy { isIt in trail.events.contains { isIt($0.event) } }
    },
    StoryItem("questions about dose-limiting toxicity open by themselves, and the hold sets itself") { trail in
      let asked = trail.events.filter {
        if case .safety(_, .doseLimitingAsked) = $0.event { true } else { false }
      }
      let fired = trail.events.contains {
        if case .study(.stoppingRuleFired(let rule, _, _, _)) = $0.event { rule == .toxicityRate } else { false }
      }
      return asked.count >= 4 && fired
    },
    StoryItem("one suspected unexpected serious adverse reaction, told to the authority before its clock ran out") {
      trail in
      let started = trail.events.contains {
        if case .record(_, .clockStarted(let clock)) = $0.event { clock.clock == ReportClock.susarOther } else { false }
      }
      return started
        && trail.state.participants.values.flatMap(\.record.clocks).filter { $0.clock == ReportClock.susarOther }
          .allSatisfy { clock in clock.submitted.map { $0 <= clock.due } ?? false }
    },
    StoryItem("the limits of a laboratory change, and its new file is taken over") { trail in
      trail.events.filter { if case .laboratory = $0.event { true } else { false } }.count == 3
    },
  ]
}

extension Trail {
  /// Everybody who was infused.
  var infused: [ParticipantState] { state.participants.values.filter { $0.product.infusion != nil } }
}

extension ParticipantState {
  /// A number that a form of a visit holds, in thousandths of its unit; below the laboratory's limit it is 0.
  func number(_ item: String, of form: String, at visit: String) -> Int? {
    let keys = casebook.keys().filter { $0.visit == visit && $0.form == form }
    return keys.last.flatMap { casebook.forms[$0]?.entry(item)?.answer.text }.flatMap {
      $0.hasPrefix("<") ? 0 : Series.thousandths($0)
    }
  }
}
