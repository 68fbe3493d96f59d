import Conduct
import StudyDesign
import Trial

/// The study and its protocol.
enum StudyRoutes {
  static let all: [Route] = [
    .read("/api/study", .clinicalReader, "study", in: "study", "The study as it stands.", as: Readings.study) {
      request in
      let state = try await request.live.state()
      return StudyReading(
        state: state, plan: try await request.editionInForce(state).study.conduct,
        editions: request.live.shelf.editions, now: try await request.now(), acting: try request.acting())
    },
    .read(
      "/api/study/criteria", .clinicalReader, "criteria", in: "study", "The criteria, with the rules that decide them.",
      query: [.version], as: Readings.criteria
    ) { request in
      let study = try await request.edition().study
      return (study: study, texts: try await request.definitions(of: study))
    },
    .read(
      "/api/study/schedule", .clinicalReader, "schedule", in: "study", "The visits of a version.", query: [.version],
      as: Readings.schedule
    ) { try await $0.edition().study },
    .read(
      "/api/study/forms", .clinicalReader, "formPlans", in: "study", "The forms of a version.", query: [.version],
      as: Readings.formPlans
    ) { try await $0.edition().study },
    .read(
      "/api/study/provisional", .clinicalReader, "provisional", in: "study",
      "What the protocol's text lost, and what is applied meanwhile.", query: [.version], as: Readings.provisional
    ) { request in
      let edition = try await request.edition()
      let open = Set(try await request.live.state().study.unadopted(of: edition.version))
      return edition.study.provisional.map { (item: $0, isOpen: open.contains($0.id)) }
    },
    .read(
      "/api/study/changes", .clinicalReader, "changes", in: "study", "What differs between two versions.",
      query: [
        .init(name: "from", schema: .text(), about: "The earlier version; the last but one if left out."),
        .init(name: "to", schema: .text(), about: "The later version; the last if left out."), .page,
      ], limit: .search, as: Readings.changes
    ) { request in
      guard let diff = StudyChanges.diff(request) else { return Readings.Rows(total: 0, rows: []) }
      return Readings.Rows(diff.changes, request.query)
    },
  ]
}
