import Conduct
import Markup
import Trial

/// The way from a line of a gate that is not true to what makes it so: an act with what is known already filled in, or the page on which it is
/// done. What the reader could not do now is not offered.
struct GateLinks {
  let acts: ActLinks
  let participant: ParticipantID

  private var words: Words { acts.words }
  private var path: String { "/participants/\(participant)" }

  func markup(_ line: GateLine) -> Markup {
    let parts = line.id.split(separator: ".").map(String.init)
    guard line.value != true, parts.count == 2 else { return .fragment([]) }
    let forms = line.formsNamed.map { form in
      Part.link(FormLink.path(form, participant), words("Open the form: {form}", ["form": words.form(form)]))
    }
    let ways = Markup.fragment([way(to: parts[1], of: parts[0])] + forms)
    return ways.isEmpty ? ways : .tag("div", ["class": "actions"]) { ways }
  }

  @MarkupBuilder private func way(to line: String, of gate: String) -> Markup {
    switch line {
    case "consent": act(GiveConsent.self)
    case "eligibility": page("/screening/\(participant)", words["Open the screening"])
    case "enrolled": page("\(path)/gates/\(Gate.enrollment.rawValue)", words["Open the gate"])
    case "recheck": act(SignRecheck.self, ("kind", gate))
    case "readiness", "prophylaxis": act(ConfirmReadiness.self)
    case "order" where gate == "infusion": act(OrderInfusion.self)
    case "order": act(OrderLymphodepletion.self)
    case "lymphodepletion":
      act(EndLymphodepletion.self)
      act(JustifyDelay.self)
    case "bedside": page(ParticipantTab.infusion.path(participant), words["Infusion"])
    case "bag", "product", "labels": page(ParticipantTab.product.path(participant), words["Open the product"])
    case "open" where gate == "infusion": page("/safety", words["Safety"])
    case "hold", "stagger", "questions", "review": page("/safety", words["Safety"])
    case "baseline", "infectionMarkers", "washOut": page(path, words["Open the participant"])
    default: Markup.fragment([])
    }
  }

  private func act(_ command: any TrialCommand.Type, _ given: (String, String)...) -> Markup {
    acts.link(
      command, ActForm.heading(CommandForm.of(command), words), [("participant", participant.description)] + given,
      class: "act")
  }

  /// A page; nothing where the reader is on it.
  private func page(_ path: String, _ title: String) -> Markup {
    path == acts.back ? .fragment([]) : Part.link(path, title)
  }
}

extension GateLine {
  /// Forms that what it rests on names at its end, as of a medicine without a code: `(log/1/concomitantMedication/3)`.
  fileprivate var formsNamed: [FormKey] {
    evidence.compactMap { text in
      text.firstMatch(of: /\(([^()\s]+)\)$/).flatMap { try? FormKey(String($0.1)) }
    }
  }
}
