import Trial

// The participants of the demonstration, a table each. Days are counted from the opening of the study; all are invented.

extension Story {
  /// Everybody, in the order in which they were registered at their sites.
  static var all: [Story] { (infused + notInfused + failed).sorted { ($0.decision, $0.key) < ($1.decision, $1.key) } }

  /// Those who were infused, in the order of their infusions.
  static var infused: [Story] {
    [
      Story(
        key: "A1", site: "01", cohort: "sle", name: "Qin Meilan", example: "01-sle-base.json", decision: 24,
        infusion: 84, course: CourseOutline(crs: 1, crsDay: 4, isSlowToRecover: true),
        events: [
          (90, "15:10", .askDLT(.cytopenia, onset: 90, "Neutrophils below 0.5 x 10^9/L since Day 6.")),
          (92, "08:20", .answerDLT(.belowThreshold, days: nil)), (92, "11:30", .confirmDLT),
          (455, "09:30", .reconsent("2.0")),
        ]),
      Story(
        key: "A2", site: "02", cohort: "ssc", name: "Marlene Fuchs", example: "02-ssc-base.json", decision: 52,
        infusion: 120, course: CourseOutline(response: .slow, crs: 3, crsDay: 2, expansion: 180),
        events: [
          (125, "17:40", .askDLT(.crs, onset: 124, "Cytokine release grade 3: noradrenaline and high-flow oxygen.")),
          (127, "09:00", .answerDLT(.meetsDefinition, days: nil)), (127, "17:30", .confirmDLT),
          (132, "16:00", .visitAfterDowntime("D10", hours: 53)),
          (458, "10:00", .reconsent("2.0")),
        ]),
      Story(
        key: "A3", site: "01", cohort: "iim", name: "Deng Haoran", example: "03-iim-base.json", decision: 87,
        infusion: 154, course: CourseOutline(expansion: 120, missed: ["M9": "PARTICIPANT ILL"]), product: .early,
        slips: [
          Slip(
            form: "M2/1/immunoglobulins/1", item: "LBORRES_IGG", meant: "4.6", typed: "46", corrected: 66,
            reason: "A decimal point was left out; compared with the laboratory's report.")
        ],
        events: [
          (420, "14:00", .partnerPregnancy), (456, "11:00", .reconsent("2.0")),
          (655, "16:00", .partnerDelivery("A healthy girl, born at 39 weeks; the child is followed to 12 months.")),
        ]),
      Story(
        key: "A4", site: "02", cohort: "ss", name: "Birgit Lorenz", example: "04-ss-base.json", decision: 122,
        infusion: 190,
        course: CourseOutline(
          response: .flare, crs: 2, crsDay: 3, lowestICE: (score: 2, day: 6), expansion: 160,
          flare: (day: 270, treatment: "Mycophenolate and prednisone")),
        events: [
          (196, "08:50", .loseCapacity("Neurotoxicity grade 3: ICE score 2.")),
          (196, "12:30", .askDLT(.icans, onset: 196, "Neurotoxicity grade 3 on Day 6 (ICE score 2, awake).")),
          (198, "16:00", .answerDLT(.belowThreshold, days: nil)), (200, "12:40", .regainCapacity),
          (200, "15:00", .disputeDLT(.meetsDefinition)),
          (204, "16:30", .boardDecidesDLT(.meetsDefinition)),
          (464, "09:40", .reconsent("2.0")),
        ]),
      Story(
        key: "A5", site: "01", cohort: "aiha", name: "Wei Zhenguo", example: "05-aiha-base.json", decision: 234,
        infusion: 294, course: CourseOutline(crs: 1, crsDay: 5, lastVisit: 370, expansion: 70), isPaused: true,
        events: [
          (457, "10:10", .reconsent("2.0")),
          (674, "15:20", .withdraw(.visits, "Has moved far away; records and vital status may be used.")),
        ]),
      Story(
        key: "A6", site: "02", cohort: "ms", name: "Ulrike Sander", example: "06-ms-base.json", decision: 262,
        infusion: 330, course: CourseOutline(crs: 1, crsDay: 3, lateD28: 34, infection: 24...29, expansion: 90),
        product: .tooWarm,
        events: [
          (
            364, "11:30",
            .deviation(
              .window, "Visit D28 was done on Day 34, three days after its window.", .minor,
              why: "The participant had influenza.",
              fix: [
                "Travel on the last day of the window", "Done as soon as possible",
                "Visits are booked for the first day",
              ])
          ), (359, "09:00", .answerDLT(.belowThreshold, days: nil)), (359, "15:30", .confirmDLT),
          (465, "11:20", .reconsent("2.0")),
        ]),
      Story(
        key: "A7", site: "01", cohort: "sle", name: "Pan Yuhua", example: "01-sle-base.json", decision: 262,
        infusion: 407, course: CourseOutline(crs: 2, crsDay: 4),
        findings: ["uncontrolledInfection": .yes(true)],
        events: [
          (275, "09:00", .screenAgain(decision: 297)),
          (330, "10:00", .bridge("hydroxychloroquine")), (341, "10:30", .bridge("ivig")),
          (372, "14:10", .deferLymphodepletion("Upper respiratory infection; the product waits.")),
          (459, "10:50", .reconsent("2.0")),
          (790, "10:00", .attemptContact(inWriting: false)), (797, "16:00", .attemptContact(inWriting: false)),
          (806, "09:00", .attemptContact(inWriting: true)), (820, "10:00", .lose), (846, "15:30", .findAgain),
        ]),
      Story(
        key: "A8", site: "02", cohort: "ssc", name: "Renate Vogel", example: "07-ssc-dlco-route.json", decision: 318,
        infusion: 436, course: CourseOutline(lastVisit: 190, expansion: 85),
        product: .failedLot(secondCollection: 63),
        events: [
          (462, "09:10", .reconsent("2.0")),
          (640, "08:20", .death("Road traffic accident; not related, as the site reports.")),
        ]),
      Story(
        key: "A9", site: "01", cohort: "aiha", name: "Shi Guohua", example: "05-aiha-base.json",
        decision: 423, infusion: 500, course: CourseOutline(response: .slow, infection: 104...110, expansion: 35),
        product: .exceptional,
        events: [
          (463, "10:00", .reconsent("2.0")),
          (
            512, "16:00",
            .deviation(
              .other, "The second dose of tocilizumab kept for this participant was past its date.", .critical,
              why: "It was found at a stock check after the infusion.",
              fix: [
                "No check of dates at confirmation", "Replaced within two hours", "The date is read at confirmation",
              ])
          ),
        ]),
      Story(
        key: "A10", site: "02", cohort: "ms", name: "Silke Brandner", example: "06-ms-base.json",
        decision: 486, infusion: 556, course: CourseOutline(isPutOff: true, expansion: 110)),
    ]
  }

