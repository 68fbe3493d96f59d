import Synchronization

/// The event streams that are open, by session, so that none has more than a browser can use: of too many the oldest ends.
/// It is mostly one whose page has gone without a word.
final class OpenStreams: Sendable {
  /// How many a session has at most.
  static let perSession = 6

  private let streams = Mutex<(next: Int, bySession: [String: [Int]])>((0, [:]))

  /// A new stream of a session.
  func open(for session: String) -> Int {
    streams.withLock { streams in
      streams.next += 1
      streams.bySession[session] =
        (streams.bySession[session] ?? []).suffix(OpenStreams.perSession - 1) + [streams.next]
      return streams.next
    }
  }

  /// Whether a stream may go on.
  func isOpen(_ stream: Int, of session: String) -> Bool {
    streams.withLock { $0.bySession[session]?.contains(stream) ?? false }
  }

  /// A stream is over.
  func close(_ stream: Int, of session: String) {
    streams.withLock { streams in
      streams.bySession[session]?.removeAll { $0 == stream }
      if streams.bySession[session]?.isEmpty == true { streams.bySession[session] = nil }
    }
  }
}
