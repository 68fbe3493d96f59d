import Conduct
import Trial

/// What waits for the reader.
enum WorkRoutes {
  static let all: [Route] = [
    .read(
      "/api/worklist", .clinicalReader, "worklist", in: "work",
      "What waits for the reader's role, the most urgent first.",
      as: Readings.worklist
    ) { request in
      let acting = try request.acting()
      let worklist = try await request.worklist()
      return worklist.readings(worklist.tasks(for: acting.role, at: acting.site))
    }
  ]
}
