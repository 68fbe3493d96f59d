import ClinicalValues
import Ledger
import LedgerTesting
import Testing

struct EnvelopeTests {
  @Test func `the canonical form says all that there is to say`() async throws {
    let store = InMemoryEventStore()
    _ = try await store.append(Facts.append("participant/01-0001", at: 0))
    let attached = Array("a record".utf8)
    let written = try await store.append(
      Facts.append("participant/01-0001", at: 1, "correction \u{1}\"é", attachments: [attached]))
    let digest = Digest(of: attached)
    #expect(
      String(decoding: written[0].canonical, as: UTF8.self) == """
        {"actor":{"account":"li.wei","role":"investigator","site":"01"},"attachments":["\(digest)"],\
        "happened":"\(written[0].event.happened)","id":"\(written[0].id)","origin":"web",\
        "payload":{"records":["\(digest)"],"text":"correction \\u0001\\"é"},"payloadVersion":1,"position":2,\
        "reason":"read wrongly","recorded":"\(written[0].recorded)","stream":"participant/01-0001","type":"noted",\
        "version":2}
        """)
    #expect(written[0].hash == Digest(of: [0] + written[0].canonical))
  }

  @Test func `the canonical form is canonical JSON, and is read back`() async throws {
    let store = InMemoryEventStore()
    try await Facts.fill(store, streams: ["study", "site/01"], count: 12)
    for envelope in try await store.events(after: 0, limit: 20) {
      #expect(try CanonicalJSON(parsing: envelope.canonical).bytes == envelope.canonical)
      #expect(try Envelope(canonical: envelope.canonical) == envelope)
    }
  }

  @Test func `ids are UUIDs of version 8 that follow from the event and its place`() async throws {
    let (one, two) = (InMemoryEventStore(), InMemoryEventStore())
    for store in [one, two] { try await Facts.fill(store, streams: ["study"], count: 5) }
    let ids = try await one.events(after: 0, limit: 5).map(\.id)
    #expect(Set(ids).count == 5)
    #expect(
      ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil }
    )
    #expect(try await two.events(after: 0, limit: 5).map(\.id) == ids)
  }

  @Test(arguments: [
    ("\"origin\":\"web\"", "\"origin\":\"fax\""), ("\"position\":1", "\"position\":01"), ("\"type\"", "\"tipe\""),
    ("\"stream\":\"study\"", "\"stream\":\"a/b/c\""), (",\"version\":1", ""), ("{\"actor\"", "{ \"actor\""),
    ("\"version\":1}", "\"version\":1,\"vote\":2}"), ("\"recorded\":\"20", "\"recorded\":\"30-20"),
    ("\"payload\":{", "\"payload\":{\"z\":1,"), ("+08:00", "+8:00"), ("\"site\":\"01\"", "\"site\":1"),
  ]) func `bytes that are not the canonical form of an event are refused`(_ found: String, _ put: String) async throws {
    let written = try await InMemoryEventStore().append(Facts.append("study", at: 0))
    let text = String(decoding: written[0].canonical, as: UTF8.self)
    let altered = text.replacing(found, with: put)
    #expect(altered != text)
    #expect(throws: InvalidEnvelope.self) { try Envelope(canonical: Array(altered.utf8)) }
  }

  @Test(arguments: [
    ("study", true), ("participant/01-0007", true), ("a/b/c", false), ("", false), ("/a", false), ("a/", false),
    ("a b", false), ("é", false), ("a\n", false), (String(repeating: "a", count: 101), false),
  ]) func `streams have names of a kind`(_ name: String, _ isOne: Bool) { #expect((StreamID(name) != nil) == isOne) }
}
