import ClinicalValues
import Markup
import Trial

/// The report of a serious adverse event as one form on A4. It names the participant by number alone.
struct SeriousReportPage {
  let sheet: SeriousReportSheet
  let study: String
  /// The protocol version.
  let version: String
  let isSynthetic: Bool
  let printed: Moment

  var html: String {
    Markup.tag("html", ["lang": "en"]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        Markup.tag("title") { "Serious adverse event \(sheet.participant), \(sheet.event)" }
        Markup.tag("style") { SeriousReportPage.css }
      }
      Markup.tag("body") {
        head
        clocks
        Markup.tag("div", ["class": "parts"]) { for section in sheet.sections { self.section(section) } }
        signatures
      }
    }.htmlDocument
  }

  private var head: Markup {
    .tag("header") {
      if isSynthetic { Markup.tag("p", ["class": "mark"]) { "SYNTHETIC: this person is invented" } }
      Markup.tag("h1") { "Serious adverse event report" }
      Markup.tag("p", ["class": "study"]) { study }
      Markup.tag("table", ["class": "facts"]) {
        Markup.tag("tbody") {
          row("Participant", "\(sheet.participant), site \(sheet.site)", "Protocol version", version)
          row("Adverse event", "\(sheet.event): \(sheet.title)", "Version", "\(sheet.version): \(sheet.kind)")
        }
      }
      if let masking = sheet.masking { Markup.tag("p", ["class": "note"]) { masking } }
      if sheet.version > 0 {
        Markup.tag("p", ["class": "note"]) {
          "Changed since the version before: a bar at the side, and what that version said."
        }
      }
    }
  }

  private func row(_ label: String, _ value: String, _ otherLabel: String, _ other: String) -> Markup {
    .tag("tr") {
      Markup.tag("th", ["scope": "row"]) { label }
      Markup.tag("td") { value }
      Markup.tag("th", ["scope": "row"]) { otherLabel }
      Markup.tag("td") { other }
    }
  }

  private var clocks: Markup {
    .tag("section") {
      Markup.tag("h2") { "Clocks" }
      Markup.tag("table") {
        Markup.tag("thead") {
          Markup.tag("tr") {
            for title in ["Report", "Due", "Handed in"] { Markup.tag("th", ["scope": "col"]) { title } }
          }
        }
        Markup.tag("tbody") {
          for clock in sheet.clocks {
            Markup.tag("tr") {
              Markup.tag("td") { clock.title }
              Markup.tag("td", ["class": "due"]) { clock.due }
              Markup.tag("td") {
                clock.submitted.map { clock.isLate ? "\($0), late" : $0 } ?? "not handed in yet"
              }
            }
          }
        }
      }
    }
  }

  private func section(_ section: SeriousReportSheet.Section) -> Markup {
    .tag("section") {
      Markup.tag("h2") { section.title }
      Markup.tag("table", ["class": "answers"]) {
        Markup.tag("tbody") {
          for line in section.lines {
            Markup.tag("tr", ["class": line.former == nil ? nil : "changed"]) {
              Markup.tag("th", ["scope": "row"]) { line.label }
              Markup.tag("td") {
                line.answer
                if let former = line.former {
                  Markup.tag("span", ["class": "former"]) { former.isEmpty ? "before: no answer" : "before: \(former)" }
                }
              }
            }
          }
        }
      }
    }
  }

  private var signatures: Markup {
    .tag("section", ["class": "signatures"]) {
      for person in ["Investigator", "Received for the sponsor"] {
        Markup.tag("div") {
          Markup.tag("p") { "\(person): name, signature, date and time" }
          Markup.tag("p", ["class": "line"]) { "" }
        }
      }
      Markup.tag("p", ["class": "note"]) { "Printed \(EventText.clock(printed))." }
    }
  }

  /// One form is one page: what an ordinary report answers stands in two columns. A long narrative goes on overleaf.
  private static let css = """
    @page { size: A4; margin: 9mm 10mm; }
    * { box-sizing: border-box; }
    body { font: 8.5pt/1.27 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #16202a; max-width: 190mm;
      margin: 6mm auto; padding: 0 4mm; }
    h1 { font-size: 13pt; margin: 0; } h2 { font-size: 8.5pt; margin: 1.6mm 0 .4mm; break-after: avoid; }
    p { margin: .5mm 0; } .study { font-size: 9pt; } .note { color: #4a5763; font-size: 7.5pt; }
    .mark { border: .5mm solid; padding: .5mm 2mm; font-weight: 700; }
    table { border-collapse: collapse; width: 100%; margin: .4mm 0; } tr { break-inside: avoid; }
    th, td { text-align: left; vertical-align: top; padding: .25mm 1mm; border: .2mm solid #aab4bd; font-weight: 400; }
    th { color: #4a5763; } thead th { font-size: 7.5pt; border-bottom: .4mm solid #16202a; } thead { break-after: avoid; }
    .facts td, .due { font-weight: 700; } .answers th { width: 44%; } .answers td { white-space: pre-wrap; overflow-wrap: anywhere; }
    .parts { columns: 2; column-gap: 4mm; } .parts section > h2 { margin-top: 0; } .parts section { margin-bottom: 1.2mm; }
    .changed td { border-left: 1.2mm solid #16202a; font-weight: 600; }
    .former { display: block; color: #4a5763; font-size: 7.5pt; font-weight: 400; font-style: italic; }
    .signatures { display: flex; flex-wrap: wrap; gap: 1mm 8mm; break-inside: avoid; margin-top: 2mm; }
    .signatures div { flex: 1; } .signatures > .note { flex-basis: 100%; } .line { border-bottom: .3mm solid; height: 7mm; }
    @media print { body { margin: 0; padding: 0; max-width: none; } }
    """
}
