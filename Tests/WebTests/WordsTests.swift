import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Testing
import Trial

@testable import Web

/// Sentences as a page shows them: in the language, with names for ids and dates as people write them.
struct WordsTests {
  private static func shown(_ sentence: String, in language: Language) async throws -> String {
    try await SiteStage().site.words(in: language).sentence(sentence).printed(as: .html)
  }

  @Test(arguments: [
    ("Day 0 is booked for 2026-11-23", "Day 0 is booked for 23 Nov 2026"),
    ("passed, 2026-11-23T09:30:00.000+08:00[Asia/Shanghai]", "passed, 23 Nov 2026 09:30 Asia/Shanghai"),
    ("passed, 2026-10-25T02:30:00.000+01:00[Europe/Berlin]", "passed, 25 Oct 2026 02:30 (+01:00) Europe/Berlin"),
    ("passed, 2026-10-25 02:30 (+01:00) Europe/Berlin", "passed, 25 Oct 2026 02:30 (+01:00) Europe/Berlin"),
    ("passed, 2026-10-25T03:30:00.000+01:00[Europe/Berlin]", "passed, 25 Oct 2026 03:30 Europe/Berlin"),
    (
      "The account of Anna is locked until 2026-11-23 17:30 UTC.",
      "The account of Anna is locked until 23 Nov 2026 17:30 UTC."
    ),
    ("site 01, cohort sle", "site 01, cohort SLE"),
    ("D28/1/vitalSigns/2 is locked (casebook).", "Vital signs (D28, row 2) is locked (casebook)."),
    ("Sign Informed consent (log/1/consent/2) of 01-0001.", "Sign Informed consent (row 2) of 01-0001."),
    (
      "Complete 2 forms of visit D28, Day 28 of 01-0001: D28/1/ice/1, D28/1/vitalSigns/2.",
      "Complete 2 forms of visit D28, Day 28 of 01-0001: ICE score, Vital signs (row 2)."
    ),
    ("Give a day such as 2026-11-23.", "Give a day such as 2026-11-23."),
  ])
  func `in English a sentence has names for ids, and dates as people write them`(
    sentence: String, expected: String
  ) async throws {
    let shown = try await Self.shown(sentence, in: .english)
    #expect(shown == expected)
  }

  @Test(arguments: [
    ("Day 0 is booked for 2026-11-23", "第 0 天预定在 2026年11月23日"),
    ("site 01, cohort sle", "研究中心 01，队列 SLE"),
    ("D28/1/vitalSigns/2 is locked (casebook).", "生命体征 (D28, 第 2 行) 已锁定（病例报告表）。"),
    ("Query 3 was answered. Corrected; the chart is right.", "质疑 3 已回答。<bdi>Corrected; the chart is right.</bdi>"),
    (
      "Bag 03-0007-L1-B2-X: stored at the site (Tank 1); -151 to -144 °C; container and seal intact.",
      "产品袋 03-0007-L1-B2-X：已存放于中心（Tank 1）；-151 至 -144 °C；容器和封签完好。"
    ),
    (
      "Record an adverse event of 01-0001: Headache, grade 2 by an assessment since 2026-11-23.",
      "为 01-0001 记录不良事件：头痛，2 级，依据 1 次评估，自 2026年11月23日 起。"
    ),
    (
      "subtype; probability at least 55 % by the 2017 EULAR/ACR criteria; where only a score is recorded, at least 5.5 without "
        + "biopsy items or 6.7 with them.",
      "亚型；按2017年EULAR/ACR标准概率至少55 %；仅记录评分时，不含活检条目至少5.5，含活检条目至少6.7。"
    ),
    (
      "ASTCT: Grade 0: no fever that counts, 36.7 Cel; fever earlier in the episode and treated; "
        + "hypotension grade 0; hypoxia grade 0. Its form says 3.",
      "ASTCT：0 级：无计入的发热，36.7 °C；本次发作早先有发热且已治疗；低血压 0 级；低氧 0 级。其表单所载为 3。"
    ),
    (
      "At least grade 3: fever, 38.5 Cel; no treated fever earlier in the episode; hypotension grade 3; "
        + "hypoxia not known, at least 0.",
      "至少 3 级：发热，38.5 °C；本次发作早先无已治疗的发热；低血压 3 级；低氧不明，至少 0 级。"
    ),
    (
      "Grade 2, the worst domain: ice grade 2; consciousness grade 0; seizure not recorded.",
      "2 级，取最重的方面：ICE 2 级；意识 0 级；癫痫发作未记录。"
    ),
    ("Something that nobody translated.", "<span lang=\"en\">Something that nobody translated.</span>"),
  ])
  func `in Chinese what somebody wrote stands as it was written, and what is unknown is marked`(
    sentence: String, expected: String
  ) async throws {
    let shown = try await Self.shown(sentence, in: .chinese)
    #expect(shown == expected)
  }

