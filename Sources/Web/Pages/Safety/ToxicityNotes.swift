import ClinicalValues
import Instruments
import Markup
import Trial

/// What stands beside the grades of one participant: hematotoxicity, alerts, where a person graded otherwise, what is to do.
struct ToxicityNotes {
  let grading: Grading
  let words: Words

  @MarkupBuilder var markup: Markup {
    if !grading.hyperinflammationAlerts.isEmpty {
      Notice.markup(
        .warning, .tag("strong") { words["Alerts of hyperinflammation"] },
        .tag("ul") {
          for alert in grading.hyperinflammationAlerts {
            Markup.tag("li") {
              words("Day {day}", ["day": String(alert.day)]) + ": "
              words("Ferritin {value}.", ["value": words.answer(alert.ferritin.answer)]) + " "
              words.sentence(alert.manifestations.joined(separator: ", "))
            }
          }
        })
    }
    if let days = grading.undecidedHyperinflammation {
      Notice.markup(
        .note,
        .text(
          words(
            "Hyperinflammation: ferritin meets the criterion on Day {first} to {last}; what else is recorded does not decide it.",
            ["first": String(days.lowerBound), "last": String(days.upperBound)])))
    }
    if !grading.hyperinflammationAlerts.isEmpty || grading.undecidedHyperinflammation != nil {
      UnverifiedNote.markup("iecHs", words)
    }
    for assessment in grading.crs + grading.icans where isDiffering(assessment) {
      Notice.markup(
        .warning,
        .text(
          words(
            "{form}: grade {assigned} was assigned, what is recorded gives {computed}.",
            [
              "form": words.form(assessment.form), "assigned": assessment.assigned.map(String.init) ?? "–",
              "computed": assessment.text,
            ])),
        words.sentence(assessment.rule))
    }
    if let icaht = grading.hematotoxicity {
      Part.section(words["Hematotoxicity (ICAHT)"]) {
        Part.facts([
          (words["Early grade"], .text(grade(icaht.earlyGrade, atLeast: !icaht.isEarlyComplete))),
          (words["Days with at most 500/µL"], .text(icaht.daysAtOrBelow500.map(String.init) ?? words["unknown"])),
          (words["Days with at most 100/µL"], .text(icaht.daysAtOrBelow100.map(String.init) ?? words["unknown"])),
          (words["Late grade"], .text(grade(icaht.lateGrade, atLeast: false))),
        ])
      }
    }
    if !grading.tasks.isEmpty {
      Part.section(words["What waits"]) {
        Markup.tag("ul") { for task in grading.tasks { Markup.tag("li") { words.sentence(task.title) } } }
      }
    }
  }

  private func grade(_ grade: Int?, atLeast: Bool) -> String {
    guard let grade else { return words["unknown"] }
    return (atLeast ? "≥ " : "") + String(grade)
  }

  /// Whether a person assigned another grade than what is recorded gives.
  private func isDiffering(_ assessment: SyndromeAssessment) -> Bool {
    guard let assigned = assessment.assigned else { return false }
    return assessment.grade.map { $0 != assigned } ?? (assigned < assessment.minimum ?? 0)
  }
}

/// What of an instrument nobody has checked against its source, said where its results are seen.
enum UnverifiedNote {
  static func markup(_ instrument: String, _ words: Words) -> Markup {
    guard let mark = Instrument.named(instrument)?.unverified else { return .fragment([]) }
    return .tag("p", ["class": "quiet"]) {
      words["To be checked against their sources"] + ": "
      words.sentence(mark)
    }
  }
}

/// CAR-T cells, B cells and immunoglobulin G of one participant over time.
struct CellCourses {
  let grading: Grading
  let plots: SafetyPlots
  let words: Words

  @MarkupBuilder var markup: Markup {
    Part.section(words["CAR-T cells"]) {
      if let course = grading.kinetics {
        FigureBox.markup(plots.kinetics(course), words)
        Part.facts([
          (words["Highest value"], .text(shown(course.cmax, course.unit))),
          (words["On day"], .text(shown(course.tmax))),
          (words["Last quantifiable value"], .text(shown(course.clast, course.unit))),
          (words["Area to the last"], .text(area(course.aucLast, course.unit))),
          (words["Area from Day 0 to 28"], .text(area(course.auc0To28, course.unit))),
          (words["Persists at the last sample"], Part.truth(course.isPersisting, words)),
        ])
        UnverifiedNote.markup("cellularKinetics", words)
      } else {
        Markup.tag("p", ["class": "quiet"]) { words["Nothing was sampled after the infusion."] }
      }
    }
    Part.section(words["B cells"]) {
      if let course = grading.bCells {
        FigureBox.markup(plots.bCells(course), words)
        Part.facts([
          (words["Depleted"], Part.truth(course.isDepleted, words)),
          (words["Returned on day"], .text(course.returnedOn.map(String.init) ?? "–")),
          (words["Days without B cells"], .text(course.aplasiaDays.map(String.init) ?? "–")),
        ])
      } else {
        Markup.tag("p", ["class": "quiet"]) { words["Nothing was sampled after the infusion."] }
      }
    }
    Part.section(words["Immunoglobulin G"]) {
      Part.table(
        words["Every value"], [words["When"], words["Value"], words["Below normal"], words["Replaced"]],
        (grading.immunoglobulin?.samples ?? []).map { sample in
          [
            .text(sample.value.day.map { words.date($0) } ?? words["unknown"]),
            .text(words.answer(sample.value.answer)), flag(sample.isLow), flag(sample.isReplaced),
          ]
        }, empty: words["Nothing is recorded."])
    }
  }

  private func flag(_ value: Bool?) -> Markup {
    .text(value.map { $0 ? words["yes"] : words["no"] } ?? words["unknown"])
  }

  private func shown(_ number: Decimal?, _ unit: String? = nil) -> String {
    number.map { words.quantity(words.number($0), unit) } ?? words["unknown"]
  }

  /// An area under the course, by days.
  private func area(_ number: Decimal?, _ unit: String) -> String {
    number.map { shown(PrintedUnit.fourFigures($0), unit) + " × " + words["d"] } ?? words["unknown"]
  }
}
