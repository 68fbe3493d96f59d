import Glibc

/// How far a run over several files is, on a terminal only.
struct ProgressBar {
  private let count: Int
  private let isShown: Bool
  private var done = 0
  private static let width = 24

  init(count: Int) {
    self.count = count
    isShown = count > 1 && Terminal.isTerminal(STDERR_FILENO)
  }

  /// The next file has begun.
  mutating func show(_ file: String) {
    guard isShown else { return }
    let filled = done * ProgressBar.width / max(count, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: ProgressBar.width - filled)
    Terminal.show("\r\u{1B}[K\(bar) \(done)/\(count) \(file.suffix(40))")
    done += 1
  }

  /// Takes the bar away, so that other text can be written.
  func clear() {
    if isShown { Terminal.show("\r\u{1B}[K") }
  }
}
