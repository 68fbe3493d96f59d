import Rules

/// Colors of a terminal; without color every text stays as it is, and no meaning is lost.
struct TextStyle {
  let isColored: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func red(_ text: String) -> String { wrapped(text, "31") }
  func green(_ text: String) -> String { wrapped(text, "32") }
  func yellow(_ text: String) -> String { wrapped(text, "33") }

  /// A text in the color of a verdict.
  func verdict(_ verdict: Verdict, _ text: String) -> String {
    switch verdict {
    case .eligible: green(bold(text))
    case .ineligible: red(bold(text))
    case .undetermined: yellow(bold(text))
    }
  }

  /// A text in the color of an outcome.
  func outcome(_ outcome: Outcome, _ text: String) -> String {
    switch outcome {
    case .pass: green(text)
    case .fail: red(text)
    case .unknown: yellow(text)
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
