import ClinicalValues
import Conduct
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Trial

/// Server-sent events that say that the study has changed: the ledger's last position and whom of those that the reader sees
/// it is about, no data; and every ten seconds the server's time, so that a server that hangs is noticed.
///
/// A page that shows the state fetches itself anew. Source: HTML Living Standard, 9.2 "Server-sent events".
struct ChangeFeed: Sendable {
  let site: Site
  /// Whose feed it is: it ends with the session.
  let session: Session

  /// How often the ledger is asked, and after how many times a sign of life is sent.
  private static let milliseconds = 1000
  private static let quietRounds = 10
  /// Events that are looked at one by one; more of them are about everybody.
  private static let most = 200

  func response(headers: HTTPFields) -> Response {
    Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        let stream = site.streams.open(for: session.id)
        defer { site.streams.close(stream, of: session.id) }
        var last = -1
        var round = 0
        while !Task.isCancelled, site.streams.isOpen(stream, of: session.id) {
          guard site.sessions.isAlive(session.id, now: site.clock()) else {
            try await writer.write(ByteBuffer(string: ChangeFeed.message("ended", "session")))
            break
          }
          let position = try await site.live.store.head().position
          if position != last {
            let about = try await about(after: last, to: position)
            last = position
            try await writer.write(
              ByteBuffer(string: ChangeFeed.message("position", ([String(position)] + about).joined(separator: " "))))
          }
          if round % ChangeFeed.quietRounds == 0 {
            try await writer.write(ByteBuffer(string: ChangeFeed.message("here", String(site.clock().milliseconds))))
          }
          round += 1
          try await Task.sleep(for: .milliseconds(ChangeFeed.milliseconds))
        }
        try await writer.finish(nil)
      })
  }

  static func message(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }

  /// Whether the feed of whoever acts names participants of a site: to who reads what is clinical there.
  static func names(participantsOf site: SiteID?, to acting: Acting?) -> Bool {
    acting.map { Access.clinicalReader.allows($0.role) && $0.sees(site) } ?? false
  }

  /// Whom events are about: `*` where they can change any page, `+` for somebody whom the reader does not see, else the
  /// number. Accounts are looked at besides: one that is disabled has no feed.
  private func about(after last: Int, to position: Int) async throws -> [String] {
    let state = try await site.live.state()
    if state.people.accounts[session.account]?.standing != .enabled { site.sessions.endAll(of: session.account) }
    guard last >= 0, position - last <= ChangeFeed.most else { return ["*"] }
    let held = try await site.live.roles(of: session.account)
    let acting = site.sessions.session(of: session.id)?.acting.flatMap { held.contains($0) ? $0 : nil }
    let events = try await site.live.store.events(after: last, limit: position - last)
    return Set(
      events.map { envelope in
        guard let participant = envelope.event.stream.participant else { return "*" }
        let place = state.participants[participant]?.way.site
        return ChangeFeed.names(participantsOf: place, to: acting) ? participant.description : "+"
      }
    ).sorted()
  }
}

extension StreamID {
  /// Whose stream it is; nil for one of the study, a site, or accounts.
  fileprivate var participant: ParticipantID? {
    description.split(separator: "/").last.flatMap { try? ParticipantID(String($0)) }
  }
}
