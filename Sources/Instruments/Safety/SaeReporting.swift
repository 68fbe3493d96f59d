import ClinicalValues

extension Instrument {
  /// Seriousness of an adverse event, whether it is a SUSAR, and when its reports are due. Clocks count calendar days.
  ///
  /// `siteAwareAt` is local time; 24 hours later is the same time on the next day's clock.
  static let saeReporting: Instrument = {
    let seriousness: [(key: String, words: String)] = [
      ("death", "Death"), ("lifeThreatening", "Life-threatening at the time"),
      ("hospitalization", "Hospitalization, initial or prolonged"), ("disability", "Disability or incapacity"),
      ("congenitalAnomaly", "Congenital anomaly"), ("medicallyImportant", "Medically important"),
    ]
    return Instrument(
      id: "saeReporting", title: "Seriousness and reporting clocks of an adverse event",
      source: "ICH E2A (1994); 21 CFR 312.32; Regulation (EU) 536/2014, Article 42",
      unverified:
        "The 7, 8 and 15 days in China, and 24 hours from site to sponsor (Chinese GCP 2020 says immediately).",
      items: seriousness.map { .yesNo($0.key, $0.words) } + [
        .yesNo("suspectedRelated", "Suspected to be related"),
        .yesNo("unexpected", "Unexpected by the reference safety information"),
        Item("siteAwareAt", "When the site became aware, local time", .localTime),
        Item("sponsorAwareDate", "When the sponsor became aware: day 0", .date),
      ],
      score: { answers in
        let serious = Kleene.or(seriousness.map { answers[yesNo: $0.key] })
        let susar = Kleene.and([serious, answers[yesNo: "suspectedRelated"], answers[yesNo: "unexpected"]])
        // Not known to be neither fatal nor life-threatening: the shorter clock.
        let isUrgent = Kleene.or([answers[yesNo: "death"], answers[yesNo: "lifeThreatening"]]) != false
        let clock = susar == true ? (isUrgent ? 7 : 15) : nil
        let dayZero = answers[date: "sponsorAwareDate"]
        func day(_ days: Int?) -> Datum {
          days.flatMap { dayZero?.adding($0, .day) }.map { .text($0.description) } ?? .null
        }
        let siteDue = serious == true ? answers[localTime: "siteAwareAt"]?.adding(1, .day) : nil
        return [
          "serious": .bool(serious), "susar": .bool(susar),
          "siteToSponsorDue": siteDue.map { .text($0.description) } ?? .null, "regulatoryClockDays": .whole(clock),
          "regulatoryDueDate": day(clock), "followUpDueDate": day(clock == 7 ? 15 : nil),
        ]
      })
  }()
}
