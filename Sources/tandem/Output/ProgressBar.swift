import Glibc

/// How far a long run is, on a terminal only.
struct ProgressBar {
  private let count: Int
  private let isShown: Bool
  private var done = 0
  private var shown = ""
  private static let width = 24

  init(count: Int) {
    self.count = count
    isShown = count > 1 && Terminal.isTerminal(STDERR_FILENO)
  }

  /// The next file has begun.
  mutating func show(_ file: String) {
    show(file, done: done)
    done += 1
  }

  /// So many are done, and this is being done now; what has not moved on is not drawn again.
  mutating func show(_ what: String, done: Int) {
    guard isShown, what != shown else { return }
    shown = what
    let filled = done * ProgressBar.width / max(count, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: ProgressBar.width - filled)
    Terminal.show("\r\u{1B}[K\(bar) \(done)/\(count) \(what.suffix(40))")
  }

  /// Takes the bar away, so that other text can be written.
  func clear() {
    if isShown { Terminal.show("\r\u{1B}[K") }
  }
}
