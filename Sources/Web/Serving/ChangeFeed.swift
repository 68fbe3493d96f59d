import Conduct
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore

/// Server-sent events that say that the study has changed: the ledger's last position, no data.
///
/// A page that shows the state fetches itself anew. Source: HTML Living Standard, 9.2 "Server-sent events".
struct ChangeFeed: Sendable {
  let site: Site

  /// How often the ledger is asked, and after how many times a sign of life is sent.
  private static let milliseconds = 1000
  private static let quietRounds = 20

  func response(headers: HTTPFields) -> Response {
    Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        var last = -1
        var quiet = 0
        while !Task.isCancelled {
          let position = try await site.live.store.head().position
          if position != last {
            last = position
            quiet = 0
            try await writer.write(ByteBuffer(string: "event: position\ndata: \(position)\n\n"))
          } else {
            quiet += 1
            if quiet % ChangeFeed.quietRounds == 0 { try await writer.write(ByteBuffer(string: ": here\n\n")) }
          }
          try await Task.sleep(for: .milliseconds(ChangeFeed.milliseconds))
        }
        try await writer.finish(nil)
      })
  }
}
