/// A color by its name in the stylesheet, for light and for dark pages.
struct Ink: Hashable {
  let name: String
  /// The color on a light page and in print.
  let light: String
  /// The color on a dark page.
  let dark: String

  static let text = Ink(name: "text", light: "#1f2328", dark: "#e6e9ec")
  static let muted = Ink(name: "muted", light: "#59636e", dark: "#a3adb7")
  static let rule = Ink(name: "rule", light: "#7d8791", dark: "#7f8993")
  static let grid = Ink(name: "grid", light: "#e4e7ea", dark: "#2c333a")
  static let band = Ink(name: "band", light: "#eef1f3", dark: "#222930")
  static let paper = Ink(name: "paper", light: "#ffffff", dark: "#14181c")
  static let alert = Ink(name: "alert", light: "#b42318", dark: "#ff8178")
  static let warning = Ink(name: "warning", light: "#fbe5e1", dark: "#43211e")

  /// Of equal rank; each stands out from paper by 3:1 at least.
  static let series: [Ink] = [
    Ink(name: "s0", light: "#0b63a8", dark: "#62aeea"), Ink(name: "s1", light: "#c44a00", dark: "#ff8f52"),
    Ink(name: "s2", light: "#00765a", dark: "#40c79f"), Ink(name: "s3", light: "#84398a", dark: "#d193d8"),
    Ink(name: "s4", light: "#8a6a00", dark: "#d8b43c"), Ink(name: "s5", light: "#1c7795", dark: "#74d2ec"),
    Ink(name: "s6", light: "#c03074", dark: "#f688b8"), Ink(name: "s7", light: "#56616b", dark: "#aab4be"),
  ]

  /// In order: from near the paper to far from it, lightness falling on a light page and rising on a dark one.
  static let ramp: [Ink] = [
    Ink(name: "r0", light: "#f3f1ec", dark: "#22272d"), Ink(name: "r1", light: "#fde8c8", dark: "#38291f"),
    Ink(name: "r2", light: "#fbd294", dark: "#543321"), Ink(name: "r3", light: "#f5b562", dark: "#744023"),
    Ink(name: "r4", light: "#e98f43", dark: "#965028"), Ink(name: "r5", light: "#c3501d", dark: "#d67f3f"),
    Ink(name: "r6", light: "#a13a20", dark: "#e99f57"), Ink(name: "r7", light: "#7a261b", dark: "#f5c283"),
    Ink(name: "r8", light: "#4f1612", dark: "#fce8c6"),
  ]

  /// Text on each step of the ramp, readable by 4.5:1 at least.
  static let onRamp: [Ink] = (0..<9).map {
    $0 < 5
      ? Ink(name: "on\($0)", light: "#1f2328", dark: "#f2f4f6")
      : Ink(name: "on\($0)", light: "#ffffff", dark: "#14181c")
  }

  static let all = [text, muted, rule, grid, band, paper, alert, warning] + series + ramp + onRamp

  private static let lightColors = all.map { "--figure-\($0.name):\($0.light)" }.joined(separator: ";")
  private static let darkColors = all.map { "--figure-\($0.name):\($0.dark)" }.joined(separator: ";")

  /// Custom properties for light, dark and print, and a rule for fills and one for strokes of each color.
  static let stylesheet: String = {
    let rules = all.map {
      ".figure .fill-\($0.name){fill:var(--figure-\($0.name))}\n"
        + ".figure .stroke-\($0.name){stroke:var(--figure-\($0.name))}\n"
    }
    return """
      .figure{\(lightColors);max-width:100%;height:auto}
      @media screen and (prefers-color-scheme:dark){.figure{\(darkColors)}}
      \(rules.joined())
      """
  }()

  /// What a choice of the reader's own adds to it.
  static let themes = """
    @media screen{[data-theme="light"] .figure{\(lightColors)}
    [data-theme="dark"] .figure{\(darkColors)}}

    """
}
