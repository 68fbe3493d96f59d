internal import Synchronization

/// Wakes those who wait for events beyond a position; how subscriptions follow a store.
package final class CommitSignal: Sendable {
  private struct State {
    var position = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Says that all events up to a position are durable.
  package func committed(upTo position: Position) {
    let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.position = max(state.position, position)
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in woken { continuation.resume() }
  }

  /// Returns once there are events beyond a position, or the task is canceled.
  func wait(beyond position: Position) async {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDone = state.withLock { state in
          // Canceled before this line: the handler below has found nobody to wake.
          if state.position > position || Task.isCancelled { return true }
          state.waiting[id] = continuation
          return false
        }
        if isDone { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
  }

  /// The events after a position and each new one, read in runs as the reader asks for them.
  package func events(
    after position: Position, read: @escaping @Sendable (Position, Int) async throws -> [Envelope]
  ) -> AsyncThrowingStream<Envelope, any Error> {
    let subscription = Subscription(signal: self, position: position, read: read)
    return AsyncThrowingStream { try await subscription.next() }
  }
}

/// Where one subscriber stands. It reads when it is asked to, so a slow reader holds up nobody and fills no memory.
private actor Subscription {
  private let signal: CommitSignal
  private let read: @Sendable (Position, Int) async throws -> [Envelope]
  private var position: Position
  private var run: ArraySlice<Envelope> = []

  init(
    signal: CommitSignal, position: Position, read: @escaping @Sendable (Position, Int) async throws -> [Envelope]
  ) {
    self.signal = signal
    self.position = position
    self.read = read
  }

  func next() async throws -> Envelope? {
    while !Task.isCancelled {
      if let envelope = run.popFirst() {
        position = envelope.position
        return envelope
      }
      run = try await read(position, 256)[...]
      if run.isEmpty { await signal.wait(beyond: position) }
    }
    return nil
  }
}