  @Test func `what lies outside the usual range is told in the language, with units as people print them`() async throws
  {
    let message = "Heat is 39.1 Cel; usual is 35 to 38 Cel. Correct it, or confirm it."
    let fired = FormPicture.Fired(check: "vitalSigns.TEMP.usual", message: message, items: ["TEMP"])
    let site = try await SiteStage().site
    #expect(site.words(in: .chinese).said(fired).hasSuffix("为 39.1 °C；常见范围为 35 至 38 °C。请更正或确认。"))
    #expect(
      site.words(in: .english).said(fired) == "Heat is 39.1 °C; usual is 35 to 38 °C. Correct it, or confirm it.")
    let key = try FormKey("D28/1/vitalSigns/1")
    let (asked, written) = (
      RaisedQuery(form: key, check: fired.check, text: message), RaisedQuery(form: key, text: "Is that right?")
    )
    #expect(site.words(in: .chinese).asked(asked).printed(as: .html).contains("请更正或确认。"))
    #expect(site.words(in: .chinese).asked(written).printed(as: .html).contains("<bdi>Is that right?</bdi>"))
  }

  @Test func `a list of titles keeps one that has a comma`() async throws {
    let title = "CAR-positive viable cells, per kg"
    let words = try await SiteStage().site.words(in: .chinese)
    let shown = words.sentence("Enter the results of the release tests of lot L1: \(title), Viability.").plainText
    #expect(shown.contains("\(words.study(title))、\(words.study("Viability"))"), "\(shown)")
  }

  @Test(arguments: [
    ("H02AB07", "泼尼松（全身用） (H02AB07)"), ("prednisone", "泼尼松（全身用） (H02AB07)"), ("泼尼松", "泼尼松"), ("J99ZZ99", "J99ZZ99"),
  ])
  func `a medicine has its name and its code, by whichever it was recorded`(recorded: String, shown: String)
    async throws
  {
    let site = try await SiteStage().site
    #expect(site.words(in: .chinese).medicine(recorded) == shown)
    #expect(site.words(in: .english).medicine("H02AB07") == "Prednisone (systemic) (H02AB07)")
    #expect(
      site.words(in: .chinese).medicines.contains {
        $0.code == "H02AB07" && $0.name == "泼尼松（全身用） Prednisone (systemic)"
      })
  }

  @Test func `words of the study that have a semicolon are read as one, with what stands around them`() async throws {
    let words = try await SiteStage().site.words(in: .chinese)
    let says =
      "probability at least 55 % by the 2017 EULAR/ACR criteria; where only a score is recorded, at least 5.5 without biopsy items or 6.7 with them"
    #expect(words.study(says) != says)
    for sentence in [
      "Met: \(says) (iimProbability 95 %, 2021-01-13).",
      "Met: an idiopathic inflammatory myopathy is diagnosed; \(says) (iimProbability 95 %, 2021-01-13).",
    ] {
      let shown = words.sentence(sentence).plainText
      #expect(shown.contains(words.study(says)) && !shown.contains("where only"), "\(shown)")
    }
  }

  @Test func `an answer of a list, a span of time and a unit are told as people read them`() async throws {
    let site = try await SiteStage().site
    let (english, chinese) = (site.words(in: .english), site.words(in: .chinese))
    #expect(english.data("95 %, oxygenSupport room-air").hasSuffix(" Room air"))
    #expect(chinese.data("95 %, oxygenSupport room-air").hasSuffix(" " + chinese.study("Room air")))
    let saturation = "oxygenSaturation 98 %, oxygenSupport room-air (2026-08-26T07:30+08:00), urn:x"
    #expect(
      english.evidence(saturation).plainText.contains("98 %, ")
        && !english.evidence(saturation).plainText.contains("room-air"))
    #expect(chinese.evidence(saturation).plainText.contains(chinese.study("Room air")))
    #expect(english.evidence("status: followUp").plainText == "status: " + english.title(ParticipantStatus.followUp))
    #expect(chinese.data("researchConsent active, permit, 2026-01-05").contains("同意参加"))
    #expect(!english.data("researchConsent active, permit, 2026-01-05").contains("permit,"))
    // A code without a hyphen is one as well, whatever stands beside it.
    #expect(english.data("oxygenSupport cpap").hasSuffix(" CPAP"))
    #expect(english.coded("nyha-I", of: "nyhaClass").hasPrefix("I"))
    #expect(english.coded("65 umol/L", of: "creatinine") == "65 umol/L")
    #expect(chinese.data("2019-11-19 to 2021-09-19") == "2019年11月19日 至 2021年9月19日")
    #expect(english.data("2019-11-19 to 2021-09-19") == "19 Nov 2019 to 19 Sep 2021")
    #expect(chinese.data("x 1, 2019-11 on").hasSuffix("起"))
    let total = "10 by its items (20 recorded), 2026-05-01"
    #expect(chinese.data(total).hasPrefix("按条目合计 10（所录为 20）"), "\(chinese.data(total))")
    #expect(english.data(total) == "10 by its items (20 recorded), 1 May 2026")
    let line = "Where it was measured (VSLOC_TEMP): EAR"
    #expect(!english.sentence(line).plainText.contains("EAR"))
  }

  @Test func `what was computed, and until when a medicine would have to end, are told in the language`() async throws {
    let site = try await SiteStage().site
    let (english, chinese) = (site.words(in: .english), site.words(in: .chinese))
    #expect(english.data("computed 45.9 mL/min") == "computed 45.9 mL/min")
    #expect(chinese.data("computed 45.9 mL/min") == "计算值 45.9 mL/min")
    let running = "still running, and would have to end on or before 2026-04-17"
    #expect(english.data(running) == "still running, and would have to end on or before 17 Apr 2026")
    #expect(chinese.data(running) == "仍在使用，须不晚于 2026年4月17日 结束")
    let late = "still running, though it had to end on or before 2025-11-08"
    #expect(chinese.data(late) == "仍在使用，而本应不晚于 2025年11月8日 结束")
    // A whole reason, with the study's own words.
    let reason =
      "Met: creatinine clearance by Cockcroft-Gault at least 30 mL/min (computed 45.9 mL/min; bodyWeight 61.6 kg). "
      + "Beside it: creatinine at most 1.5 x ULN: no (creatinine 150 umol/L, 2026-03-13). One of the two is enough."
    let shown = chinese.sentence(reason).plainText
    for text in ["（计算值 45.9 mL/min；", "另外：", "两项中满足一项即可。"] { #expect(shown.contains(text), "\(shown)") }
  }

  @Test func `how a record stands is said in the language, and how many more there are`() async throws {
    let site = try await SiteStage().site
    let facts = "azathioprine inadequate-response, 2025-03-01; methotrexate completed; and 2 more"
    let shown = site.words(in: .chinese).data(facts)
    for text in ["应答不足", "已结束", "另有 2 项"] { #expect(shown.contains(text), "\(shown)") }
    #expect(site.words(in: .english).data(facts).contains("inadequate-response"))
  }
}

/// The ballot of the safety board as a form.
struct BallotFormTests {
  @Test func `votes and interests become the ballot that a command takes`() throws {
    let fields = Fields([
      ("ballot.vote.b.ito", "inFavor"), ("ballot.interest.b.ito", "none"), ("ballot.vote.c.roy", ""),
      ("ballot.vote.d.lee", "against"), ("ballot.interest.d.lee", "advises the sponsor"),
    ])
    #expect(
      BallotForm.ballot(posted: fields)
        == #"{"abstained":[],"against":["d.lee"],"inFavor":["b.ito"],"interests":["b.ito: none","d.lee: advises the sponsor"]}"#
    )
  }

  @Test func `where nobody voted there is no ballot`() {
    #expect(BallotForm.ballot(posted: Fields([("ballot.vote.b.ito", ""), ("ballot.interest.b.ito", "none")])) == nil)
  }
}
