import ClinicalValues
import Conduct
import Glibc

/// What a command has around it besides its arguments: the clock, randomness, the two streams and the keyboard. They
/// are handed in, so that whoever runs a command in a test can hand in others.
struct Surroundings: Sendable {
  /// The server's clock.
  var clock: @Sendable () -> Instant = { .now() }
  /// Where random bytes come from.
  var entropy = Entropy.system
  /// How strict authentication is.
  var policy = AuthenticationPolicy()
  /// Reads all versions of a study; reading and checking one takes longer than most commands.
  var shelf: @Sendable (String?) throws -> ProtocolShelf = Shelf.read
  /// Takes the result.
  var output: @Sendable (String) -> Void = { Terminal.write($0, to: STDOUT_FILENO) }
  /// Takes messages.
  var messages: @Sendable (String) -> Void = { Terminal.write($0, to: STDERR_FILENO) }
  /// Asks the person at the keyboard; nil where there is none.
  var ask: @Sendable (Question) -> String? = Keyboard.ask

  /// What the command that runs now has around it.
  @TaskLocal static var current = Surroundings()
}

/// Something to be asked at the keyboard.
struct Question: Sendable, Hashable {
  /// The words, without the colon.
  let text: String
  /// Whether what is typed must not be shown.
  var isSecret = false
}

/// The terminal that the program was started from.
enum Keyboard {
  /// What the person at the keyboard types, without echo where it is secret; nil where there is no terminal.
  static func ask(_ question: Question) -> String? {
    // Standard input and output may be files: what is asked goes to the terminal itself.
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    if question.isSecret {
      var quiet = before
      quiet.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(terminal, TCSAFLUSH, &quiet)
    }
    defer {
      if question.isSecret {
        tcsetattr(terminal, TCSAFLUSH, &before)
        Terminal.write("\n", to: terminal)
      }
    }
    Terminal.write(question.text + ": ", to: terminal)
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension Instant {
  /// Now, by the machine's clock.
  static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }
}