  /// Those who were enrolled and not infused, and those who are on their way when the demonstration ends.
  static var notInfused: [Story] {
    [
      Story(
        key: "B1", site: "01", cohort: "ss", name: "Cao Lifen", example: "04-ss-base.json", decision: 339,
        end: .released, infusion: nil,
        events: [
          (366, "11:00", .bridge("azathioprine")),
          (392, "10:40", .withdraw(.treatment, "Has decided for another treatment.")),
          (395, "09:50", .safetyVisit), (430, "10:00", .destroyCells),
        ]),
      Story(
        key: "B2", site: "01", cohort: "iim", name: "Lei Jianping", example: "03-iim-base.json",
        decision: 829, end: .conditioning, infusion: 904),
      Story(
        key: "B3", site: "02", cohort: "sle", name: "Carla Peters", example: "01-sle-base.json",
        decision: 864, end: .manufacturing),
      Story(
        key: "C1", site: "02", cohort: "ss", name: "Gudrun Maas", example: "04-ss-base.json", decision: 892,
        end: .eligible),
      Story(
        key: "C2", site: "01", cohort: "ms", name: "Hou Xiaomei", example: "06-ms-base.json", decision: 899,
        end: .screening),
      Story(
        key: "C3", site: "02", cohort: "aiha", name: "Otto Winkler", example: "05-aiha-base.json", decision: 913,
        end: .consented),
      Story(
        key: "C4", site: "01", cohort: "ssc", name: "Bai Shulan", example: "02-ssc-base.json", decision: 920,
        end: .candidate),
    ]
  }

  /// Those whose screening failed, each on another criterion.
  static var failed: [Story] {
    [
      Story(
        key: "F1", site: "02", cohort: "sle", name: "Monika Reuter", example: "01-sle-base.json", decision: 31,
        end: .failed, findings: ["sledai2k": .number("6")]),
      Story(
        key: "F2", site: "01", cohort: "ssc", name: "Jiang Xiulan", example: "02-ssc-base.json", decision: 66,
        end: .failed, findings: ["lvef": .number("45")]),
      Story(
        key: "F3", site: "02", cohort: "iim", name: "Werner Busch", example: "03-iim-base.json", decision: 101,
        end: .failed, findings: ["hbsAg": .answer("positive"), "hbvDna": .answer("detected")],
        events: [(560, "10:00", .eraseIdentity("Asked for by the person; screening failed, nothing else is held."))]),
      Story(
        key: "F4", site: "01", cohort: "ss", name: "Meng Yan", example: "04-ss-base.json", decision: 171,
        end: .failed, findings: ["igra": .answer("positive")]),
      Story(
        key: "F5", site: "02", cohort: "aiha", name: "Helmut Krause", example: "05-aiha-base.json", decision: 227,
        end: .failed, findings: ["platelets": .number("15")]),
      Story(
        key: "F6", site: "01", cohort: "ms", name: "Song Lijuan", example: "06-ms-base.json", decision: 374,
        end: .failed, findings: ["excludedMalignancy": .yes(true)]),
      Story(
        key: "F7", site: "02", cohort: "sle", name: "Nadine Hoffmann", example: "01-sle-base.json", decision: 528,
        end: .failed, findings: ["pregnancyTest": .answer("positive")]),
    ]
  }
}

/// What the sponsor, the board and the principal investigators do for the study as a whole.
enum StudyStory {
  static var all: [(day: Int, time: String, what: StudyAct)] {
    [
      (184, "13:00", .review(.goOn, changes: nil)),
      (206, "10:00", .tellAuthorities),
      (
        207, "13:00", .review(.goOnWithChanges, changes: "Tocilizumab from grade 2 on; more doses kept; see amendment.")
      ),
      (228, "13:00", .decideLift), (231, "09:30", .acceptLift),
      (365, "13:00", .review(.goOn, changes: nil)),
      (440, "10:00", .operationalHold("A freezer of the manufacturing site is being replaced.")),
      (446, "15:00", .liftOperationalHold),
      (400, "08:00", .ranges("normal-ranges-01.csv", from: 400)),
      (450, "09:00", .amend), (451, "09:00", .consentForm("2.0")),
      (532, "13:00", .review(.goOn, changes: nil)),
      (710, "13:00", .review(.goOn, changes: nil)), (885, "13:00", .review(.goOn, changes: nil)),
    ]
  }
}
